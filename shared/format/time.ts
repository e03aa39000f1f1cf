import { DAY_MS, HOUR_MS, localDate, localTime, weekday } from '@hems/models/calendar/seoul';
import type { Messages } from '../i18n/messages.ts';

const MINUTE_MS = 60_000;

/** How long ago, in words. An age below zero (a device clock that runs ahead) reads as now. */
export const agoText = (ageMs: number, t: Messages): string => {
  if (ageMs < 2000) return t.ago.now;
  if (ageMs < MINUTE_MS) return t.ago.seconds(Math.floor(ageMs / 1000));
  if (ageMs < HOUR_MS) return t.ago.minutes(Math.floor(ageMs / MINUTE_MS));
  if (ageMs < DAY_MS) return t.ago.hours(Math.floor(ageMs / HOUR_MS));
  return t.ago.days(Math.floor(ageMs / DAY_MS));
};

/** The same without seconds, for what need not tick. */
export const agoCoarseText = (ageMs: number, t: Messages): string => agoText(ageMs < MINUTE_MS ? 0 : ageMs, t);

/** Time of day in Korea: `오후 3:24`. */
export const clockText = (ms: number, t: Messages): string => {
  const time = localTime(ms);
  return t.clock(Number(time.slice(0, 2)), time.slice(2));
};

/** Date in Korea: `11월 22일 (일)`. */
export const dateText = (ms: number, t: Messages): string => {
  const date = localDate(ms);
  return t.date(Number(date.slice(5, 7)), Number(date.slice(8)), weekday(date));
};

/** Time of day, with the date in front unless it is today. */
export const momentText = (ms: number, nowMs: number, t: Messages): string =>
  localDate(ms) === localDate(nowMs) ? clockText(ms, t) : `${dateText(ms, t)} ${clockText(ms, t)}`;
