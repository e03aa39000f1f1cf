/**
 * The use of one home by the hour of its resident's wall clock: `wh[day * 24 + hour]`, NaN where nothing is known. Whole days, the
 * first of them `firstDay` (days since 1970-01-01).
 */
export type HomeSeries = { readonly name: string; readonly firstDay: number; readonly wh: Float64Array };

export const HOURS = 24;
export const daysOf = ({ wh }: HomeSeries): number => wh.length / HOURS;

/** Readings as they are asked for: null is not known. */
export const readingsOf = (values: readonly (number | null)[] = []): Float64Array =>
  Float64Array.from(values, (value) => value ?? NaN);

export const countKnown = (wh: Float64Array): number => knownIn(wh, 0, wh.length).count;

/** Monday 0 … Sunday 6, of a day counted from 1970-01-01, a Thursday. */
export const weekdayOf = (dayNumber: number): number => (((dayNumber + 3) % 7) + 7) % 7;

/** Sums what is known of `wh[from … to)`. */
export const knownIn = (wh: Float64Array, from: number, to: number): { sum: number; count: number } => {
  let sum = 0;
  let count = 0;
  for (let i = Math.max(0, from); i < Math.min(to, wh.length); i++) {
    const value = wh[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return { sum, count };
};

export const meanIn = (wh: Float64Array, from: number, to: number): number => {
  const { sum, count } = knownIn(wh, from, to);
  return count === 0 ? NaN : sum / count;
};

const SCALE_DAYS = 28;
/** Below this a home's level is noise, and dividing by it would only magnify it. */
export const SCALE_FLOOR_WH = 20;

/** The level of the home before a day: the mean hour of the 28 days before it, fewer when it is younger. NaN without any. */
export const scaleBefore = ({ wh }: HomeSeries, day: number): number => {
  const mean = meanIn(wh, (day - SCALE_DAYS) * HOURS, day * HOURS);
  return Number.isNaN(mean) ? NaN : Math.max(SCALE_FLOOR_WH, mean);
};

/** The level before each of the days `from … to − 1`. */
export const levelsBefore = (series: HomeSeries, from: number, to: number): Float64Array => {
  const { wh } = series;
  const levels = new Float64Array(Math.max(0, to - from));
  let { sum, count } = knownIn(wh, (from - SCALE_DAYS) * HOURS, from * HOURS);
  for (let day = from; day < to; day++) {
    levels[day - from] = count === 0 ? NaN : Math.max(SCALE_FLOOR_WH, sum / count);
    const added = knownIn(wh, day * HOURS, (day + 1) * HOURS);
    const dropped = knownIn(wh, (day - SCALE_DAYS) * HOURS, (day - SCALE_DAYS + 1) * HOURS);
    sum += added.sum - dropped.sum;
    count += added.count - dropped.count;
  }
  return levels;
};
