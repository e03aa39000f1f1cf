import { DAY_MS, dayStart, HOUR_MS, localDate } from '@hems/models/calendar/seoul';

/** A mark under a chart of some days: an hour of the day, or the date where one begins. */
export type TimeTick = { readonly x: number; readonly ms: number; readonly hour: number };

/** Narrower than this, the names of neighbours would touch. */
const LEAST_PX = 54;
const EVERY_HOURS = [3, 6, 12, 24];

/** Marks at whole parts of the Korean day, as close as their names allow; none at the very end, where its name would be cut off. */
export const timeTicks = (fromMs: number, toMs: number, x: (ms: number) => number): TimeTick[] => {
  const hourPx = x(HOUR_MS) - x(0);
  const stepMs = (EVERY_HOURS.find((hours) => hours * hourPx >= LEAST_PX) ?? 24) * HOUR_MS;
  const midnight = dayStart(localDate(fromMs));
  const first = midnight + Math.ceil((fromMs - midnight) / stepMs) * stepMs;
  const count = Math.ceil((toMs - first) / stepMs);
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index * stepMs).map((ms) => ({
    x: x(ms),
    ms,
    hour: ((ms - midnight) % DAY_MS) / HOUR_MS,
  }));
};
