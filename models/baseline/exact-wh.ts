/** An energy as a fraction of integers, in Wh: a mean of six days has no exact decimal form, and money is floored from it. */
export type ExactWh = { readonly numerator: number; readonly denominator: number };

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const reduced = (numerator: number, denominator: number): ExactWh => {
  const by = gcd(Math.abs(numerator), denominator) || 1;
  return { numerator: numerator / by, denominator: denominator / by };
};

export const exactly = (wh: number): ExactWh => ({ numerator: wh, denominator: 1 });
export const plus = (a: ExactWh, b: ExactWh): ExactWh =>
  reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
export const minus = (a: ExactWh, b: ExactWh): ExactWh =>
  plus(a, { numerator: -b.numerator, denominator: b.denominator });
/** `share` of it, as integers: `times(wh, 30, 100)` is 30 %. */
export const times = ({ numerator, denominator }: ExactWh, by: number, over = 1): ExactWh =>
  reduced(numerator * by, denominator * over);
export const meanOf = (values: readonly ExactWh[]): ExactWh => times(values.reduce(plus, exactly(0)), 1, values.length);

export const isBelow = (a: ExactWh, b: ExactWh): boolean => a.numerator * b.denominator < b.numerator * a.denominator;
export const least = (a: ExactWh, b: ExactWh): ExactWh => (isBelow(b, a) ? b : a);
export const atLeastZero = (wh: ExactWh): ExactWh => (wh.numerator < 0 ? exactly(0) : wh);

/** For showing and for statistics; money is never made of it. */
export const asNumber = ({ numerator, denominator }: ExactWh): number => numerator / denominator;
/** Won for the energy at so many won per kWh, floored. */
export const wonFor = ({ numerator, denominator }: ExactWh, wonPerKwh: number): number =>
  Math.floor((numerator * wonPerKwh) / (denominator * 1000));
/** `part` of `whole` in basis points, truncated toward zero; 0 where the whole is 0. */
export const basisPoints = (part: ExactWh, whole: ExactWh): number =>
  whole.numerator === 0
    ? 0
    : Math.trunc((part.numerator * whole.denominator * 10_000) / (part.denominator * whole.numerator)) + 0;
/** Whether something was saved, and it is at least this share of the baseline. Exact: 3 % of 400 kWh is reached by 12 kWh. */
export const reachesShare = (saved: ExactWh, baseline: ExactWh, thresholdBasisPoints: number): boolean =>
  saved.numerator > 0 && !isBelow(saved, times(baseline, thresholdBasisPoints, 10_000));
