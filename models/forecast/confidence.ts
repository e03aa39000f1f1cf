import { LEVELS } from './levels.ts';

/** Use has no upper bound: behind the highest level, 5 % of the hours spread over so many times the step before it. */
const TAIL_STEPS = 2.5;
const SHARES = [0, ...LEVELS, 1];

/** The chance that the use stays at or below `wh`, linear between the quantiles; from 0 at no use. */
const shareBelow = (quantiles: readonly number[], wh: number): number => {
  if (wh < 0) return 0;
  const top = quantiles.at(-1) ?? 0;
  const knots = [0, ...quantiles, top + TAIL_STEPS * (top - (quantiles.at(-2) ?? 0))];
  const above = knots.findIndex((knot) => knot > wh);
  if (above < 0) return 1;
  const [low = 0, high = 0] = knots.slice(above - 1);
  const [from = 0, to = 0] = SHARES.slice(above - 1);
  return from + ((to - from) * (wh - low)) / (high - low);
};

const SHARE = 0.2;
const LEAST_WH = 200;
/** "Right" is within a fifth, or within 0.2 kWh where a fifth is less. */
export const toleranceWh = (shownWh: number): number => Math.max(SHARE * shownWh, LEAST_WH);

/** Twenty-eight days cannot tell more: also of a home at rest the tail is only assumed. */
const MOST_CERTAIN = 0.99;

/** The chance, 0 to 0.99, that the use lands within the tolerance of the value shown (forecasting.md 4.6). */
export const confidenceOf = (quantiles: readonly number[], shownWh: number): number => {
  const tolerance = toleranceWh(shownWh);
  return Math.min(
    MOST_CERTAIN,
    shareBelow(quantiles, shownWh + tolerance) - shareBelow(quantiles, shownWh - tolerance),
  );
};
