import { binned, edgesOf } from '../booster/bins.ts';
import { boostBinned, type BoostOptions } from '../booster/boost.ts';
import { predict } from '../booster/forest.ts';
import { matrixOf, type Matrix } from '../booster/matrix.ts';
import { similarDays } from './half-hour-days.ts';
import { fitRidge, ridgeValue } from '../ridge.ts';

/**
 * One home in half-hours, as a published study has it (forecasting.md 2): a model of the home alone, a forest averaged with a ridge.
 * It shows where the method stands beside published figures; homes are served by the hourly model.
 */
export type HalfHours = {
  /** mean W of each half-hour, from a local midnight on; gaps filled */
  readonly watts: Float64Array;
  /** half-hour of the wall clock, 0 … 47 */
  readonly slot: Uint8Array;
  readonly weekend: Uint8Array;
};

const DAY = 48;
const DAYS_28 = 28;
const DAY_LAGS = [1, 2, 3, 7, 14, 21] as const;
const HOUR_LAGS = [1, 2, 3, 4, 6, 8] as const;

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum / values.length;
};

const sameSlot = (watts: Float64Array, at: number, days: number): Float64Array =>
  Float64Array.from({ length: days }, (_, back) => watts[at - (back + 1) * DAY] ?? NaN);

const spreadOf = (values: Float64Array): number => {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
};

const ranked = (values: Float64Array, level: number): number =>
  values.toSorted()[Math.floor(level * values.length)] ?? NaN;

/** What is known of a half-hour at the midnight its day begins with; W. */
const dayFeatures = ({ watts, slot, weekend }: HalfHours, at: number): number[] => {
  const midnight = at - (at % DAY);
  const month = sameSlot(watts, at, DAYS_28);
  const near = (days: number): number =>
    meanOf(
      watts.subarray(at - days * DAY - 2, at - days * DAY + 3).filter((_, i) => at - days * DAY - 2 + i < midnight),
    );
  return [
    ...DAY_LAGS.map((days) => watts[at - days * DAY] ?? NaN),
    near(1),
    near(7),
    meanOf(month.subarray(0, 7)),
    meanOf(month),
    ranked(month, 0.5),
    ranked(month, 0.9),
    spreadOf(month),
    meanOf([7, 14, 21, 28].map((days) => watts[at - days * DAY] ?? NaN)),
    meanOf(watts.subarray(midnight - 6, midnight)),
    meanOf(watts.subarray(midnight - DAY, midnight)),
    meanOf(watts.subarray(midnight - 7 * DAY, midnight)),
    slot[at] ?? 0,
    weekend[at] ?? 0,
  ];
};

/** And at its own beginning. */
const stepFeatures = (home: HalfHours, at: number): number[] => {
  const { watts } = home;
  const usual = meanOf(sameSlot(watts, at - 1, 7));
  return [
    ...dayFeatures(home, at),
    ...HOUR_LAGS.map((back) => watts[at - back] ?? NaN),
    (watts[at - 1] ?? NaN) - usual,
    meanOf(watts.subarray(at - 6, at)),
    meanOf(watts.subarray(at - DAY, at)),
  ];
};

const FEATURES = { dayAhead: dayFeatures, oneStep: stepFeatures } as const;
export type Horizon = keyof typeof FEATURES;

const rowsOf = (rows: readonly (readonly number[])[]): Matrix => {
  const matrix = matrixOf(rows.length, rows[0]?.length ?? 0);
  for (const [row, values] of rows.entries()) matrix.values.set(values, row * matrix.columns);
  return matrix;
};

/** For the ridge: energies in units of their mean, the half-hour and its kind of day one-hot. */
const oneHot = (home: HalfHours, at: number, [values, scale]: readonly [readonly number[], number]): number[] => {
  const slots = Array.from({ length: 2 * DAY }, () => 0);
  slots[home.slot[at] ?? 0] = 1;
  if (home.weekend[at] === 1) slots[DAY + (home.slot[at] ?? 0)] = 1;
  return [...values.map((value) => value / scale), ...slots];
};

const OPTIONS: Omit<BoostOptions, 'seed' | 'trees'> = {
  learningRate: 0.04,
  leaves: 15,
  minLeafRows: 40,
  l2: 10,
  rowShare: 0.7,
};
/** What is so much older counts e times less. */
const RECENT_DAYS = 120;
/** Of 3, 10, 20 and 50 the best in the three fortnights before the published one. */
const PENALTY = 3;

/** Forests of so many trees, one for each seed, averaged. */
export type Forests = { readonly seeds: readonly number[]; readonly trees: number };
export const STUDY: Forests = { seeds: [1, 2, 3, 4, 5], trees: 250 };

type Task = { readonly horizon: Horizon; readonly from: number; readonly to: number };

type Known = {
  readonly forests: Forests;
  readonly learnt: Matrix;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
};

const forestOf = ({ forests: { seeds, trees }, learnt, targets, weights }: Known, asked: Matrix): Float64Array => {
  const edges = Array.from({ length: learnt.columns }, (_, column) => edgesOf(learnt, column));
  const data = { data: binned(learnt, edges), edges, targets, weights };
  const sums = new Float64Array(asked.rows);
  for (const seed of seeds) {
    const own = predict(boostBinned(data, { loss: 'squared' }, { ...OPTIONS, trees, seed }), binned(asked, edges));
    for (const [i, watts] of own.entries()) sums[i] = (sums[i] ?? 0) + watts / seeds.length;
  }
  return sums;
};

/**
 * Forecasts of the half-hours `from … to − 1`, whole days, W, of models that have seen nothing from `from` on: the mean of the forest
 * and the ridge, and for a day ahead of its similar days as well.
 */
export const forecastHalfHours = (home: HalfHours, { horizon, from, to }: Task, forests: Forests): Float64Array => {
  const first = DAYS_28 * DAY;
  const features = Array.from({ length: to - first }, (_, i) => FEATURES[horizon](home, first + i));
  const targets = home.watts.slice(first, from);
  const weights = targets.map((_, i) => Math.exp((first + i - from) / DAY / RECENT_DAYS));
  const learnt = rowsOf(features.slice(0, from - first));
  const forest = forestOf({ forests, learnt, targets, weights }, rowsOf(features.slice(from - first)));
  const scale = meanOf(targets);
  const plain = rowsOf(features.map((values, i) => oneHot(home, first + i, [values, scale])));
  const line = fitRidge({ ...plain, rows: from - first }, targets, { penalty: PENALTY, weights });
  const ridge = forest.map((_, i) => ridgeValue(line, plain, from - first + i));
  if (horizon === 'oneStep') return forest.map((watts, i) => (watts + (ridge[i] ?? 0)) / 2);
  const like = Array.from({ length: (to - from) / DAY }, (_, day) => [
    ...similarDays(home, from / DAY + day, scale),
  ]).flat();
  return forest.map((watts, i) => (watts + (ridge[i] ?? 0) + (like[i] ?? 0)) / 3);
};
