/** Division of integers with the roundings a bill names. Exact while the numerator stays below 2^53; no fraction of a won is ever held. */

/** 원 미만 절사: toward minus infinity. */
export const floorDiv = (numerator: number, denominator: number): number => Math.floor(numerator / denominator);

/** 4사5입: half up. */
export const roundDiv = (numerator: number, denominator: number): number =>
  Math.floor((2 * numerator + denominator) / (2 * denominator));

/** 10원 미만 절사. */
export const floorToTen = (won: number): number => Math.floor(won / 10) * 10;
