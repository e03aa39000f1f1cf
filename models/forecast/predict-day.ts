import { binned } from './booster/bins.ts';
import { predict } from './booster/forest.ts';
import { matrixOf } from './booster/matrix.ts';
import { quantileOfSorted } from './day-features.ts';
import type { FeatureSet } from './features.ts';
import { LEVELS, MEDIAN_AT } from './levels.ts';
import type { Model } from './model.ts';
import { HOURS, type HomeSeries } from './series.ts';

/** What the model says of a day's hours at its midnight, before the home's own residuals correct it; in units of the level. */
export type RawDay = {
  readonly scaleWh: number;
  readonly median: Float64Array;
  readonly size: Float64Array;
  readonly mean: Float64Array;
  readonly climateShare: number;
};

const withAnalogues = (
  { analogueShare }: FeatureSet,
  median: Float64Array,
  analogues: Float64Array | undefined,
): Float64Array =>
  median.map((own, hour) => {
    const like = analogues?.[hour] ?? NaN;
    return Number.isNaN(like) ? own : (1 - analogueShare) * own + analogueShare * like;
  });

/** The plain quantiles of an hour count in full once they are those of so many days: of one day they are no spread at all. */
const CLIMATE_DAYS = 28;

/** Undefined when nothing is known of the home before the day. */
export const rawDay = (
  { set, model }: { set: FeatureSet; model: Model },
  series: HomeSeries,
  day: number,
): RawDay | undefined => {
  const features = matrixOf(HOURS, set.names.length);
  const scaleWh = set.write(series, day, { values: features.values, columns: features.columns, row: 0 });
  if (Number.isNaN(scaleWh)) return undefined;
  const data = binned(features, model.median.edges);
  return {
    scaleWh,
    median: withAnalogues(set, predict(model.median, data), set.analogues(series, day, scaleWh)),
    size: predict(model.scale, data).map(Math.exp),
    mean: predict(model.mean, data),
    climateShare: set.climateShare * Math.min(1, day / CLIMATE_DAYS),
  };
};

/** Two whole weeks; four follow a change too late, and more homes miss their coverage (docs/reports/forecast.md). */
export const CALIBRATION_DAYS = 14;
/** So many hours of a home's own residuals weigh as much as the pool. */
const SHRINK_HOURS = 40;
/** The middle is better known from the pool than the edges are. */
const MEDIAN_SHRINK_HOURS = 168;

/** (actual − median) / size of the known hours of a day that is over. */
export const standardised = ({ scaleWh, median, size }: RawDay, actualWh: Float64Array): number[] =>
  [...actualWh].flatMap((wh, hour) =>
    Number.isNaN(wh) ? [] : [(wh / scaleWh - (median[hour] ?? 0)) / (size[hour] ?? 1)],
  );

/**
 * The home's quantiles of the standardised residual at an origin: those of its last two weeks, shrunk to the pool (rolling conformal,
 * forecasting.md 4.5). Recomputed each day; a home that changes widens its own intervals. `recent`: the residuals of each day, latest last.
 */
export const homeQuantiles = (pooled: readonly number[], recent: readonly (readonly number[])[]): number[] => {
  const own = Float64Array.from(recent.slice(-CALIBRATION_DAYS).flat()).toSorted();
  if (own.length === 0) return [...pooled];
  return LEVELS.map((level, i) => {
    const weight = own.length / (own.length + (i === MEDIAN_AT ? MEDIAN_SHRINK_HOURS : SHRINK_HOURS));
    return weight * quantileOfSorted(own, level) + (1 - weight) * (pooled[i] ?? 0);
  });
};

/**
 * Quantiles of each hour, Wh: `[hour][level]`, never below 0 and ascending. `climate`: the home's climatology of the day, averaged in
 * level by level; an hour without one stands on the model alone.
 */
export const dayQuantiles = (
  { scaleWh, median, size, climateShare }: RawDay,
  quantiles: readonly number[],
  climate: readonly (readonly number[])[],
): number[][] =>
  [...median].map((centre, hour) => {
    let floor = 0;
    return quantiles.map((q, level) => {
      const own = Math.max(0, (centre + q * (size[hour] ?? 0)) * scaleWh);
      const plain = level === MEDIAN_AT ? own : (climate[hour]?.[level] ?? own);
      return (floor = Math.max(floor, own + climateShare * (plain - own)));
    });
  });
