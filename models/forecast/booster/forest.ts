import type { Edges, Binned } from './bins.ts';
import type { Tree } from './tree.ts';

/** A sum of trees over a start value. */
export type Forest = {
  readonly start: number;
  readonly edges: readonly Edges[];
  readonly trees: readonly Tree[];
};

/** What the tree adds for a row of bins. */
export const treeValue = ({ feature, bin, child, value }: Tree, bins: Uint8Array, base: number): number => {
  let node = 0;
  for (let next = child[0] ?? 0; next !== 0; next = child[node] ?? 0)
    node = (bins[base + (feature[node] ?? 0)] ?? 0) <= (bin[node] ?? 0) ? next : next + 1;
  return value[node] ?? 0;
};

/** The forest's answer for each row of its bins. */
export const predict = ({ start, trees }: Forest, { rows, columns, bins }: Binned): Float64Array => {
  const sums = new Float64Array(rows).fill(start);
  for (const tree of trees)
    for (let row = 0; row < rows; row++) sums[row] = (sums[row] ?? 0) + treeValue(tree, bins, row * columns);
  return sums;
};
