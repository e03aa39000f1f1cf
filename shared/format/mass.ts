import { signedText } from './number.ts';

/** Kilograms of a mass in grams, one decimal; grams below a tenth of a kilogram. */
export const massText = (grams: number): string =>
  Math.abs(grams) < 100 ? `${signedText(grams, 0)} g` : `${signedText(grams / 1000, 1)} kg`;
