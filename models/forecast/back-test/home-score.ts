import { MEDIAN_AT } from '../levels.ts';
import { NAIVES, type Naive } from '../naive.ts';
import { actualOf, rollingForecasts, type DayForecast, type Trained } from '../past-days.ts';
import { HOURS, daysOf, type HomeSeries } from '../series.ts';
import { windowOf, type Fold } from './folds.ts';
import {
  pointScore,
  quantileScore,
  reliabilityBins,
  type Bin,
  type PointScore,
  type QuantileScore,
} from './metrics.ts';

const NAIVE_NAMES = [
  'yesterday',
  'lastWeek',
  'sevenDayMean',
  'fourWeekMean',
  'persistence',
] as const satisfies readonly Naive[];
export type Baseline = Naive | 'climatology';

/** One home in one fold: the model, and what it has to beat. */
export type HomeScore = {
  readonly home: string;
  readonly fold: Fold;
  readonly median: PointScore;
  readonly mean: PointScore;
  readonly quantiles: QuantileScore;
  readonly pooled: QuantileScore;
  readonly climatology: QuantileScore;
  readonly naive: Readonly<Record<Baseline, PointScore>>;
  readonly bins: readonly Bin[];
};

/** Mean |y(t) − y(t − 24 h)| over the home's series, Wh. */
export const seasonalError = ({ wh }: HomeSeries): number => {
  let total = 0;
  let count = 0;
  for (let i = HOURS; i < wh.length; i++) {
    const error = Math.abs((wh[i] ?? NaN) - (wh[i - HOURS] ?? NaN));
    if (Number.isNaN(error)) continue;
    total += error;
    count += 1;
  }
  return total / count;
};

/** An hour that was read, beside every forecast of it. */
export type Hour = {
  readonly actual: number;
  readonly day: DayForecast;
  readonly hour: number;
  readonly naive: Readonly<Record<Naive, number>>;
};

/** The hours of days that were read. */
export const knownHours = (series: HomeSeries, days: readonly DayForecast[]): Hour[] =>
  days.flatMap((day) => {
    const naive = NAIVE_NAMES.map((name) => [name, NAIVES[name](series, day.day)] as const);
    const naiveAt = (name: Naive, hour: number): number => naive.find(([own]) => own === name)?.[1][hour] ?? NaN;
    return [...actualOf(series, day.day).entries()]
      .filter(([, wh]) => !Number.isNaN(wh))
      .map(([hour, actual]) => ({
        actual,
        day,
        hour,
        naive: {
          yesterday: naiveAt('yesterday', hour),
          lastWeek: naiveAt('lastWeek', hour),
          sevenDayMean: naiveAt('sevenDayMean', hour),
          fourWeekMean: naiveAt('fourWeekMean', hour),
          persistence: naiveAt('persistence', hour),
        },
      }));
  });

/** Scores of the hours of a home, of any forecast of them; hours without one are left out. */
export const scorer = (series: HomeSeries, hours: readonly Hour[]) => {
  const scaleWh = seasonalError(series);
  return {
    points: (forecastOf: (hour: Hour) => number): PointScore =>
      pointScore(
        hours
          .map((hour) => ({ forecast: forecastOf(hour), actual: hour.actual }))
          .filter(({ forecast }) => !Number.isNaN(forecast)),
        scaleWh,
      ),
    spread: (quantilesOf: (hour: Hour) => readonly number[]): QuantileScore =>
      quantileScore(
        hours
          .map((hour) => ({ quantiles: quantilesOf(hour), actual: hour.actual }))
          .filter(({ quantiles }) => quantiles.length > 0),
      ),
  };
};

const own = ({ day, hour }: Hour): readonly number[] => day.quantiles[hour] ?? [];

/** Undefined where the series is too short for the fold. */
export const scoreHome = (trained: Trained, series: HomeSeries, fold: Fold): HomeScore | undefined => {
  const window = windowOf(series, fold);
  if (!window || window.testTo > daysOf(series)) return undefined;
  const hours = knownHours(series, rollingForecasts(trained, series, [window.testFrom, window.testTo]));
  const { points, spread } = scorer(series, hours);
  const climate = ({ day, hour }: Hour): readonly number[] => day.climate[hour] ?? [];
  return {
    home: series.name,
    fold,
    median: points((hour) => own(hour)[MEDIAN_AT] ?? NaN),
    mean: points(({ day, hour }) => day.meanWh[hour] ?? NaN),
    quantiles: spread(own),
    pooled: spread(({ day, hour }) => day.pooled[hour] ?? []),
    climatology: spread(climate),
    naive: {
      yesterday: points(({ naive }) => naive.yesterday),
      lastWeek: points(({ naive }) => naive.lastWeek),
      sevenDayMean: points(({ naive }) => naive.sevenDayMean),
      fourWeekMean: points(({ naive }) => naive.fourWeekMean),
      persistence: points(({ naive }) => naive.persistence),
      climatology: points((hour) => climate(hour)[MEDIAN_AT] ?? NaN),
    },
    bins: reliabilityBins(hours.map((hour) => ({ quantiles: own(hour), actual: hour.actual }))),
  };
};
