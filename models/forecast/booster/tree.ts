import { BINS, type Binned } from './bins.ts';

/**
 * One regression tree over bins. Node 0 is the root; the children of a node lie side by side, `child` and `child + 1`; a leaf has
 * child 0. A value goes left when its bin is at most `bin`, so what is missing (bin 0) always goes left.
 */
export type Tree = {
  readonly feature: Uint8Array;
  readonly bin: Uint8Array;
  readonly child: Uint16Array;
  /** of a leaf: what it adds; 32-bit, as it is stored */
  readonly value: Float32Array;
};

export type GrowOptions = { readonly leaves: number; readonly minLeafRows: number; readonly l2: number };

type Split = { readonly gain: number; readonly feature: number; readonly bin: number };
type Leaf = {
  readonly node: number;
  /** its rows: `order[from]` to `order[to − 1]` */
  readonly from: number;
  readonly to: number;
  /** sum of gradients and number of rows by feature and bin, side by side */
  readonly histogram: Float64Array;
  readonly split: Split | undefined;
};

type Growth = {
  readonly data: Binned;
  readonly gradient: Float64Array;
  readonly order: Int32Array;
  readonly spare: Int32Array;
  readonly options: GrowOptions;
};

const histogramOf = ({ data, gradient, order }: Growth, from: number, to: number): Float64Array => {
  const { columns, bins } = data;
  const histogram = new Float64Array(columns * BINS * 2);
  for (let i = from; i < to; i++) {
    const row = order[i] ?? 0;
    const g = gradient[row] ?? 0;
    const base = row * columns;
    for (let column = 0; column < columns; column++) {
      const at = (column * BINS + (bins[base + column] ?? 0)) * 2;
      histogram[at] = (histogram[at] ?? 0) + g;
      histogram[at + 1] = (histogram[at + 1] ?? 0) + 1;
    }
  }
  return histogram;
};

/** The other child's histogram costs no pass over the rows. */
const without = (whole: Float64Array, part: Float64Array): Float64Array => {
  const rest = new Float64Array(whole.length);
  for (let i = 0; i < whole.length; i++) rest[i] = (whole[i] ?? 0) - (part[i] ?? 0);
  return rest;
};

type Totals = { readonly gradient: number; readonly rows: number };
const totalsOf = (histogram: Float64Array): Totals => {
  let gradient = 0;
  let rows = 0;
  // every feature's bins hold every row; the first stands for all
  for (let bin = 0; bin < BINS; bin++) {
    gradient += histogram[bin * 2] ?? 0;
    rows += histogram[bin * 2 + 1] ?? 0;
  }
  return { gradient, rows };
};

/** The cut of largest gain G²/(n+λ) left + right − whole; the first of equals, so that growth is the same every time. */
const bestSplit = (histogram: Float64Array, columns: number, { minLeafRows, l2 }: GrowOptions): Split | undefined => {
  const { gradient, rows } = totalsOf(histogram);
  const whole = (gradient * gradient) / (rows + l2);
  let best: Split | undefined;
  for (let feature = 0; feature < columns; feature++) {
    let left = 0;
    let leftRows = 0;
    for (let bin = 0; bin < BINS - 1; bin++) {
      const at = (feature * BINS + bin) * 2;
      left += histogram[at] ?? 0;
      leftRows += histogram[at + 1] ?? 0;
      if (leftRows < minLeafRows) continue;
      const rightRows = rows - leftRows;
      if (rightRows < minLeafRows) break;
      const right = gradient - left;
      const gain = (left * left) / (leftRows + l2) + (right * right) / (rightRows + l2) - whole;
      if (gain > (best?.gain ?? 1e-12)) best = { gain, feature, bin };
    }
  }
  return best;
};

/** Moves the rows of the left child to the front, each side in the order it had; answers where the right one begins. */
const partition = ({ data, order, spare }: Growth, { from, to }: Leaf, { feature, bin }: Split): number => {
  let left = from;
  let right = 0;
  for (let i = from; i < to; i++) {
    const row = order[i] ?? 0;
    if ((data.bins[row * data.columns + feature] ?? 0) <= bin) order[left++] = row;
    else spare[right++] = row;
  }
  order.set(spare.subarray(0, right), left);
  return left;
};

type Part = Omit<Leaf, 'split'>;
const leafOf = ({ data, options }: Growth, part: Part): Leaf => ({
  ...part,
  split: bestSplit(part.histogram, data.columns, options),
});

/** The two leaves that a leaf is cut into; their nodes are `child` and `child + 1`. */
const divide = (growth: Growth, leaf: Leaf & { readonly split: Split }, child: number): [Leaf, Leaf] => {
  const middle = partition(growth, leaf, leaf.split);
  const leftIsSmaller = middle - leaf.from <= leaf.to - middle;
  const smaller = leftIsSmaller ? histogramOf(growth, leaf.from, middle) : histogramOf(growth, middle, leaf.to);
  const larger = without(leaf.histogram, smaller);
  const [left, right] = leftIsSmaller ? [smaller, larger] : [larger, smaller];
  return [
    leafOf(growth, { node: child, from: leaf.from, to: middle, histogram: left }),
    leafOf(growth, { node: child + 1, from: middle, to: leaf.to, histogram: right }),
  ];
};

const isDivisible = (leaf: Leaf | undefined): leaf is Leaf & { readonly split: Split } => leaf?.split !== undefined;

/** The leaf whose best cut gains most, the first of equals. */
const nextToSplit = (leaves: readonly Leaf[]): number => {
  let at = -1;
  for (const [index, { split }] of leaves.entries())
    if (split && split.gain > (leaves[at]?.split?.gain ?? 0)) at = index;
  return at;
};

/**
 * Grows one tree leaf by leaf on the rows of `order`, which it rearranges. `leafValue` answers what a leaf adds from its rows.
 * The same rows in the same order give the same tree.
 */
export const growTree = (
  { data, gradient, order }: { data: Binned; gradient: Float64Array; order: Int32Array },
  options: GrowOptions,
  leafValue: (rows: Int32Array) => number,
): Tree => {
  const growth: Growth = { data, gradient, order, spare: new Int32Array(order.length), options };
  const feature: number[] = [0];
  const bin: number[] = [0];
  const child: number[] = [0];
  const whole = histogramOf(growth, 0, order.length);
  const leaves = [leafOf(growth, { node: 0, from: 0, to: order.length, histogram: whole })];
  while (leaves.length < options.leaves) {
    const at = nextToSplit(leaves);
    const leaf = leaves[at];
    if (!isDivisible(leaf)) break;
    const first = child.length;
    const [left, right] = divide(growth, leaf, first);
    feature[leaf.node] = leaf.split.feature;
    bin[leaf.node] = leaf.split.bin;
    child[leaf.node] = first;
    feature.push(0, 0);
    bin.push(0, 0);
    child.push(0, 0);
    leaves.splice(at, 1, left, right);
  }
  const value = new Float32Array(child.length);
  for (const { node, from, to } of leaves) value[node] = leafValue(order.subarray(from, to));
  return { feature: Uint8Array.from(feature), bin: Uint8Array.from(bin), child: Uint16Array.from(child), value };
};
