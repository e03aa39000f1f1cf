import type { Scorecard } from './answer.ts';
import { NO_SUMS, accuracyOf, addSums, hourSums, type DaySums } from './day-accuracy.ts';
import { MEDIAN_AT, P10_AT, P90_AT } from './levels.ts';
import { actualOf, type DayForecast } from './past-days.ts';
import type { HomeSeries } from './series.ts';

/** How the forecast of a day that is over did, beside the 7-day mean, the baseline that a forecast has to beat. */
export const outcomeOf = (
  series: HomeSeries,
  { day, quantiles, meanWh }: DayForecast,
  naive: Float64Array,
): DaySums => {
  const actual = actualOf(series, day);
  return quantiles
    .map((levels, hour) =>
      hourSums(
        {
          meanWh: meanWh[hour] ?? NaN,
          p10Wh: levels[P10_AT] ?? NaN,
          p50Wh: levels[MEDIAN_AT] ?? NaN,
          p90Wh: levels[P90_AT] ?? NaN,
        },
        { actualWh: actual[hour] ?? NaN, naiveWh: naive[hour] ?? NaN },
      ),
    )
    .reduce(addSums, NO_SUMS);
};

const sumOf = (outcomes: readonly DaySums[]): DaySums => outcomes.reduce(addSums, NO_SUMS);
const isScored = ({ hours }: DaySums): boolean => hours > 0;

const WEEK = 7;
/** So much more error in the last week than in the middle one of those before it. */
const WORSE = 1.5;
const [LEAST_WITHIN, MOST_WITHIN] = [0.65, 0.92];

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** The home has changed: a week of errors unlike those of the weeks before, or intervals that no longer hold. Outcomes latest last. */
export const hasDrifted = (outcomes: readonly DaySums[]): boolean => {
  if (outcomes.length < 3 * WEEK) return false;
  const errors = outcomes
    .slice(WEEK - 1)
    .map((_, i) => sumOf(outcomes.slice(i, i + WEEK)))
    .map(({ errorWh, actualWh }) => share(errorWh, actualWh));
  const usual = errors.toSorted((a, b) => a - b)[errors.length >> 1] ?? 0;
  const latest = sumOf(outcomes.slice(-WEEK));
  // of a week without readings or without use nothing can be said
  if (latest.actualWh === 0) return false;
  const within = share(latest.within, latest.hours);
  return (errors.at(-1) ?? 0) > WORSE * usual || within < LEAST_WITHIN || within > MOST_WITHIN;
};

/** Four weeks decide whether a forecast is worth showing. */
export const SCORED_DAYS = 28;

/** Something is known of each day of four weeks, and the model was not better than the 7-day mean. */
export const losesToNaive = (outcomes: readonly DaySums[]): boolean => {
  const { actualWh, errorWh, naiveErrorWh } = sumOf(outcomes);
  return outcomes.filter(isScored).length >= SCORED_DAYS && actualWh > 0 && errorWh >= naiveErrorWh;
};

/** Undefined while nothing was used or foreseen. */
export const scorecardOf = (outcomes: readonly DaySums[]): Scorecard | undefined => {
  const accuracy = accuracyOf(sumOf(outcomes));
  return accuracy && { days: outcomes.filter(isScored).length, ...accuracy };
};
