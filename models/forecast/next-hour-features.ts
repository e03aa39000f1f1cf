import type { Into } from './booster/matrix.ts';
import { DAY_FEATURES, writeDayFeatures } from './day-features.ts';
import { HOURS, meanIn, type HomeSeries } from './series.ts';

/** The day's features, and what the hours just before tell. */
export const NEXT_HOUR_FEATURES = [...DAY_FEATURES, 'lag1', 'lag2', 'lag3', 'dev1', 'm3h', 'm24h', 'max24h'] as const;

const M7 = DAY_FEATURES.indexOf('m7');

const largest = (wh: Float64Array, from: number, to: number): number => {
  let max = NaN;
  for (let i = Math.max(0, from); i < to; i++) {
    const value = wh[i] ?? NaN;
    if (!(value <= max)) max = Number.isNaN(value) ? max : value;
  }
  return max;
};

const justBefore = (wh: Float64Array, at: number): number[] => {
  const lag = (back: number): number => wh[at - back] ?? NaN;
  return [lag(1), lag(2), lag(3), meanIn(wh, at - 3, at), meanIn(wh, at - HOURS, at), largest(wh, at - HOURS, at)];
};

/** Writes the 24 rows of a day, each as it is known when its hour begins. */
export const writeNextHourFeatures = (series: HomeSeries, day: number, into: Into): number => {
  const scale = writeDayFeatures(series, day, into);
  const { values, columns, row } = into;
  for (let hour = 0; hour < HOURS; hour++) {
    const [lag1 = NaN, lag2 = NaN, lag3 = NaN, ...means] = justBefore(series.wh, day * HOURS + hour);
    const usual = values[(row + ((hour + HOURS - 1) % HOURS)) * columns + M7] ?? NaN;
    const own = [lag1 / scale, lag2 / scale, lag3 / scale, lag1 / scale - usual, ...means.map((wh) => wh / scale)];
    values.set(own, (row + hour) * columns + DAY_FEATURES.length);
  }
  return scale;
};
