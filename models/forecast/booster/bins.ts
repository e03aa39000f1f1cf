import type { Matrix } from './matrix.ts';

/**
 * Where a feature is cut. Bin 0 holds what is not known, bin b ≥ 1 what lies above edge b − 2 and not above edge b − 1. Edges are
 * 32-bit, so that a stored model cuts exactly where the trained one did.
 */
export type Edges = Float32Array;

export const BINS = 256;
/** Bin 0 is for what is missing, and the last bin has no upper edge. */
const MAX_EDGES = BINS - 2;
/** Quantiles of so many rows stand for those of all. */
const SAMPLE_ROWS = 50_000;

const knownValues = ({ rows, columns, values }: Matrix, column: number): Float64Array => {
  const step = Math.max(1, Math.floor(rows / SAMPLE_ROWS));
  const known = new Float64Array(Math.ceil(rows / step));
  let count = 0;
  for (let row = 0; row < rows; row += step) {
    const value = values[row * columns + column] ?? NaN;
    if (!Number.isNaN(value)) known[count++] = value;
  }
  return known.subarray(0, count).toSorted();
};

/** At most 254 ascending edges at the quantiles of the column; fewer where fewer values differ. */
export const edgesOf = (matrix: Matrix, column: number): Edges => {
  const sorted = knownValues(matrix, column);
  const edges: number[] = [];
  for (let i = 1; i <= MAX_EDGES && sorted.length > 0; i++) {
    const at = Math.min(sorted.length - 1, Math.floor((i * sorted.length) / (MAX_EDGES + 1)));
    const edge = Math.fround(sorted[at] ?? 0);
    if (edges.length === 0 || edge > (edges.at(-1) ?? 0)) edges.push(edge);
  }
  return Float32Array.from(edges);
};

/** The number of edges below the value, plus one; 0 for NaN. */
export const binOf = (edges: Edges, value: number): number => {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > (edges[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low + 1;
};

/** A matrix as bins, one byte a value. */
export type Binned = { readonly rows: number; readonly columns: number; readonly bins: Uint8Array };

export const binned = ({ rows, columns, values }: Matrix, edges: readonly Edges[]): Binned => {
  const bins = new Uint8Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    const own = edges[column] ?? new Float32Array(0);
    let [last, bin] = [NaN, 0];
    for (let row = 0; row < rows; row++) {
      const at = row * columns + column;
      const value = values[at] ?? NaN;
      // what the hours of a day share is looked up once
      if (value !== last) bin = binOf(own, value);
      last = value;
      bins[at] = bin;
    }
  }
  return { rows, columns, bins };
};
