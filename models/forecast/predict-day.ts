import { binned, type Binned } from './booster/bins.ts';
import { predict, predictAll } from './booster/forest.ts';
import { matrixOf } from './booster/matrix.ts';
import { quantileOfSorted } from './day-features.ts';
import type { FeatureSet } from './features.ts';
import { LEVELS, MEDIAN_AT } from './levels.ts';
import type { Model } from './model.ts';
import { HOURS, knownIn, type HomeSeries } from './series.ts';

/** What the model says of a day's hours at its midnight, before the home's own residuals correct it; in units of the level. */
export type RawDay = {
  readonly scaleWh: number;
  readonly median: Float64Array;
  readonly size: Float64Array;
  /** what it was read from */
  readonly data: Binned;
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

const NOTHING = new Float64Array(HOURS).fill(NaN);

/** So much wider is a day foreseen without its eve: 77 and 87 % of the hours were in the intervals of 80 and 90 % before. */
const STALE = 1.08;
/** Half a day: with less of its eve a day is foreseen worse than from the last day that is known so far. */
const EVE_HOURS = 12;

/**
 * The days up to the last of which enough is known, as if the day followed it. Its weekday and season stay its own; those of the days before move with
 * them, so that what is read a week back is of another weekday. The model has learnt from days with an eve, and takes one that is not known
 * for a low one: even so the day is foreseen better (docs/reports/forecast.md).
 */
const afterItsEve = (series: HomeSeries, day: number): { readonly series: HomeSeries; readonly day: number } => {
  const { name, firstDay, wh } = series;
  for (let back = 1; back <= CLIMATE_DAYS && back <= day; back++) {
    const end = (day - back + 1) * HOURS;
    if (knownIn(wh, end - HOURS, end).count < EVE_HOURS) continue;
    return back === 1
      ? { series, day }
      : { series: { name, firstDay: firstDay + back - 1, wh: wh.subarray(0, end) }, day: day - back + 1 };
  }
  return { series, day };
};

/** Undefined when nothing is known of the home before the day. */
export const rawDay = (
  { set, model }: { set: FeatureSet; model: Model },
  home: HomeSeries,
  asked: number,
): RawDay | undefined => {
  const { series, day } = set.forecastsEarly ? afterItsEve(home, asked) : { series: home, day: asked };
  const features = matrixOf(HOURS, set.names.length);
  const scaleWh = set.write(series, day, { values: features.values, columns: features.columns, row: 0 });
  if (Number.isNaN(scaleWh)) return undefined;
  const data = binned(features, model.median.edges);
  const [median = NOTHING, logSize = NOTHING] = predictAll([model.median, model.scale], data);
  return {
    scaleWh,
    median: withAnalogues(set, median, set.analogues(series, day, scaleWh)),
    size: logSize.map((size) => Math.exp(size) * (day === asked ? 1 : STALE)),
    data,
    climateShare: set.climateShare * Math.min(1, day / CLIMATE_DAYS),
  };
};

/** The mean of each hour, Wh; apart from the rest, because days that only calibrate need none. */
export const meanDay = ({ mean }: Model, { scaleWh, data }: RawDay): number[] =>
  Array.from(predict(mean, data), (own) => Math.max(0, own * scaleWh));

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
