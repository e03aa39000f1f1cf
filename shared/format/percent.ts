import { groupedText } from './number.ts';

/** Basis points (hundredths of a percent) as a percentage without its sign of direction: `8%`, or with one decimal `8.3%`. */
export const percentText = (basisPoints: number, decimals: 0 | 1 = 0): string =>
  `${groupedText(Math.abs(basisPoints) / 100, decimals)}%`;
