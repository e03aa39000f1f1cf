import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';

/** The time of every fixture: Sunday 2026-11-22 15:02 in Korea. Apart from them, for whoever needs no contract to tell the time. */
export const NOW_MS = dayStart('2026-11-22') + 15 * HOUR_MS + 2 * 60_000;
