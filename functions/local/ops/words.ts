import { DAY_MS, HOUR_MS } from '@hems/models/calendar/seoul';

export const SEOUL_MS = 9 * HOUR_MS;

/** `2026-11-23 14:05`, in Korea. */
export const dayAndTime = (ms: number): string => new Date(ms + SEOUL_MS).toISOString().slice(0, 16).replace('T', ' ');

const FULL = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
/** Long figures are shortened: 1,234 stays, 1234567 is 1.2M. */
export const number = (value: number): string => (Math.abs(value) < 100_000 ? FULL : SHORT).format(value);

export const widthOf = (periodMs: number): string => {
  if (periodMs >= DAY_MS) return 'a day';
  return periodMs >= HOUR_MS ? `${periodMs / HOUR_MS} h` : `${periodMs / 60_000} min`;
};
