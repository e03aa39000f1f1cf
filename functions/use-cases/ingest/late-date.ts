import { addDays, dayStart, localDate, SLOT_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { REACH_MS } from '@hems/models/usage/intervals';

/** Nothing that comes so soon after midnight is late for the day before: no daily run of it can have begun (`start-run.ts`). */
export const ON_TIME_MS = SLOT_MS;
/**
 * What comes within this is taken for the newest word of its device. That changes the day before only where it is the first since
 * midnight, and then the day is waiting for it.
 */
const LIVE_MS = 2 * 60_000;

/**
 * The past day that a reading which comes now may still change: its own, or the day before it where the reading is of the first
 * hours, which decide with those before midnight. Undefined: none, or it comes in time.
 */
export const lateDateOf = (ts: number, nowMs: number): LocalDate | undefined => {
  const [date, today] = [localDate(ts), localDate(nowMs)];
  const midnight = dayStart(today);
  const isOnTime = nowMs - midnight < ON_TIME_MS && ts >= midnight - ON_TIME_MS;
  if (isOnTime || nowMs - ts <= LIVE_MS) return undefined;
  if (date < today) return date;
  return ts < midnight + REACH_MS ? addDays(today, -1) : undefined;
};
