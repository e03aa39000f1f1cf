import { LATER, laterDays } from '../later-days.ts';
import type { HomeSeries } from '../series.ts';
import { dayTotals } from '../totals.ts';
import { windowOf, type Fold } from './folds.ts';

/** The total of a day foreseen `ahead` days before at midnight; errors in percent of the use. */
export type LaterScore = {
  readonly home: string;
  readonly fold: Fold;
  readonly ahead: number;
  readonly nmae: number;
  readonly sevenDayMean: number;
  readonly lastWeek: number;
  /** share of the days between p10 and p90 */
  readonly within80: number;
  /** what lies between p10 and p90, in percent of the use */
  readonly width: number;
};

const WEEK = 7;
const meanKnown = (totals: Float64Array): number => {
  const known = totals.filter((total) => !Number.isNaN(total));
  return known.reduce((sum, total) => sum + total, 0) / known.length;
};

/** The days of the fold's window, each from all origins from which it is a later day; none where the series is too short. */
export const scoreLaterDays = (series: HomeSeries, fold: Fold): LaterScore[] => {
  const window = windowOf(series, fold);
  if (!window) return [];
  const totals = dayTotals(series);
  const origins = Array.from({ length: window.testTo - window.testFrom }, (_, i) => window.testFrom + i);
  const seen = origins.map((origin) => {
    const past = totals.subarray(0, origin);
    return { origin, days: laterDays(past), week: meanKnown(past.subarray(-WEEK)) };
  });
  return LATER.map((ahead, i) => {
    const rows = seen
      .filter(({ origin }) => origin + ahead < window.testTo)
      .map(({ origin, days, week }) => ({
        actual: totals[origin + ahead] ?? NaN,
        own: days[i],
        week,
        lastWeek: totals[origin + ahead - WEEK] ?? NaN,
      }))
      .filter(({ actual, own, week, lastWeek }) => own && !Number.isNaN(actual + week + lastWeek));
    const used = rows.reduce((sum, { actual }) => sum + actual, 0);
    const off = (of: (row: (typeof rows)[number]) => number): number =>
      (100 * rows.reduce((sum, row) => sum + Math.abs(of(row) - row.actual), 0)) / used;
    const held = rows.filter(({ own, actual }) => own && own.p10Wh <= actual && actual <= own.p90Wh);
    return {
      home: series.name,
      fold,
      ahead,
      nmae: off(({ own }) => own?.meanWh ?? NaN),
      sevenDayMean: off(({ week }) => week),
      lastWeek: off((row) => row.lastWeek),
      within80: (100 * held.length) / rows.length,
      width: (100 * rows.reduce((sum, { own }) => sum + (own ? own.p90Wh - own.p10Wh : NaN), 0)) / used,
    };
  });
};
