import { nearestOf } from '../nearest.ts';

const DAY = 48;
const NEIGHBOURS = 20;
const FIRST_DAY = 30;
/** In units of the home's level: the other kind of day, a year of age. */
const OTHER_KIND = 0.15;
const AGE_PER_YEAR = 0.6;

type Home = { readonly watts: Float64Array; readonly weekend: Uint8Array };

/** Each half-hour of a day with two neighbours on either side, within the day, in units of the scale. */
const smoothed = (watts: Float64Array, day: number, scale: number): Float64Array =>
  Float64Array.from({ length: DAY }, (_, slot) => {
    const near = watts.subarray(day * DAY + Math.max(0, slot - 2), day * DAY + Math.min(DAY, slot + 3));
    return near.reduce((sum, value) => sum + value, 0) / near.length / scale;
  });

const apart = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;

/** The mean of the days whose eves were most like this day's, W. Looks at nothing of the day or after it. */
export const similarDays = ({ watts, weekend }: Home, day: number, scale: number): Float64Array => {
  const eve = smoothed(watts, day - 1, scale);
  const nearest = nearestOf<number>(NEIGHBOURS);
  for (let earlier = day - 1; earlier >= FIRST_DAY; earlier--) {
    const kind = weekend[earlier * DAY + DAY / 2] === weekend[day * DAY + DAY / 2] ? 0 : OTHER_KIND;
    const age = (AGE_PER_YEAR * (day - earlier)) / 365;
    nearest.offer(apart(eve, smoothed(watts, earlier - 1, scale)) + kind + age, earlier);
  }
  const days = nearest.found() ?? [day - 1];
  return Float64Array.from(
    { length: DAY },
    (_, slot) => days.reduce((sum, one) => sum + (watts[one * DAY + slot] ?? 0), 0) / days.length,
  );
};
