/** Ordinary least squares of y on up to two regressors and an intercept. */
export type Fit = {
  readonly intercept: number;
  readonly slopes: readonly number[];
  /** residual sum of squares, and that of the mean alone */
  readonly residual: number;
  readonly total: number;
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const centred = (values: readonly number[]): number[] => {
  const middle = mean(values);
  return values.map((value) => value - middle);
};
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

/** A column about its mean, with what every fit needs of it. */
export type Column = { readonly mean: number; readonly centred: readonly number[]; readonly square: number };
export const column = (values: readonly number[]): Column => {
  const about = centred(values);
  return { mean: mean(values), centred: about, square: dot(about, about) };
};

type Regressors = readonly [] | readonly [Column] | readonly [Column, Column];
type Solution = { readonly slopes: readonly number[]; readonly explained: number };

const solve = (y: Column, [a, b]: Regressors): Solution | undefined => {
  if (!a) return { slopes: [], explained: 0 };
  const ay = dot(a.centred, y.centred);
  if (!b) return a.square > 0 ? { slopes: [ay / a.square], explained: (ay * ay) / a.square } : undefined;
  const by = dot(b.centred, y.centred);
  const ab = dot(a.centred, b.centred);
  const determinant = a.square * b.square - ab * ab;
  if (determinant <= 1e-9 * a.square * b.square) return undefined;
  const first = (b.square * ay - ab * by) / determinant;
  const second = (a.square * by - ab * ay) / determinant;
  return { slopes: [first, second], explained: first * ay + second * by };
};

/** Undefined when the regressors cannot be told apart. */
export const leastSquares = (y: Column, xs: Regressors): Fit | undefined => {
  const solution = solve(y, xs);
  if (!solution) return undefined;
  const { slopes, explained } = solution;
  return {
    intercept: y.mean - xs.reduce((sum, x, i) => sum + x.mean * (slopes[i] ?? 0), 0),
    slopes,
    residual: Math.max(0, y.square - explained),
    total: y.square,
  };
};

/** 1 − (SSres / (P − c − 1)) / (SStot / (P − 1)); 0 for the intercept alone. */
export const adjustedR2 = ({ residual, total, slopes }: Fit, points: number): number =>
  slopes.length === 0 || total === 0 ? 0 : 1 - residual / (points - slopes.length - 1) / (total / (points - 1));
