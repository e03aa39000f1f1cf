import { AGE_PER_YEAR, FURTHEST_DAYS, NEIGHBOURS } from './analogue-days.ts';
import { middleOf, nearestOf } from './nearest.ts';
import { HOURS, levelsBefore, weekdayOf, type HomeSeries } from './series.ts';

/*
 * The home's own moments that were like this one: about the same time of day, after hours like the last four.
 */

/** What each of the hours just before counts, the latest first. */
const WEIGHTS = [1, 0.5, 0.3, 0.2] as const;
/** In units of the level, like the hours: a moment an hour earlier or later, of the other kind of day. */
const OTHER_HOUR = 0.15;
const OTHER_KIND = 0.15;
/** What an hour costs that is not known here or there. */
const UNKNOWN = 1;

/** The moment of an hour earlier, and those an hour before and after. */
const REACH = 1;
/** What is looked at of a day begins so many hours before it. */
const BEFORE = WEIGHTS.length + REACH;
const WIDTH = BEFORE + HOURS + REACH;

/** The hours of a day and around it, over the level of the day: hour h at `BEFORE + h`. */
const around = ({ wh }: HomeSeries, day: number, scale: number): Float64Array => {
  const hours = new Float64Array(WIDTH);
  for (let i = 0; i < WIDTH; i++) hours[i] = (wh[day * HOURS + i - BEFORE] ?? NaN) / scale;
  return hours;
};

/** How different the hours before two moments were. */
const apart = (one: Float64Array, at: number, [other, otherAt]: readonly [Float64Array, number]): number => {
  let distance = 0;
  for (let i = 0; i < WEIGHTS.length; i++) {
    const difference = Math.abs((one[at - 1 - i] ?? NaN) - (other[otherAt - 1 - i] ?? NaN));
    distance += (WEIGHTS[i] ?? 0) * (Number.isNaN(difference) ? UNKNOWN : difference);
  }
  return distance;
};

const isWeekend = (series: HomeSeries, day: number): boolean => weekdayOf(series.firstDay + day) >= 5;

/** The days before one, latest first, each with what its date alone makes of the distance. */
type Past = { readonly hours: Float64Array; readonly cost: number };

const pastOf = (series: HomeSeries, day: number): Past[] => {
  const first = Math.max(1, day - FURTHEST_DAYS);
  const levels = levelsBefore(series, first, day);
  return Array.from({ length: Math.max(0, day - first) }, (_, i) => day - 1 - i).map((earlier) => ({
    hours: around(series, earlier, levels[earlier - first] ?? NaN),
    cost:
      (isWeekend(series, day) === isWeekend(series, earlier) ? 0 : OTHER_KIND) + (AGE_PER_YEAR * (day - earlier)) / 365,
  }));
};

const analogueHour = (own: Float64Array, hour: number, past: readonly Past[]): number => {
  const nearest = nearestOf<number>(NEIGHBOURS);
  for (const { hours, cost } of past)
    for (let shift = -REACH; shift <= REACH; shift++) {
      const moved = shift === 0 ? 0 : OTHER_HOUR;
      // too far by its date alone
      if (cost + moved >= nearest.limit()) continue;
      const at = BEFORE + hour + shift;
      const value = hours[at] ?? NaN;
      if (!Number.isNaN(value)) nearest.offer(apart(own, BEFORE + hour, [hours, at]) + cost + moved, value);
    }
  return middleOf(nearest.found() ?? []);
};

/** The median of what followed the most similar moments, over the level, for each hour as it begins; NaN where there are too few. */
export const analogueHours = (series: HomeSeries, day: number, scale: number): Float64Array => {
  const own = around(series, day, scale);
  const past = pastOf(series, day);
  return Float64Array.from({ length: HOURS }, (_, hour) => analogueHour(own, hour, past));
};
