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

type Moment = { readonly wh: Float64Array; readonly at: number; readonly scale: number };

const apart = (one: Moment, other: Moment): number => {
  let distance = 0;
  for (let i = 0; i < WEIGHTS.length; i++) {
    const a = (one.wh[one.at - 1 - i] ?? NaN) / one.scale;
    const b = (other.wh[other.at - 1 - i] ?? NaN) / other.scale;
    const difference = Math.abs(a - b);
    distance += (WEIGHTS[i] ?? 0) * (Number.isNaN(difference) ? UNKNOWN : difference);
  }
  return distance;
};

const isWeekend = (series: HomeSeries, day: number): boolean => weekdayOf(series.firstDay + day) >= 5;

type Past = { readonly first: number; readonly levels: Float64Array };

const analogueHour = (series: HomeSeries, now: Moment, { first, levels }: Past): number => {
  const { wh } = series;
  const day = Math.floor(now.at / HOURS);
  const nearest = nearestOf<number>(NEIGHBOURS);
  for (let earlier = day - 1; earlier >= first; earlier--) {
    const scale = levels[earlier - first] ?? NaN;
    const cost =
      (isWeekend(series, day) === isWeekend(series, earlier) ? 0 : OTHER_KIND) + (AGE_PER_YEAR * (day - earlier)) / 365;
    for (let shift = -1; shift <= 1; shift++) {
      const at = now.at - (day - earlier) * HOURS + shift;
      const value = (wh[at] ?? NaN) / scale;
      // what has not yet happened is no experience
      if (Number.isNaN(value) || at >= now.at) continue;
      nearest.offer(apart(now, { wh, at, scale }) + cost + (shift === 0 ? 0 : OTHER_HOUR), value);
    }
  }
  return middleOf(nearest.found() ?? []);
};

/** The median of what followed the most similar moments, over the level, for each hour as it begins; NaN where there are too few. */
export const analogueHours = (series: HomeSeries, day: number, scale: number): Float64Array => {
  const first = Math.max(1, day - FURTHEST_DAYS);
  const past = { first, levels: levelsBefore(series, first, day) };
  return Float64Array.from({ length: HOURS }, (_, hour) =>
    analogueHour(series, { wh: series.wh, at: day * HOURS + hour, scale }, past),
  );
};
