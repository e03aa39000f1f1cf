import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { isComplete, useSeries, type DayUse } from './use-series.ts';
import type { Period } from './period.ts';
import type { Weighted } from './quantile.ts';
import { usePaths } from './use-paths.ts';

/** A whole period day by day as it may turn out: what is known of it, and one way for the rest. Wh, no longer whole numbers. */
export type Way = { readonly importWh: readonly number[]; readonly exportWh: readonly number[] };

/** Fewer whole days in the eight weeks before are no ground to project from. */
const LEAST_DAYS = 21;
const LOOK_BACK_DAYS = 56;

export const datesOf = ({ from, days }: Pick<Period, 'from' | 'days'>): LocalDate[] =>
  Array.from({ length: days }, (_, i) => addDays(from, i));

const knownDays = (days: readonly DayUse[], before: LocalDate): number =>
  days.filter((day) => isComplete(day) && day.date >= addDays(before, -LOOK_BACK_DAYS) && day.date < before).length;

type TooShort = { readonly status: 'refused'; readonly code: 'insufficient-history'; readonly detail: string };

const tooShort = (known: number): TooShort => ({
  status: 'refused',
  code: 'insufficient-history',
  detail: `${known} whole days are known of the ${LOOK_BACK_DAYS} before today; ${LEAST_DAYS} are needed to project the use`,
});

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
/** Whole Wh, as a meter counts: what is shown and what is billed are then rounded from the same figure. */
export const importOf = (way: Way): number => Math.round(sumOf(way.importWh));
export const exportOf = (way: Way): number => Math.round(sumOf(way.exportWh));

/**
 * The ways in which the period may turn out. A day that is not known, or not wholly, is filled up in each of them by what is
 * expected, be it to come or be it missing. `days` hold the period so far, today's part, and the home's past before it.
 */
export const periodWays = (period: Period, days: readonly DayUse[], today: LocalDate): Weighted<Way>[] | TooShort => {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const dates = datesOf(period);
  const known = dates.map((date): DayUse => byDate.get(date) ?? { date, importWh: 0, exportWh: 0, share: 0 });
  const open = known.flatMap((day, i) => (isComplete(day) ? [] : [i]));
  const fill = (path: { importWh: readonly number[]; exportWh: readonly number[] }): Way => {
    const importWh = known.map((day) => day.importWh);
    const exportWh = known.map((day) => day.exportWh);
    for (const [k, i] of open.entries()) {
      const rest = 1 - (known[i]?.share ?? 0);
      importWh[i] = (importWh[i] ?? 0) + rest * (path.importWh[k] ?? 0);
      exportWh[i] = (exportWh[i] ?? 0) + rest * (path.exportWh[k] ?? 0);
    }
    return { importWh, exportWh };
  };
  if (open.length === 0) return [{ value: fill({ importWh: [], exportWh: [] }), weight: 1 }];
  const count = knownDays(days, today);
  if (count < LEAST_DAYS) return tooShort(count);
  const unknown = open.flatMap((i) => dates[i] ?? []);
  const paths = usePaths(useSeries(days, period.to), unknown);
  return paths?.map(({ weight, ...path }) => ({ weight, value: fill(path) })) ?? tooShort(count);
};
