import { HOURS } from './series.ts';

const ABSENT_HOURS = 24;

/** An unbroken zero of a day or more up to now: nobody is at home, or the meter has failed. Short zeros are valid readings. */
export const isAbsent = (wh: Float64Array): boolean =>
  wh.length >= ABSENT_HOURS && wh.subarray(-ABSENT_HOURS).every((value) => value === 0);

const WIRING_DAYS = 28;
/** Fewer hours of sun prove nothing. */
const MIN_PAIRS = 7 * HOURS;
const ALIKE = 0.9;
/** At night, in shares of the mean. */
const AT_REST = 0.05;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const correlation = (pairs: readonly (readonly [number, number])[]): number => {
  const [a, b] = [mean(pairs.map(([x]) => x)), mean(pairs.map(([, y]) => y))];
  const sumOf = (f: (x: number, y: number) => number): number =>
    pairs.reduce((sum, [x, y]) => sum + f(x - a, y - b), 0);
  const [across, own, other] = [sumOf((x, y) => x * y), sumOf((x) => x * x), sumOf((_, y) => y * y)];
  return own === 0 || other === 0 ? 0 : across / Math.sqrt(own * other);
};

/**
 * A load that follows the home's own generation and rests when that rests: the sensor sits on the wrong line, and a forecast
 * of it would be one of the sun.
 */
export const looksLikeGeneration = (loadWh: Float64Array, pvWh: Float64Array): boolean => {
  const pairs = [...loadWh.entries()]
    .slice(-WIRING_DAYS * HOURS)
    .map(([i, load]) => [load, pvWh[i] ?? NaN] as const)
    .filter(([load, pv]) => !Number.isNaN(load) && !Number.isNaN(pv));
  const dark = pairs.filter(([, pv]) => pv === 0).map(([load]) => load);
  if (pairs.length < MIN_PAIRS || dark.length === 0) return false;
  return mean(dark) < AT_REST * mean(pairs.map(([load]) => load)) && correlation(pairs) > ALIKE;
};
