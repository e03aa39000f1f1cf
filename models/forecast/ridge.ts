import type { Matrix } from './booster/matrix.ts';

/** Weights of the columns; the last is the constant. */
export type Ridge = Float64Array;

const factorise = (a: Float64Array, n: number): void => {
  const at = (row: number, column: number): number => a[row * n + column] ?? 0;
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / at(j, j);
    }
  }
};

/** Solves A·x = b of a symmetric positive definite A (rows one after the other) by Cholesky's L·Lᵀ. Overwrites both. */
const solve = (a: Float64Array, b: Float64Array): Float64Array => {
  const n = b.length;
  const at = (row: number, column: number): number => a[row * n + column] ?? 0;
  factorise(a, n);
  const known = (i: number): number => b[i] ?? 0;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i] = known(i) - at(i, k) * known(k);
    b[i] = known(i) / at(i, i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i] = known(i) - at(k, i) * known(k);
    b[i] = known(i) / at(i, i);
  }
  return b;
};

type Equations = { readonly a: Float64Array; readonly b: Float64Array };

/** Adds weight · (row, 1)ᵀ(row, 1) below the diagonal, and weight · target · (row, 1). */
const addRow = ({ a, b }: Equations, own: Float64Array, [target, weight]: readonly [number, number]): void => {
  const n = own.length;
  for (let i = 0; i < n; i++) {
    const scaled = weight * (own[i] ?? 0);
    // one-hot columns are mostly zero
    if (scaled === 0) continue;
    b[i] = (b[i] ?? 0) + scaled * target;
    for (let j = 0; j <= i; j++) a[i * n + j] = (a[i * n + j] ?? 0) + scaled * (own[j] ?? 0);
  }
};

/** Keeps the equations solvable when no row counts. */
const CONSTANT_PENALTY = 1e-9;

/** Least squares of weighted rows, each weight but the constant's held back by the penalty. Every value is a number. */
export const fitRidge = (
  { rows, columns, values }: Matrix,
  targets: Float64Array,
  { penalty, weights }: { readonly penalty: number; readonly weights: Float64Array },
): Ridge => {
  const n = columns + 1;
  const equations = { a: new Float64Array(n * n), b: new Float64Array(n) };
  const own = new Float64Array(n).fill(1);
  for (let row = 0; row < rows; row++) {
    own.set(values.subarray(row * columns, (row + 1) * columns));
    addRow(equations, own, [targets[row] ?? 0, weights[row] ?? 1]);
  }
  for (let i = 0; i < n; i++)
    equations.a[i * n + i] = (equations.a[i * n + i] ?? 0) + (i < columns ? penalty : CONSTANT_PENALTY);
  return solve(equations.a, equations.b);
};

export const ridgeValue = (ridge: Ridge, { columns, values }: Matrix, row: number): number => {
  let sum = ridge[columns] ?? 0;
  for (let i = 0; i < columns; i++) sum += (ridge[i] ?? 0) * (values[row * columns + i] ?? 0);
  return sum;
};
