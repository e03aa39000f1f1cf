import { confidenceOf, toleranceWh } from '../confidence.ts';
import { DECILES, LEVELS, MEDIAN_AT, P10_AT, P90_AT } from '../levels.ts';

/** Forecasts of single hours beside what was used, Wh. */
export type PointPair = { readonly forecast: number; readonly actual: number };
export type QuantilePair = { readonly quantiles: readonly number[]; readonly actual: number };

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const HALF_KWH = 500;

/** In percent of the mean use of the window; `mase` in units of the error of "the same hour yesterday" over the home's whole series. */
export type PointScore = {
  readonly nmae: number;
  readonly nrmse: number;
  readonly mase: number;
  readonly bias: number;
  /** share of the hours within 20 %, within 20 % or 0.2 kWh, within 0.5 kWh */
  readonly withinFifth: number;
  readonly withinTolerance: number;
  readonly withinHalfKwh: number;
};

export const pointScore = (pairs: readonly PointPair[], seasonalErrorWh: number): PointScore => {
  const mean = sum(pairs.map(({ actual }) => actual)) / pairs.length;
  const errors = pairs.map(({ forecast, actual }) => forecast - actual);
  const mae = sum(errors.map(Math.abs)) / pairs.length;
  const hits = (toleranceOf: (forecast: number) => number): number =>
    (100 * pairs.filter(({ forecast, actual }) => Math.abs(forecast - actual) <= toleranceOf(forecast)).length) /
    pairs.length;
  return {
    nmae: (100 * mae) / mean,
    nrmse: (100 * Math.sqrt(sum(errors.map((error) => error * error)) / pairs.length)) / mean,
    mase: mae / seasonalErrorWh,
    bias: (100 * sum(errors)) / pairs.length / mean,
    withinFifth: hits((forecast) => 0.2 * forecast),
    withinTolerance: hits(toleranceWh),
    withinHalfKwh: hits(() => HALF_KWH),
  };
};

const pinball = (level: number, forecast: number, actual: number): number =>
  actual >= forecast ? level * (actual - forecast) : (1 - level) * (forecast - actual);

/** `wql`: mean weighted quantile loss over the deciles, percent; coverage in percent of the hours. */
export type QuantileScore = { readonly wql: number; readonly cov80: number; readonly cov90: number };

export const quantileScore = (pairs: readonly QuantilePair[]): QuantileScore => {
  const actualSum = sum(pairs.map(({ actual }) => actual));
  const losses = pairs.map(({ quantiles, actual }) =>
    sum(DECILES.map((level) => pinball(level, quantiles[LEVELS.indexOf(level)] ?? NaN, actual))),
  );
  const within = (low: number, high: number): number =>
    (100 *
      pairs.filter(({ quantiles, actual }) => (quantiles[low] ?? NaN) <= actual && actual <= (quantiles[high] ?? NaN))
        .length) /
    pairs.length;
  return {
    wql: (200 * sum(losses)) / DECILES.length / actualSum,
    cov80: within(P10_AT, P90_AT),
    cov90: within(0, LEVELS.length - 1),
  };
};

/** Hours by the tenth of their confidence: how many, the confidence stated and how many were right. */
export type Bin = { readonly hours: number; readonly stated: number; readonly right: number };

export const reliabilityBins = (pairs: readonly QuantilePair[]): Bin[] => {
  const bins = Array.from({ length: 10 }, () => ({ hours: 0, stated: 0, right: 0 }));
  for (const { quantiles, actual } of pairs) {
    const shown = quantiles[MEDIAN_AT] ?? NaN;
    const confidence = confidenceOf(quantiles, shown);
    const bin = bins[Math.min(9, Math.floor(confidence * 10))];
    if (!bin) continue;
    bin.hours += 1;
    bin.stated += confidence;
    bin.right += Math.abs(actual - shown) <= toleranceWh(shown) ? 1 : 0;
  }
  return bins;
};
