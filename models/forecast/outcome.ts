import type { Scorecard } from './answer.ts';
import { MEDIAN_AT, P10_AT, P90_AT } from './levels.ts';
import type { DayForecast } from './past-days.ts';
import { HOURS, type HomeSeries } from './series.ts';

/** How the forecasts of days that are over did. Errors against the 7-day mean, the baseline that a forecast has to beat. */
export type DayOutcome = {
  readonly errorWh: number;
  readonly naiveErrorWh: number;
  readonly actualWh: number;
  readonly hours: number;
  /** hours between p10 and p90 */
  readonly within: number;
};

const holds = (levels: readonly number[], actual: number): boolean =>
  (levels[P10_AT] ?? 0) <= actual && actual <= (levels[P90_AT] ?? 0);

export const outcomeOf = (series: HomeSeries, forecast: DayForecast, naive: Float64Array): DayOutcome => {
  const sums = { errorWh: 0, naiveErrorWh: 0, actualWh: 0, hours: 0, within: 0 };
  for (const [hour, levels] of forecast.quantiles.entries()) {
    const actual = series.wh[forecast.day * HOURS + hour] ?? NaN;
    const usual = naive[hour] ?? NaN;
    if (Number.isNaN(actual) || Number.isNaN(usual)) continue;
    sums.errorWh += Math.abs(actual - (levels[MEDIAN_AT] ?? 0));
    sums.naiveErrorWh += Math.abs(actual - usual);
    sums.actualWh += actual;
    sums.hours += 1;
    sums.within += holds(levels, actual) ? 1 : 0;
  }
  return sums;
};

const sumOf = (outcomes: readonly DayOutcome[]): DayOutcome => {
  const total = (pick: (one: DayOutcome) => number): number => outcomes.reduce((sum, one) => sum + pick(one), 0);
  return {
    errorWh: total((one) => one.errorWh),
    naiveErrorWh: total((one) => one.naiveErrorWh),
    actualWh: total((one) => one.actualWh),
    hours: total((one) => one.hours),
    within: total((one) => one.within),
  };
};

const WEEK = 7;
/** So much more error in the last week than in the middle one of those before it. */
const WORSE = 1.5;
const [LEAST_WITHIN, MOST_WITHIN] = [0.65, 0.92];

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** The home has changed: a week of errors unlike those of the weeks before, or intervals that no longer hold. Outcomes latest last. */
export const hasDrifted = (outcomes: readonly DayOutcome[]): boolean => {
  if (outcomes.length < 3 * WEEK) return false;
  const errors = outcomes
    .slice(WEEK - 1)
    .map((_, i) => sumOf(outcomes.slice(i, i + WEEK)))
    .map(({ errorWh, actualWh }) => share(errorWh, actualWh));
  const usual = errors.toSorted((a, b) => a - b)[errors.length >> 1] ?? 0;
  const latest = sumOf(outcomes.slice(-WEEK));
  const within = share(latest.within, latest.hours);
  return (errors.at(-1) ?? 0) > WORSE * usual || within < LEAST_WITHIN || within > MOST_WITHIN;
};

/** Four weeks decide whether a forecast is worth showing. */
export const SCORED_DAYS = 28;

/** Four weeks are scored, and the model was not better than the 7-day mean. */
export const losesToNaive = (outcomes: readonly DayOutcome[]): boolean => {
  const { errorWh, naiveErrorWh } = sumOf(outcomes);
  return outcomes.length >= SCORED_DAYS && errorWh >= naiveErrorWh;
};

const tenths = (percent: number): number => Math.round(Math.max(0, percent) * 10) / 10;

/** Undefined while nothing was used or foreseen. */
export const scorecardOf = (outcomes: readonly DayOutcome[]): Scorecard | undefined => {
  const { errorWh, naiveErrorWh, actualWh, hours, within } = sumOf(outcomes);
  if (hours === 0 || actualWh === 0) return undefined;
  return {
    days: outcomes.length,
    accuracy: tenths(100 * (1 - errorWh / actualWh)),
    naiveAccuracy: tenths(100 * (1 - naiveErrorWh / actualWh)),
    within80: tenths((100 * within) / hours),
  };
};
