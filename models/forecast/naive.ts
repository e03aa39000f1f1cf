import { HOURS, type HomeSeries } from './series.ts';
import { LEVELS } from './levels.ts';
import { quantileOfSorted } from './day-features.ts';

/** The forecasts that a model has to beat. Each answers the 24 hours of a day, Wh, from the days before it; NaN where it cannot. */

const DAYS_28 = 28;
const hourAgo = ({ wh }: HomeSeries, day: number, hour: number): number =>
  day < 0 ? NaN : (wh[day * HOURS + hour] ?? NaN);

const meanOfDays = (series: HomeSeries, day: number, days: number): Float64Array =>
  Float64Array.from({ length: HOURS }, (_, hour) => {
    let sum = 0;
    let count = 0;
    for (let back = 1; back <= days; back++) {
      const wh = hourAgo(series, day - back, hour);
      if (Number.isNaN(wh)) continue;
      sum += wh;
      count += 1;
    }
    return count === 0 ? NaN : sum / count;
  });

/** The same hour so many days ago, else a week ago, else the mean of four weeks. */
const sameHour = (series: HomeSeries, day: number, back: number): Float64Array => {
  const fallback = meanOfDays(series, day, DAYS_28);
  return Float64Array.from({ length: HOURS }, (_, hour) => {
    const own = hourAgo(series, day - back, hour);
    if (!Number.isNaN(own)) return own;
    const week = hourAgo(series, day - 7, hour);
    return Number.isNaN(week) ? (fallback[hour] ?? NaN) : week;
  });
};

export const NAIVES = {
  yesterday: (series: HomeSeries, day: number) => sameHour(series, day, 1),
  lastWeek: (series: HomeSeries, day: number) => sameHour(series, day, 7),
  sevenDayMean: (series: HomeSeries, day: number) => meanOfDays(series, day, 7),
  fourWeekMean: (series: HomeSeries, day: number) => meanOfDays(series, day, DAYS_28),
  /** the hour before, which is known for the next hour only */
  persistence: ({ wh }: HomeSeries, day: number) =>
    Float64Array.from({ length: HOURS }, (_, hour) => wh[day * HOURS + hour - 1] ?? NaN),
} as const;
export type Naive = keyof typeof NAIVES;

/** Quantiles of the same hour over the last 28 days, Wh: `[hour][level]`; the answer when the model has none. Empty where nothing is known. */
export const climatology = (series: HomeSeries, day: number): number[][] =>
  Array.from({ length: HOURS }, (_, hour) => {
    const known: number[] = [];
    for (let back = 1; back <= DAYS_28; back++) {
      const wh = hourAgo(series, day - back, hour);
      if (!Number.isNaN(wh)) known.push(wh);
    }
    const sorted = Float64Array.from(known).toSorted();
    return sorted.length === 0 ? [] : LEVELS.map((level) => quantileOfSorted(sorted, level));
  });

/** What an hour usually is, Wh. */
export type UsualHour = { readonly meanWh: number; readonly quantiles: readonly number[] };

/**
 * The hours of a day as they were over the last 28. An hour of which no reading is known is taken to be like the nearest that is known: nothing
 * read is not nothing used. Undefined while nothing is known of any hour.
 */
export const usualHours = (series: HomeSeries, day: number): UsualHour[] | undefined => {
  const [climate, mean] = [climatology(series, day), NAIVES.fourWeekMean(series, day)];
  const known = climate.flatMap((quantiles, hour) => (quantiles.length > 0 ? [hour] : []));
  if (known.length === 0) return undefined;
  return climate.map((_, hour) => {
    const near = known.reduce((best, own) => (Math.abs(own - hour) < Math.abs(best - hour) ? own : best));
    return { meanWh: mean[near] ?? NaN, quantiles: climate[near] ?? [] };
  });
};
