import * as z from 'zod/mini';
import { HOUR_MS } from '../calendar/seoul.ts';
import { MAX_SHARE_PERCENT, MIN_COHORT } from '../community/cohort.ts';
import { quality } from '../reading/quality.ts';

/** The sum of the homes of a building in an hour, rounded. The step is the same in every hour: one that followed the largest home would tell of it. */
const homesHour = z.object({ loadWh: z.int() });
export type HomesHour = z.infer<typeof homesHour>;

export const siteHour = z.object({
  fromMs: z.int(),
  /** of the meters in common areas together; null: one of them is not known for the whole hour */
  commonImportWh: z.nullable(z.int()),
  commonQuality: quality,
  /** null: too few homes agree, or one would show */
  homes: z.nullable(homesHour),
});
export type SiteHour = z.infer<typeof siteHour>;

const HOMES_STEP = 5;
/** Above the hour of a home without a car; an hour in which a car is charged is hidden by its share, or one of many. */
export const HOMES_STEP_WH = 2000;

/** How many homes a figure is of, rounded down so that who joins or leaves is not told. */
export const homesTold = (homes: number): number => Math.floor(homes / HOMES_STEP) * HOMES_STEP;

const isTellable = (values: readonly number[]): boolean => {
  const total = values.reduce((sum, one) => sum + one, 0);
  return values.length >= MIN_COHORT && Math.max(0, ...values) * 100 <= total * MAX_SHARE_PERCENT;
};

/**
 * What may be told of the homes of a building in an hour: their sum, where they are 20 or more and none makes up more than 15 % of it (korea.md
 * 7). Undefined otherwise.
 */
export const homesHourOf = (loadsWh: readonly number[]): HomesHour | undefined => {
  if (!isTellable(loadsWh)) return undefined;
  const total = loadsWh.reduce((sum, one) => sum + one, 0);
  return { loadWh: Math.round(total / HOMES_STEP_WH) * HOMES_STEP_WH };
};

/** One half hour or hour of a home's plan. Battery + discharges. */
export type PlannedPower = { readonly startMs: number; readonly batteryW: number; readonly carW: number };

export const flexibleHour = z.object({
  fromMs: z.int(),
  /** mean power that the plans draw for batteries and cars, and could leave out; null: one home would show */
  canReduceW: z.nullable(z.int()),
  /** mean power that batteries are planned to give, and could keep; null: one home would show */
  canIncreaseW: z.nullable(z.int()),
});
export type FlexibleHour = z.infer<typeof flexibleHour>;

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;

/** Above what a car and a battery draw together, so that one that comes or goes is not told. */
const FLEXIBLE_STEP_W = 15_000;

/**
 * What the plans of the homes of a building leave free to move in the hours to come; undefined below 20 homes with a plan. Only what a plan moves
 * by itself counts: nothing here asks a resident to do without. Of an hour in which one home makes up more than 15 % nothing is told; nothing to
 * move at all is told as 0 only where it is so of all of them.
 */
export const flexibilityOf = (
  plans: readonly (readonly PlannedPower[])[],
  { fromMs, hours }: { readonly fromMs: number; readonly hours: number },
): FlexibleHour[] | undefined => {
  if (plans.length < MIN_COHORT) return undefined;
  return Array.from({ length: hours }, (_, at) => {
    const startMs = fromMs + at * HOUR_MS;
    const inHour = plans.map((plan) => plan.filter((one) => one.startMs >= startMs && one.startMs < startMs + HOUR_MS));
    const told = (of: (one: PlannedPower) => number): number | null => {
      const each = inHour.map((steps) => mean(steps.map(of)));
      if (!isTellable(each)) return null;
      return Math.round(each.reduce((all, one) => all + one, 0) / FLEXIBLE_STEP_W) * FLEXIBLE_STEP_W;
    };
    return {
      fromMs: startMs,
      canReduceW: told(({ batteryW, carW }) => Math.max(0, carW) + Math.max(0, -batteryW)),
      canIncreaseW: told(({ batteryW }) => Math.max(0, batteryW)),
    };
  });
};
