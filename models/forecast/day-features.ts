import type { Into } from './booster/matrix.ts';
import { HOURS, daysOf, meanIn, scaleBefore, weekdayOf, type HomeSeries } from './series.ts';

/**
 * What is known of the hours of a day at the midnight it begins with (forecasting.md 4.2). Energies are divided by the home's level,
 * so that one model serves every home.
 */
export const DAY_FEATURES = [
  'd1',
  'd2',
  'd7',
  'd14',
  'd1prev',
  'd1next',
  'm7',
  'm28',
  'med28',
  'wd4',
  'sd7',
  'sd28',
  'q90_28',
  'evening',
  'tot1',
  'tot7',
  'totm7',
  'logscale',
  'hour',
  'dow',
  'weekend',
  'doy_s',
  'doy_c',
  'history',
] as const;

const YEAR_DAYS = 365.25;
const DAYS_28 = 28;
/** A spread or a quantile of fewer days says nothing. */
const MIN_SPREAD_DAYS = 4;
/** A gap is filled with last week's hour, else yesterday's, else that of the day before. */
const FILL_DAYS = [7, 1, 2] as const;

const filled = (wh: Float64Array, day: number, hour: number): number => {
  const own = day < 0 ? NaN : (wh[day * HOURS + hour] ?? NaN);
  if (!Number.isNaN(own)) return own;
  for (const back of FILL_DAYS) {
    const value = day < back ? NaN : (wh[(day - back) * HOURS + hour] ?? NaN);
    if (!Number.isNaN(value)) return value;
  }
  return NaN;
};

/** The hour on each of the days before `day`, latest first; only what is known. */
const hourOfDays = (wh: Float64Array, day: number, hour: number): Float64Array => {
  const values = new Float64Array(DAYS_28);
  let count = 0;
  for (let back = 1; back <= DAYS_28 && back <= day; back++) {
    const value = wh[(day - back) * HOURS + hour] ?? NaN;
    if (!Number.isNaN(value)) values[count++] = value;
  }
  return values.subarray(0, count);
};

const mean = (values: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return values.length === 0 ? NaN : sum / values.length;
};
const spread = (values: Float64Array): number => {
  if (values.length < MIN_SPREAD_DAYS) return NaN;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] ?? 0) - centre) ** 2;
  return Math.sqrt(sum / values.length);
};
/** Linear between the values next to it. */
export const quantileOfSorted = (sorted: Float64Array, level: number): number => {
  const at = level * (sorted.length - 1);
  const low = Math.floor(at);
  const a = sorted[low] ?? NaN;
  return at === low ? a : a + ((sorted[low + 1] ?? NaN) - a) * (at - low);
};

const sameWeekdays = (wh: Float64Array, day: number, hour: number): number => {
  let sum = 0;
  let count = 0;
  for (let back = 7; back <= DAYS_28 && back <= day; back += 7) {
    const value = wh[(day - back) * HOURS + hour] ?? NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? NaN : sum / count;
};

/** The figures that the hours of a day share. */
type DayLevel = {
  readonly scale: number;
  readonly evening: number;
  readonly tot1: number;
  readonly tot7: number;
  readonly totm7: number;
  readonly calendar: readonly number[];
};

const dayLevel = (series: HomeSeries, day: number): DayLevel => {
  const { wh, firstDay } = series;
  const weekday = weekdayOf(firstDay + day);
  const angle = (2 * Math.PI * ((firstDay + day) % YEAR_DAYS)) / YEAR_DAYS;
  const midnight = day * HOURS;
  return {
    scale: scaleBefore(series, day),
    evening: meanIn(wh, midnight - 3, midnight),
    tot1: meanIn(wh, midnight - HOURS, midnight),
    tot7: meanIn(wh, midnight - 7 * HOURS, midnight - 6 * HOURS),
    totm7: meanIn(wh, midnight - 7 * HOURS, midnight),
    calendar: [weekday, weekday >= 5 ? 1 : 0, Math.sin(angle), Math.cos(angle)],
  };
};

const hourFigures = (wh: Float64Array, day: number, hour: number): readonly number[] => {
  const days = hourOfDays(wh, day, hour);
  // of the days that are known the latest: days without a reading do not shorten the week
  const week = days.subarray(0, 7);
  const sorted = days.toSorted();
  return [
    filled(wh, day - 1, hour),
    filled(wh, day - 2, hour),
    filled(wh, day - 7, hour),
    filled(wh, day - 14, hour),
    filled(wh, day - 1, Math.max(0, hour - 1)),
    filled(wh, day - 1, Math.min(HOURS - 1, hour + 1)),
    mean(week),
    mean(days),
    sorted.length === 0 ? NaN : quantileOfSorted(sorted, 0.5),
    sameWeekdays(wh, day, hour),
    spread(week),
    spread(days),
    sorted.length < MIN_SPREAD_DAYS ? NaN : quantileOfSorted(sorted, 0.9),
  ];
};

/**
 * Writes the 24 rows of a day at `row` of the matrix's values. `day` counts from the first of the series; nothing of that day or
 * after it is looked at. Answers the level that the energies were divided by; NaN: nothing is known of the home before.
 */
export const writeDayFeatures = (series: HomeSeries, day: number, into: Into): number => {
  const level = dayLevel(series, day);
  const { scale } = level;
  for (let hour = 0; hour < HOURS; hour++) {
    const energies = [...hourFigures(series.wh, day, hour), level.evening, level.tot1, level.tot7, level.totm7];
    const base = (into.row + hour) * into.columns;
    for (const [i, wh] of energies.entries()) into.values[base + i] = wh / scale;
    const rest = [Math.log(scale), hour, ...level.calendar, Math.min(day, DAYS_28)];
    for (const [i, value] of rest.entries()) into.values[base + energies.length + i] = value;
  }
  return scale;
};

/** The days of a series for which something is known before and on them. */
export const usableDays = (series: HomeSeries, [from, to]: readonly [number, number]): number[] => {
  const days: number[] = [];
  for (let day = Math.max(1, from); day < Math.min(to, daysOf(series)); day++)
    if (!Number.isNaN(scaleBefore(series, day))) days.push(day);
  return days;
};
