import { DAY_MS, HOUR_MS } from '@hems/models/calendar/seoul';
import type { HouseholdEvent } from '../api/events.ts';
import { localDateText } from '../format/date.ts';
import { clockText } from '../format/time.ts';
import type { EventsTexts } from '../i18n/ko/events.ts';
import type { ReasonTexts } from '../i18n/ko/reasons.ts';
import type { RewardsTexts } from '../i18n/ko/rewards.ts';
import type { Words } from '../i18n/texts.ts';

export type EventWords = Words<EventsTexts> & { readonly reasons: ReasonTexts; readonly rewards: RewardsTexts };

const MINUTE_MS = 60_000;

export type EventPhase = 'coming' | 'running' | 'over';
export const phaseOf = ({ startsMs, endsMs }: HouseholdEvent, nowMs: number): EventPhase => {
  if (nowMs < startsMs) return 'coming';
  return nowMs < endsMs ? 'running' : 'over';
};

/** `11월 24일 (화) 오후 6:00–오후 8:00` */
export const whenText = ({ date, startsMs, endsMs }: HouseholdEvent, { t, s }: EventWords): string =>
  s.when(localDateText(date, t), clockText(startsMs, t), clockText(endsMs, t));

/** How long until then, in two units at most. */
export const leftText = (ms: number, { s }: EventWords): string => {
  if (ms < MINUTE_MS) return s.soon;
  if (ms < HOUR_MS) return s.minutes(Math.floor(ms / MINUTE_MS));
  if (ms < DAY_MS) return s.hours(Math.floor(ms / HOUR_MS), Math.floor((ms % HOUR_MS) / MINUTE_MS));
  return s.days(Math.floor(ms / DAY_MS), Math.floor((ms % DAY_MS) / HOUR_MS));
};

const SOON_MS = 10 * MINUTE_MS;
/** What is said aloud of the countdown: it changes at a day, an hour and ten minutes before, at the start and at the end. */
export const aloudText = (event: HouseholdEvent, nowMs: number, { s }: EventWords): string => {
  const phase = phaseOf(event, nowMs);
  if (phase !== 'coming') return s.aloud[phase];
  const left = event.startsMs - nowMs;
  if (left <= SOON_MS) return s.aloud.minutes;
  if (left <= HOUR_MS) return s.aloud.hour;
  return left <= DAY_MS ? s.aloud.day : '';
};
