import { dayNumber, DAY_MS, HOUR_MS } from '../calendar/seoul.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** Pauses after the first attempt and each retry but the last: seven retries within 28 to 33 hours (../shared/facts: outgoing webhooks). */
export const RETRY_PAUSES_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  10 * HOUR_MS,
] as const;

/** A pause is longer by up to this part of itself: what failed together does not come back together. */
const JITTER = 0.2;
/** A receiver may ask for a longer pause, but not for one that is longer than our longest. */
export const ASKED_MAX_MS = 10 * HOUR_MS;

export type Tried = {
  /** attempts so far, 1 after the first */
  readonly tries: number;
  readonly nowMs: number;
  /** from 0 to under 1 */
  readonly jitter: number;
  /** the pause that the receiver asked for */
  readonly askedMs?: number | undefined;
};

/** When a message that was not taken is tried again, epoch ms; undefined: it is given up. */
export const nextTryMs = ({ tries, nowMs, jitter, askedMs = 0 }: Tried): number | undefined => {
  const pauseMs = RETRY_PAUSES_MS[tries - 1];
  if (pauseMs === undefined) return undefined;
  return nowMs + Math.max(Math.floor(pauseMs * (1 + JITTER * jitter)), Math.min(askedMs, ASKED_MAX_MS));
};

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec';
const MONTH_LETTERS = 4;
const TIME = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/;

const httpDateMs = (text: string): number | undefined => {
  const [, day = '', name = '', year = '', hours, minutes, seconds] = TIME.exec(text) ?? [];
  const month = MONTHS.indexOf(name);
  if (name === '' || month < 0) return undefined;
  const date = `${year}-${String(month / MONTH_LETTERS + 1).padStart(2, '0')}-${day}`;
  return dayNumber(date) * DAY_MS + Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * SECOND_MS;
};

/** The pause that a `Retry-After` header (RFC 9110, 10.2.3) asks for, in seconds or until a time; undefined: it says nothing. */
export const askedPauseMs = (retryAfter: string | undefined, nowMs: number): number | undefined => {
  if (retryAfter === undefined) return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * SECOND_MS;
  const untilMs = httpDateMs(retryAfter);
  return untilMs === undefined ? undefined : Math.max(0, untilMs - nowMs);
};
