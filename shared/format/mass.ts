import { groupedText } from './number.ts';

/** Kilograms of a mass in grams, one decimal; grams below a tenth of a kilogram. */
export const massText = (grams: number): string =>
  Math.abs(grams) < 100 ? `${groupedText(grams, 0)} g` : `${groupedText(grams / 1000, 1)} kg`;
