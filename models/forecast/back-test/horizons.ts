import { corrected, hoursOf, momentOf } from '../horizon.ts';
import { MEDIAN_AT } from '../levels.ts';
import { NAIVES, climatology } from '../naive.ts';
import { actualOf, rollingForecasts, type DayForecast, type Trained } from '../past-days.ts';
import { CALIBRATION_DAYS, dayQuantiles, homeQuantiles, meanDay, rawDay, standardised } from '../predict-day.ts';
import { HOURS, type HomeSeries } from '../series.ts';
import { dayTotals, levelsOf } from '../totals.ts';
import { windowOf, type Fold } from './folds.ts';
import { knownHours, scorer } from './home-score.ts';
import type { PointScore, QuantileScore } from './metrics.ts';

const relative = (pairs: readonly (readonly [number, number])[]): number => {
  const known = pairs.filter((pair) => !pair.some(Number.isNaN));
  const actual = known.reduce((sum, [, own]) => sum + own, 0);
  return (100 * known.reduce((sum, [forecast, own]) => sum + Math.abs(forecast - own), 0)) / actual;
};

/** A home further ahead than a day, within a day, and by its totals. NMAE in percent. */
export type HorizonScore = {
  readonly home: string;
  readonly fold: Fold;
  /** 24 to 48 hours ahead */
  readonly dayTwo: PointScore;
  readonly dayTwoQuantiles: QuantileScore;
  readonly dayTwoSevenDayMean: PointScore;
  readonly dayTwoTwoDaysAgo: PointScore;
  /** two to six hours ahead, asked at 6, 12 and 18 h, with what the last hour told and without */
  readonly intraday: number;
  readonly intradayPlain: number;
  readonly dayTotal: number;
  readonly dayTotalLevel: number;
  readonly dayTotalYesterday: number;
};

/** Each day as it is seen at the midnight a day before it: its eve is not known, and the eve's own errors are not either. */
const dayTwoOf = (
  { set, model }: Trained,
  series: HomeSeries,
  [from, to]: readonly [number, number],
): DayForecast[] => {
  const first = Math.max(0, from - CALIBRATION_DAYS - 1);
  const residuals = Array.from({ length: to - first }, (_, i) => {
    const raw = rawDay({ set, model }, series, first + i);
    return raw ? standardised(raw, actualOf(series, first + i)) : [];
  });
  return Array.from({ length: to - from }, (_, i) => from + i).flatMap((day) => {
    const seen = momentOf(series, (day - 1) * HOURS).series;
    const raw = rawDay({ set, model }, seen, day);
    if (!raw) return [];
    const climate = climatology(seen, day);
    const quantiles = dayQuantiles(raw, homeQuantiles(model.pooled, residuals.slice(0, day - 1 - first)), climate);
    return [{ day, scaleWh: raw.scaleWh, quantiles, pooled: quantiles, climate, meanWh: meanDay(model, raw) }];
  });
};

const ASKED_AT = [6, 12, 18] as const;
const AHEAD = [2, 6] as const;

const intradayPairs = (series: HomeSeries, day: DayForecast, correct: boolean): (readonly [number, number])[] =>
  ASKED_AT.flatMap((hour) => {
    const now = day.day * HOURS + hour;
    const plain = hoursOf(day);
    return (correct ? corrected(plain, { series, now }) : plain)
      .filter(({ at }) => at >= now + AHEAD[0] - 1 && at < now + AHEAD[1])
      .map(({ at, quantiles }) => [quantiles[MEDIAN_AT] ?? NaN, series.wh[at] ?? NaN] as const);
  });

/** Undefined where the series is too short for the fold. */
export const scoreHorizons = (trained: Trained, series: HomeSeries, fold: Fold): HorizonScore | undefined => {
  const window = windowOf(series, fold);
  if (!window) return undefined;
  const days = rollingForecasts(trained, series, [window.testFrom, window.testTo]);
  const later = knownHours(series, dayTwoOf(trained, series, [window.testFrom, window.testTo]));
  const { points, spread } = scorer(series, later);
  const totals = dayTotals(series);
  const levels = levelsOf(totals);
  const totalPairs = (forecastOf: (day: DayForecast) => number): number =>
    relative(days.map((day) => [forecastOf(day), totals[day.day] ?? NaN]));
  return {
    home: series.name,
    fold,
    dayTwo: points(({ day, hour }) => day.quantiles[hour]?.[MEDIAN_AT] ?? NaN),
    dayTwoQuantiles: spread(({ day, hour }) => day.quantiles[hour] ?? []),
    dayTwoSevenDayMean: points(({ day, hour }) => NAIVES.sevenDayMean(series, day.day - 1)[hour] ?? NaN),
    dayTwoTwoDaysAgo: points(({ day, hour }) => NAIVES.yesterday(series, day.day - 1)[hour] ?? NaN),
    intraday: relative(days.flatMap((day) => intradayPairs(series, day, true))),
    intradayPlain: relative(days.flatMap((day) => intradayPairs(series, day, false))),
    dayTotal: totalPairs(({ meanWh }) => meanWh.reduce((sum, wh) => sum + wh, 0)),
    dayTotalLevel: totalPairs(({ day }) => levels[day] ?? NaN),
    dayTotalYesterday: totalPairs(({ day }) => totals[day - 1] ?? NaN),
  };
};
