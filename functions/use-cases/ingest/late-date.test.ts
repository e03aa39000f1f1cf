import { expect, test } from 'vitest';
import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { lateDateOf } from './late-date.ts';

const MIDNIGHT = dayStart('2026-11-22');
const MINUTE = 60_000;

test('a reading in time is not late, not even over midnight', () => {
  expect(lateDateOf(MIDNIGHT - MINUTE, MIDNIGHT + 10 * MINUTE)).toBeUndefined();
  expect(lateDateOf(MIDNIGHT + 8 * HOUR_MS, MIDNIGHT + 8 * HOUR_MS)).toBeUndefined();
});

test('a reading of yesterday that comes after a quarter of an hour is late for yesterday', () => {
  expect(lateDateOf(MIDNIGHT - MINUTE, MIDNIGHT + 15 * MINUTE)).toBe('2026-11-21');
  expect(lateDateOf(MIDNIGHT - 20 * 24 * HOUR_MS, MIDNIGHT)).toBe('2026-11-02');
});

test('a reading of the first two hours that others have overtaken may still change how yesterday ended, once it may have been derived', () => {
  expect(lateDateOf(MIDNIGHT + 6 * MINUTE, MIDNIGHT + 14 * MINUTE)).toBeUndefined();
  expect(lateDateOf(MIDNIGHT + 6 * MINUTE, MIDNIGHT + 20 * MINUTE)).toBe('2026-11-21');
  // what is said at once is the newest word of its device: a day that has not heard it yet waits for it
  expect(lateDateOf(MIDNIGHT + 19 * MINUTE, MIDNIGHT + 20 * MINUTE)).toBeUndefined();
});

test('a late reading of the first two hours may still change how yesterday ended; one of the third does not', () => {
  expect(lateDateOf(MIDNIGHT + HOUR_MS, MIDNIGHT + 8 * HOUR_MS)).toBe('2026-11-21');
  expect(lateDateOf(MIDNIGHT + 3 * HOUR_MS, MIDNIGHT + 8 * HOUR_MS)).toBeUndefined();
});
