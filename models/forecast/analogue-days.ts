import { middleOf, nearestOf } from './nearest.ts';
import { HOURS, levelsBefore, weekdayOf, type HomeSeries } from './series.ts';

/*
 * The home's own days that began like this one: those whose eve resembles yesterday, of the same weekday rather, and lately rather.
 * Their median adds what the trees cannot see, the shape of single days further back than four weeks.
 */

/** So few, and rather of these weeks: fifteen from half a year say less (docs/reports/forecast.md). */
export const NEIGHBOURS = 11;
export const FURTHEST_DAYS = 180;
/** An eve with fewer hours in common cannot be compared. */
const MIN_HOURS = 12;
/** What another weekday costs, in mean absolute units of the level: one of the same kind (working day or weekend), or not. */
const OTHER_WEEKDAY = 0.1;
const OTHER_KIND = 0.35;
/** What a year of age costs. */
export const AGE_PER_YEAR = 2;

/** The mean of an hour and its neighbours of a day, over the level: a habit half an hour later is still the same habit. */
const smoothed = ({ wh }: HomeSeries, day: number, scale: number): Float64Array => {
  const hours = new Float64Array(HOURS);
  for (let hour = 0; hour < HOURS; hour++) {
    let sum = 0;
    let count = 0;
    // the hour after the day's last is not known on its eve's midnight
    for (let at = Math.max(0, hour - 1); at <= Math.min(hour + 1, HOURS - 1); at++) {
      const value = wh[day * HOURS + at] ?? NaN;
      if (Number.isNaN(value)) continue;
      sum += value;
      count += 1;
    }
    hours[hour] = count === 0 ? NaN : sum / count / scale;
  }
  return hours;
};

const apart = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  let count = 0;
  for (let hour = 0; hour < HOURS; hour++) {
    const difference = Math.abs((a[hour] ?? NaN) - (b[hour] ?? NaN));
    if (Number.isNaN(difference)) continue;
    sum += difference;
    count += 1;
  }
  return count < MIN_HOURS ? NaN : sum / count;
};

const calendarCost = (a: number, b: number): number => (a === b ? 0 : a >= 5 === b >= 5 ? OTHER_WEEKDAY : OTHER_KIND);

type Neighbour = { readonly day: number; readonly scale: number };

const neighbours = (series: HomeSeries, day: number, scale: number): Neighbour[] => {
  const eve = smoothed(series, day - 1, scale);
  const weekday = weekdayOf(series.firstDay + day);
  const first = Math.max(2, day - FURTHEST_DAYS);
  const levels = levelsBefore(series, first, day);
  const nearest = nearestOf<Neighbour>(NEIGHBOURS);
  for (let earlier = day - 1; earlier >= first; earlier--) {
    const calendar = calendarCost(weekday, weekdayOf(series.firstDay + earlier));
    const age = (AGE_PER_YEAR * (day - earlier)) / 365;
    // too far by its date alone: most days are, and comparing them is what takes time
    if (calendar + age >= nearest.limit()) continue;
    const own = levels[earlier - first] ?? NaN;
    const distance = apart(eve, smoothed(series, earlier - 1, own));
    if (Number.isNaN(distance)) continue;
    nearest.offer(distance + calendar + age, { day: earlier, scale: own });
  }
  return nearest.found() ?? [];
};

/** The median of each hour of the most similar days, over the level; undefined while the home has too few of them. */
export const analogueDay = (series: HomeSeries, day: number, scale: number): Float64Array | undefined => {
  const own = neighbours(series, day, scale);
  if (own.length === 0) return undefined;
  return Float64Array.from({ length: HOURS }, (_, hour) =>
    middleOf(own.map((one) => (series.wh[one.day * HOURS + hour] ?? NaN) / one.scale)),
  );
};
