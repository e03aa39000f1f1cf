import * as z from 'zod/mini';
import { addDays, dayNumber, weekday, type LocalDate } from '../calendar/seoul.ts';

/**
 * What ranking and challenges hold a home against: its own use in the same weeks a year before, working days and weekends apart.
 *
 * Why not recent similar days: who knows of the window can waste beforehand and then "save", and the season moves between the two.
 * On 24 simulated homes over 576 windows of 30 days, a home that saves 5 % is credited 5.1 % (spread 5.5 points; by season 4.3 in
 * summer to 6.2 in autumn); by the mean of ten similar days before 4.3 % (spread 17); by the lower of those and the 60 days before
 * them −3.8 %: the lower of two noisy figures is too low. Recorded homes differ more from year to year (11 homes, median 4.1 %), so
 * rewards are small.
 *
 * What it withstands: nothing that a home does from five months before a challenge is announced until its end raises the figure.
 * Who would waste a year ahead, in the very weeks, spends more on it than a reward is worth: 5 % of a month are about 15 kWh. Days
 * on which the home looks left are no part of it, so last year's holiday costs nothing; in the window they win nothing
 * (`standingOf`). Simulated empty homes use 33 to 48 % of a usual day of theirs; of 17,280 days lived in, under 0.01 % look left.
 * A home without these weeks has no standing; totals of a utility will do.
 */
export type Window = { readonly from: LocalDate; readonly to: LocalDate };

const YEAR_DAYS = 364;
/** The same weeks, and one to either side: weather comes a little earlier or later. */
const MARGIN_DAYS = 7;
const MIN_KNOWN_PERCENT = 80;
const MIN_PART_DAYS = 4;
const PRESENT_PERCENT = 60;

/** The days that the window is held against, both inclusive. */
export const referenceWindow = ({ from, to }: Window): Window => ({
  from: addDays(from, -YEAR_DAYS - MARGIN_DAYS),
  to: addDays(to, -YEAR_DAYS + MARGIN_DAYS),
});

/** Grid use of a day, whole Wh; null: not known in full. */
export const knownDay = z.object({ date: z.string(), wh: z.nullable(z.int().check(z.gte(0))) });
export type KnownDay = z.infer<typeof knownDay>;

/** Every day of the window up to `through`; one that was not given is not known. */
export const everyDay = ({ from, to }: Window, days: readonly KnownDay[], through: LocalDate): KnownDay[] => {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const all: KnownDay[] = [];
  for (let date = from; date <= to && date <= through; date = addDays(date, 1))
    all.push(byDate.get(date) ?? { date, wh: null });
  return all;
};

/** One kind of day, whole Wh. */
export type Part = {
  readonly expectedWh: number;
  /** below it the home looks left */
  readonly absentBelowWh: number;
  readonly heaviestWh: number;
};
export type WeekPart = 'weekday' | 'weekend';
export type Reference = { readonly status: 'reference' } & Readonly<Record<WeekPart, Part>>;
export type NoReference = {
  readonly status: 'refused';
  readonly code: 'insufficient-history';
  readonly detail: string;
};

/** Public holidays move with the moon, and on most of them homes are left or full: a table of them explains no more than this. */
export const weekPart = (date: LocalDate): WeekPart => (weekday(date) >= 5 ? 'weekend' : 'weekday');

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Taken of the lower third, so that nights of charging a car do not make the others look left. */
const absentBelow = (uses: readonly number[]): number => {
  const rising = uses.toSorted((a, b) => a - b);
  return Math.ceil(((rising[Math.floor(rising.length / 3)] ?? 0) * PRESENT_PERCENT) / 100);
};

const partOf = (uses: readonly number[], absentBelowWh: number): Part | undefined => {
  const present = uses.filter((wh) => wh >= absentBelowWh);
  const expectedWh = Math.round(sum(present) / present.length);
  if (present.length < MIN_PART_DAYS || expectedWh === 0) return undefined;
  return { expectedWh, absentBelowWh, heaviestWh: Math.max(...present) };
};

const refused = (detail: string): NoReference => ({ status: 'refused', code: 'insufficient-history', detail });

/** From the days of a year before; days outside the reference's weeks count for nothing. */
export const referenceOf = (window: Window, history: readonly KnownDay[]): Reference | NoReference => {
  const { from, to } = referenceWindow(window);
  const known = history.flatMap(({ date, wh }) => (wh !== null && from <= date && date <= to ? [{ date, wh }] : []));
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (known.length * 100 < days * MIN_KNOWN_PERCENT)
    return refused(
      `${known.length} of the ${days} days from ${from} to ${to} are known; ${MIN_KNOWN_PERCENT} % are needed`,
    );
  const usesOn = (part: WeekPart): number[] => known.flatMap(({ date, wh }) => (weekPart(date) === part ? [wh] : []));
  const absentBelowWh = absentBelow(known.map(({ wh }) => wh));
  const [workdays, weekend] = [partOf(usesOn('weekday'), absentBelowWh), partOf(usesOn('weekend'), absentBelowWh)];
  if (!workdays || !weekend)
    return refused(`too few days from ${from} to ${to} were lived in; ${MIN_PART_DAYS} of each kind are needed`);
  return { status: 'reference', weekday: workdays, weekend };
};
