import { BINS, type Binned, type Edges } from './bins.ts';
import type { Tree } from './tree.ts';

/** A tree laid out for many rows at once: its splits, parents first, and its leaves. */
type Walk = {
  /** node of each split, where its feature and bin stand in the masks, and its left child */
  readonly splits: Uint16Array;
  readonly mask: Uint16Array;
  readonly left: Uint16Array;
  readonly leaves: Uint16Array;
  readonly value: Float32Array;
};

/** A sum of trees over a start value. */
export type Forest = {
  readonly start: number;
  readonly edges: readonly Edges[];
  readonly trees: readonly Tree[];
  readonly walks: readonly Walk[];
};

const walkOf = ({ feature, bin, child, value }: Tree): Walk => {
  const nodes = [...child.keys()];
  const splits = Uint16Array.from(nodes.filter((node) => child[node] !== 0));
  const leaves = Uint16Array.from(nodes.filter((node) => child[node] === 0));
  return {
    splits,
    mask: splits.map((node) => (feature[node] ?? 0) * BINS + (bin[node] ?? 0)),
    left: splits.map((node) => child[node] ?? 0),
    leaves,
    value: Float32Array.from(leaves, (node) => value[node] ?? 0),
  };
};

export const forestOf = (grown: Omit<Forest, 'walks'>): Forest => ({ ...grown, walks: grown.trees.map(walkOf) });

/** What the tree adds for a row of bins. */
export const treeValue = ({ feature, bin, child, value }: Tree, bins: Uint8Array, base: number): number => {
  let node = 0;
  for (let next = child[0] ?? 0; next !== 0; next = child[node] ?? 0)
    node = (bins[base + (feature[node] ?? 0)] ?? 0) <= (bin[node] ?? 0) ? next : next + 1;
  return value[node] ?? 0;
};

/** Rows that go down a tree together, each a bit of one number. */
const ABREAST = 32;

/** Which rows lie at or below each bin of each feature: bit r of `masks[feature * BINS + bin]` is row `from + r`. */
const masksOf = ({ rows, columns, bins }: Binned, from: number): Int32Array => {
  const masks = new Int32Array(columns * BINS);
  for (let row = from; row < Math.min(rows, from + ABREAST); row++)
    for (let column = 0; column < columns; column++) {
      const at = column * BINS + (bins[row * columns + column] ?? 0);
      masks[at] = (masks[at] ?? 0) | (1 << (row - from));
    }
  for (let column = 0; column < columns; column++) {
    let lower = 0;
    for (let at = column * BINS; at < (column + 1) * BINS; at++) masks[at] = lower |= masks[at] ?? 0;
  }
  return masks;
};

/** Which of the rows reach each node, as bits of `reached`; its first node holds all of them. */
const descend = ({ splits, mask, left }: Walk, masks: Int32Array, reached: Int32Array): void => {
  for (let i = 0; i < splits.length; i++) {
    const rows = reached[splits[i] ?? 0] ?? 0;
    const lower = rows & (masks[mask[i] ?? 0] ?? 0);
    const child = left[i] ?? 0;
    reached[child] = lower;
    reached[child + 1] = rows ^ lower;
  }
};

/** Adds what each leaf says to the rows that reach it. */
const addLeaves = (sums: Float64Array, { leaves, value }: Walk, reached: Int32Array): void => {
  for (let i = 0; i < leaves.length; i++)
    for (let rows = reached[leaves[i] ?? 0] ?? 0; rows !== 0; rows &= rows - 1) {
      const row = 31 - Math.clz32(rows & -rows);
      sums[row] = (sums[row] ?? 0) + (value[i] ?? 0);
    }
};

/**
 * The answers of each forest for each row of its bins. All rows go down a tree together, each a bit: a walk for each row alone takes
 * three times as long.
 */
export const predictAll = (forests: readonly Forest[], data: Binned): Float64Array[] => {
  const answers = forests.map(({ start }) => new Float64Array(data.rows).fill(start));
  for (let from = 0; from < data.rows; from += ABREAST) {
    const masks = masksOf(data, from);
    for (const [i, { walks }] of forests.entries()) {
      const sums = answers[i]?.subarray(from, from + ABREAST) ?? new Float64Array(0);
      const reached = new Int32Array(walks.reduce((most, { splits }) => Math.max(most, 2 * splits.length + 1), 1));
      for (const walk of walks) {
        reached[0] = -1 >>> (ABREAST - sums.length);
        descend(walk, masks, reached);
        addLeaves(sums, walk, reached);
      }
    }
  }
  return answers;
};

/** The forest's answer for each row of its bins. */
export const predict = (forest: Forest, data: Binned): Float64Array =>
  predictAll([forest], data)[0] ?? new Float64Array(0);
