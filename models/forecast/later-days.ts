import { dateOfDayNumber } from '../calendar/seoul.ts';
import type { DayTotal } from './answer.ts';
import { quantileOfSorted } from './day-features.ts';
import type { HomeSeries } from './series.ts';
import { MIN_ERRORS, dayTotals, inWholeWh, largestDay, levelsOf, unitOf } from './totals.ts';

/*
 * The totals of the days after tomorrow: the home's level, times what its weekdays make of it. The hourly model, its features shifted
 * to the last known day, says less of these days (docs/reports/forecast.md).
 */

/** Days ahead of today. */
export const LATER = [2, 3, 4, 5, 6] as const;

const WEEKDAYS = 7;
const SHARE_DAYS = 56;
/** So many ordinary days weigh as much as what the home's own weekdays say. */
const SHRINK_DAYS = 8;

/** What days of each weekday were to all days of eight weeks before `origin`; by `day % 7`, which is a weekday of its own. */
const weekdayShares = (totals: Float64Array, origin: number): number[] => {
  const recent = totals.subarray(Math.max(0, origin - SHARE_DAYS), origin);
  const known = recent.filter((total) => !Number.isNaN(total));
  const mean = known.reduce((sum, total) => sum + total, 0) / known.length;
  const shares = Array.from({ length: WEEKDAYS }, () => ({ sum: SHRINK_DAYS, weight: SHRINK_DAYS }));
  for (const [i, total] of recent.entries()) {
    const own = shares[(origin - recent.length + i) % WEEKDAYS];
    if (!own || Number.isNaN(total) || mean === 0) continue;
    own.sum += total / mean;
    own.weight += 1;
  }
  return shares.map(({ sum, weight }) => sum / weight);
};

/** The use of a day, Wh, as it was expected at the midnight of `origin`; `levels` of the same totals. */
export const expectedDays = (
  totals: Float64Array,
  levels: Float64Array,
  origin: number,
): { readonly levelWh: number; readonly wh: readonly number[] } => {
  const shares = weekdayShares(totals, origin);
  const levelWh = levels[origin] ?? NaN;
  return { levelWh, wh: LATER.map((ahead) => levelWh * (shares[(origin + ahead) % WEEKDAYS] ?? 1)) };
};

/** Half a year of a home tells how wrong its days go. */
const ERROR_DAYS = 180;
/** No day is taken for possible that is more than so many times the largest known. */
const MOST = 2;

/** How far days were from what was expected of them so many days before, in units of the level: `[ahead][error]`. */
const pastErrors = (totals: Float64Array, levels: Float64Array): Float64Array[] => {
  const errors: number[][] = LATER.map(() => []);
  for (let origin = Math.max(1, totals.length - ERROR_DAYS); origin < totals.length; origin++) {
    const { levelWh, wh } = expectedDays(totals, levels, origin);
    for (const [i, expected] of wh.entries()) {
      const error = ((totals[origin + (LATER[i] ?? 0)] ?? NaN) - expected) / unitOf(levelWh);
      if (Number.isFinite(error)) errors[i]?.push(error);
    }
  }
  return errors.map((own) => Float64Array.from(own).toSorted());
};

export type LaterDay = {
  readonly day: number;
  readonly meanWh: number;
  readonly p10Wh: number;
  readonly p90Wh: number;
};

/** The days two to six after `totals` end, which are those before today; none where no level is known. */
export const laterDays = (totals: Float64Array): LaterDay[] => {
  const levels = levelsOf(totals);
  const { levelWh, wh } = expectedDays(totals, levels, totals.length);
  if (Number.isNaN(levelWh)) return [];
  const errors = pastErrors(totals, levels);
  const mostWh = MOST * largestDay(totals);
  return wh.map((meanWh, i) => {
    const own = errors[i] ?? new Float64Array(0);
    const [low = 0, high = 0] =
      own.length < MIN_ERRORS
        ? [-meanWh, meanWh]
        : [0.1, 0.9].map((share) => unitOf(levelWh) * quantileOfSorted(own, share));
    return {
      day: totals.length + (LATER[i] ?? 0),
      meanWh,
      p10Wh: Math.max(0, Math.min(meanWh, meanWh + low)),
      p90Wh: Math.max(meanWh, Math.min(mostWh, meanWh + high)),
    };
  });
};

/** The five days after tomorrow of a home of which `today` whole days are over. */
export const laterTotals = (series: HomeSeries, today: number): DayTotal[] =>
  laterDays(dayTotals(series).subarray(0, today)).map(({ day, ...total }) => ({
    date: dateOfDayNumber(series.firstDay + day),
    ...inWholeWh(total),
  }));
