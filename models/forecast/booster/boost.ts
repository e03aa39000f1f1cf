import { randomFrom } from '../../testing/random.ts';
import { binned, edgesOf, type Binned, type Edges } from './bins.ts';
import { forestOf, treeValue, type Forest } from './forest.ts';
import type { Matrix } from './matrix.ts';
import { quantileOf } from './quantile.ts';
import { growTree, type GrowOptions, type Tree } from './tree.ts';

/** What the trees bring down. `quantile` answers the level below which so large a share of the targets lies. */
export type Loss = { readonly loss: 'squared' } | { readonly loss: 'quantile'; readonly level: number };

export type BoostOptions = GrowOptions & {
  readonly trees: number;
  readonly learningRate: number;
  /** share of the rows that each tree is grown on, drawn anew for each */
  readonly rowShare: number;
  readonly seed: number;
};

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const startOf = (targets: Float64Array, loss: Loss): number =>
  Math.fround(loss.loss === 'squared' ? mean(targets) : quantileOf(targets.slice(), loss.level));

/** Which way and how strongly each row wants to be moved. */
const gradients = (into: Float64Array, residuals: Float64Array, loss: Loss): void => {
  if (loss.loss === 'squared') into.set(residuals);
  else for (let i = 0; i < into.length; i++) into[i] = (residuals[i] ?? 0) > 0 ? loss.level : loss.level - 1;
};

const leafValueOf =
  (residuals: Float64Array, loss: Loss, { l2, learningRate }: BoostOptions) =>
  (rows: Int32Array): number => {
    const own = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) own[i] = residuals[rows[i] ?? 0] ?? 0;
    if (loss.loss === 'quantile') return learningRate * quantileOf(own, loss.level);
    return (learningRate * own.reduce((sum, residual) => sum + residual, 0)) / (own.length + l2);
  };

/** Each row with the share as its chance, times its weight where there are weights; in the order of the rows. */
const sampled = ({ data, weights }: Rows, share: number, random: () => number): Int32Array => {
  const chosen = new Int32Array(data.rows);
  let count = 0;
  for (let row = 0; row < data.rows; row++) if (random() < share * (weights?.[row] ?? 1)) chosen[count++] = row;
  return chosen.slice(0, count);
};

type Rows = {
  readonly data: Binned;
  readonly edges: readonly Edges[];
  readonly targets: Float64Array;
  /** 0 to 1: how much more seldom a row is drawn */
  readonly weights?: Float64Array;
};

/** Histogram gradient boosting of binned rows. The same rows, options and seed give the same forest, byte for byte. */
export const boostBinned = (rows: Rows, loss: Loss, options: BoostOptions): Forest => {
  const { data, edges, targets } = rows;
  const random = randomFrom(options.seed);
  const start = startOf(targets, loss);
  const residuals = targets.map((target) => target - start);
  const gradient = new Float64Array(data.rows);
  const trees: Tree[] = [];
  for (let i = 0; i < options.trees; i++) {
    gradients(gradient, residuals, loss);
    const order = sampled(rows, options.rowShare, random);
    if (order.length === 0) break;
    const tree = growTree({ data, gradient, order }, options, leafValueOf(residuals, loss, options));
    trees.push(tree);
    for (let row = 0; row < data.rows; row++)
      residuals[row] = (residuals[row] ?? 0) - treeValue(tree, data.bins, row * data.columns);
  }
  return forestOf({ start, edges, trees });
};

/** The same from raw rows. */
export const boost = (features: Matrix, targets: Float64Array, how: { loss: Loss; options: BoostOptions }): Forest => {
  const edges = Array.from({ length: features.columns }, (_, column) => edgesOf(features, column));
  return boostBinned({ data: binned(features, edges), edges, targets }, how.loss, how.options);
};
