import { DAY_MS, dayStart, localDate } from '@hems/models/calendar/seoul';
import { clockText, dateText, momentText } from '../format/time.ts';
import type { Messages } from '../i18n/messages.ts';

/** The end of a day, which is not the day that begins then: `오전 12:00` would leave open which of the two is meant. */
export type MidnightTexts = { readonly clock: string; readonly today: string; readonly on: (date: string) => string };

const isMidnight = (ms: number): boolean => dayStart(localDate(ms)) === ms;

/** Until when, with the day where it is not today: `오후 6:00`, `오늘 밤 12시`, `11월 23일 (월) 밤 12시`. */
export const untilText = (
  ms: number,
  nowMs: number,
  { t, midnight }: { readonly t: Messages; readonly midnight: MidnightTexts },
): string => {
  if (!isMidnight(ms)) return momentText(ms, nowMs, t);
  const day = ms - DAY_MS;
  return localDate(day) === localDate(nowMs) ? midnight.today : midnight.on(dateText(day, t));
};

/** The clock at the end of a span whose day is known. */
export const endClockText = (ms: number, t: Messages, midnight: MidnightTexts): string =>
  isMidnight(ms) ? midnight.clock : clockText(ms, t);
