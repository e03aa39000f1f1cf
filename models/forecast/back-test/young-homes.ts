import { MEDIAN_AT } from '../levels.ts';
import { climatology } from '../naive.ts';
import type { Trained } from '../past-days.ts';
import { dayQuantiles, rawDay } from '../predict-day.ts';
import { HOURS, type HomeSeries } from '../series.ts';
import { windowOf } from './folds.ts';
import type { PointScore, QuantileScore } from './metrics.ts';
import { knownHours, scorer } from './home-score.ts';

/** A home as it would be known so many days after its first reading. */
export type YoungScore = {
  readonly home: string;
  readonly days: number;
  readonly median: PointScore;
  readonly quantiles: QuantileScore;
  /** the mean of the days available */
  readonly available: PointScore;
};

/** The last four weeks of a home, each day from so many days before it and nothing else; the pool's intervals. */
export const scoreYoung = (trained: Trained, series: HomeSeries, days: number): YoungScore | undefined => {
  const window = windowOf(series, 0);
  if (!window) return undefined;
  const forecasts = Array.from({ length: window.testTo - window.testFrom }, (_, i) => window.testFrom + i).flatMap(
    (day) => {
      const view = {
        name: series.name,
        firstDay: series.firstDay + day - days,
        wh: series.wh.subarray((day - days) * HOURS, (day + 1) * HOURS),
      };
      const raw = rawDay(trained, view, days);
      if (!raw) return [];
      const climate = climatology(view, days);
      const quantiles = dayQuantiles(raw, trained.model.pooled, climate);
      return [{ day, scaleWh: raw.scaleWh, quantiles, pooled: quantiles, climate, meanWh: meansOf(view, days) }];
    },
  );
  const hours = knownHours(series, forecasts);
  if (hours.length === 0) return undefined;
  const { points, spread } = scorer(series, hours);
  return {
    home: series.name,
    days,
    median: points(({ day, hour }) => day.quantiles[hour]?.[MEDIAN_AT] ?? NaN),
    quantiles: spread(({ day, hour }) => day.quantiles[hour] ?? []),
    available: points(({ day, hour }) => day.meanWh[hour] ?? NaN),
  };
};

const meansOf = ({ wh }: HomeSeries, days: number): number[] =>
  Array.from({ length: HOURS }, (_, hour) => {
    const known = Array.from({ length: days }, (_day, day) => wh[day * HOURS + hour] ?? NaN).filter(
      (value) => !Number.isNaN(value),
    );
    return known.length === 0 ? NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
