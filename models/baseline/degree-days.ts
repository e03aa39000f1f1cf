/**
 * The weather side of CalTRACK's daily method (korea.md 3.2): candidate balance points, and degree-days against them.
 * Temperatures are daily means in hundredths of a degree Celsius, degree-days in degrees.
 */

/** −1.1 to 32.2 °C in steps below 1.67 °C. */
export const BALANCE_POINTS_CDEGC: readonly number[] = Array.from({ length: 21 }, (_, i) => -110 + 166.5 * i);

export const heatingDegrees = (balanceCdegc: number, meanCdegc: number): number =>
  Math.max(balanceCdegc - meanCdegc, 0) / 100;
export const coolingDegrees = (balanceCdegc: number, meanCdegc: number): number =>
  Math.max(meanCdegc - balanceCdegc, 0) / 100;

const MIN_DAYS = 10;
const MIN_DEGREE_DAYS_PER_YEAR = 20;

/** Degree-days that a slope can rest on: on at least ten days, and at least twenty a year. */
export const carriesSlope = (degrees: readonly number[]): boolean => {
  const sum = degrees.reduce((total, value) => total + value, 0);
  return (
    degrees.filter((value) => value > 0).length >= MIN_DAYS && (sum * 365) / degrees.length >= MIN_DEGREE_DAYS_PER_YEAR
  );
};
