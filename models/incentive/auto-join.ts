import * as z from 'zod/mini';
import { addDays, weekday, type LocalDate } from '../calendar/seoul.ts';
import type { Unit } from './programme.ts';
import { hoursOfEvent, type SavingEvent } from './saving-event.ts';

const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const hour = z.int().check(z.gte(0), z.lte(23));

/** What a household lets be joined for it. Won and points are never summed: each has a minimum of its own. */
export const autoJoinRule = z.object({
  isOn: z.boolean(),
  /** least that an event must be able to earn, by the unit it pays in; 0: any */
  minimum: z.object({
    won: z.int().check(z.gte(0), z.lte(1_000_000)),
    points: z.int().check(z.gte(0), z.lte(1_000_000)),
  }),
  /** 0 Monday to 6 Sunday */
  quietWeekdays: z.array(z.int().check(z.gte(0), z.lte(6))).check(z.maxLength(7)),
  /** first and last day, both inclusive: a journey, an exam */
  quietDates: z.nullable(z.object({ from: date, to: date })),
  /** `[fromHour, toHour)` of each day; from 22 to 7 goes over midnight */
  quietHours: z.nullable(z.object({ fromHour: hour, toHour: hour })),
  /** events joined in a week from Monday, by whomever; null: as many as there are */
  mostPerWeek: z.nullable(z.int().check(z.gte(1), z.lte(50))),
});
export type AutoJoinRule = z.infer<typeof autoJoinRule>;

export const NO_AUTO_JOIN: AutoJoinRule = {
  isOn: false,
  minimum: { won: 0, points: 0 },
  quietWeekdays: [],
  quietDates: null,
  quietHours: null,
  mostPerWeek: null,
};

/** Why the rule left an event to the people of the home, in the order in which it looks. */
export const autoJoinRefusal = z.enum([
  'quiet-day',
  'quiet-hour',
  'same-hours',
  'week-is-full',
  'below-minimum',
  'reward-unknown',
]);
export type AutoJoinRefusal = z.infer<typeof autoJoinRefusal>;

const isQuietHour = ({ quietHours }: AutoJoinRule, at: number): boolean => {
  if (!quietHours) return false;
  const { fromHour, toHour } = quietHours;
  return fromHour < toHour ? fromHour <= at && at < toHour : fromHour <= at || at < toHour;
};

const isQuietDay = ({ quietWeekdays, quietDates }: AutoJoinRule, on: LocalDate): boolean =>
  quietWeekdays.includes(weekday(on)) || (quietDates !== null && quietDates.from <= on && on <= quietDates.to);

/** Monday of the day's week. */
export const weekOf = (on: LocalDate): LocalDate => addDays(on, -weekday(on));

export type AutoJoinCase = {
  readonly event: SavingEvent;
  /** most that the event can earn the home; null: it cannot be told yet */
  readonly most: { readonly unit: Unit; readonly amount: number | null };
  /** takes part in another event in some of the same hours */
  readonly isTaken: boolean;
  readonly joinedInWeek: number;
};

/** Whether the reward has to be known to decide: reading what it rests on is the costly part. */
export const asksForReward = ({ minimum }: AutoJoinRule, unit: Unit): boolean => minimum[unit] > 0;

/** Undefined: the rule joins. */
export const whyNotJoined = (
  rule: AutoJoinRule,
  { event, most, isTaken, joinedInWeek }: AutoJoinCase,
): AutoJoinRefusal | undefined => {
  if (isQuietDay(rule, event.date)) return 'quiet-day';
  if (hoursOfEvent(event).some((at) => isQuietHour(rule, at))) return 'quiet-hour';
  if (isTaken) return 'same-hours';
  if (rule.mostPerWeek !== null && joinedInWeek >= rule.mostPerWeek) return 'week-is-full';
  if (!asksForReward(rule, most.unit)) return undefined;
  if (most.amount === null) return 'reward-unknown';
  return most.amount < rule.minimum[most.unit] ? 'below-minimum' : undefined;
};
