import { binned, edgesOf, type Binned, type Edges } from './booster/bins.ts';
import { boostBinned, type BoostOptions, type Loss } from './booster/boost.ts';
import { predict, type Forest } from './booster/forest.ts';
import { quantileOfSorted } from './day-features.ts';
import type { FeatureSet } from './features.ts';
import { LEVELS } from './levels.ts';
import { HOURS } from './series.ts';
import { trainingRows, type TrainingHome } from './training-rows.ts';

/**
 * One global model of hours, in units of the home's level (forecasting.md 4.3): the median, the logarithm of the
 * residuals' size, and the mean. `pooled` are the quantiles of (actual − median) / size over the training rows.
 */
export type Model = {
  readonly median: Forest;
  readonly scale: Forest;
  readonly mean: Forest;
  readonly pooled: readonly number[];
  /** mean use of each hour of the day over the level, of all homes: for a home of which only its bill is known */
  readonly profile: readonly number[];
  /** quantiles of the actual use over that profile */
  readonly profileLevels: readonly number[];
};

export const BOOST: BoostOptions = {
  trees: 240,
  learningRate: 0.06,
  leaves: 31,
  minLeafRows: 200,
  l2: 5,
  rowShare: 0.5,
  seed: 20_261_122,
};

/** A residual of nothing has no logarithm. */
const SIZE_FLOOR = 0.05;
/** A single hour of twelve times the level would bend the mean for everyone. */
const MEAN_CLIP = 12;

/** No hour of the pool is so quiet that a share of it means nothing. */
const PROFILE_FLOOR = 0.05;

const MEDIAN: Loss = { loss: 'quantile', level: 0.5 };
const SQUARED: Loss = { loss: 'squared' };

type Learnt = { readonly data: Binned; readonly edges: readonly Edges[]; readonly options: BoostOptions };

const learn = (learnt: Learnt, targets: Float64Array, loss: Loss): Forest =>
  boostBinned({ data: learnt.data, edges: learnt.edges, targets }, loss, learnt.options);

const keepBins = ({ bins, columns }: Binned, kept: Int32Array): Binned => {
  const own = new Uint8Array(kept.length * columns);
  for (const [row, from] of kept.entries()) own.set(bins.subarray(from * columns, (from + 1) * columns), row * columns);
  return { rows: kept.length, columns, bins: own };
};

/**
 * Medians of homes that the forest has not seen: each half of them by a forest of the other half. Residuals of rows that were
 * learnt from are smaller than those of tomorrow, and a width made from them too narrow. A single home has no other half.
 */
const unseenMedians = (learnt: Learnt, targets: Float64Array, half: Uint8Array): Float64Array => {
  const medians = new Float64Array(targets.length);
  for (const unseen of [0, 1]) {
    const rows = Int32Array.from([...half.keys()].filter((row) => half[row] !== unseen));
    if (rows.length === 0) return predict(learn(learnt, targets, MEDIAN), learnt.data);
    const others = Float64Array.from(rows, (row) => targets[row] ?? 0);
    const forest = learn({ ...learnt, data: keepBins(learnt.data, rows) }, others, MEDIAN);
    const answers = predict(forest, learnt.data);
    for (let row = 0; row < medians.length; row++) if (half[row] === unseen) medians[row] = answers[row] ?? 0;
  }
  return medians;
};

const profileOf = (targets: Float64Array, hours: Uint8Array): Pick<Model, 'profile' | 'profileLevels'> => {
  const sums = new Float64Array(HOURS);
  const counts = new Float64Array(HOURS);
  for (const [row, target] of targets.entries()) {
    const hour = hours[row] ?? 0;
    sums[hour] = (sums[hour] ?? 0) + target;
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  const all = sums.reduce((total, sum) => total + sum, 0) / targets.length;
  const profile = [...sums].map((sum, hour) => (counts[hour] === 0 || all === 0 ? 1 : sum / (counts[hour] ?? 1) / all));
  const shares = targets
    .map((target, row) => target / Math.max(PROFILE_FLOOR, profile[hours[row] ?? 0] ?? 1))
    .toSorted();
  return { profile, profileLevels: LEVELS.map((level) => quantileOfSorted(shares, level)) };
};

/** Trains the three forests. Throws RangeError when no hour can be learnt from. */
export const trainModel = (set: FeatureSet, homes: readonly TrainingHome[], options: BoostOptions = BOOST): Model => {
  const { features, targets, half, hour } = trainingRows(set, homes);
  if (targets.length === 0)
    throw new RangeError('no hour can be learnt from: each needs a day with readings before it');
  const edges = Array.from({ length: features.columns }, (_, column) => edgesOf(features, column));
  const learnt = { data: binned(features, edges), edges, options };
  const clipped = targets.map((target) => Math.min(target, MEAN_CLIP));
  const unseen = unseenMedians(learnt, targets, half);
  const sizes = targets.map((target, row) => Math.log(Math.abs(target - (unseen[row] ?? 0)) + SIZE_FLOOR));
  const scale = learn(learnt, sizes, SQUARED);
  const widths = predict(scale, learnt.data);
  const standardised = targets
    .map((target, row) => (target - (unseen[row] ?? 0)) / Math.exp(widths[row] ?? 0))
    .toSorted();
  return {
    median: learn(learnt, targets, MEDIAN),
    scale,
    mean: learn(learnt, clipped, SQUARED),
    pooled: LEVELS.map((level) => quantileOfSorted(standardised, level)),
    ...profileOf(clipped, hour),
  };
};
