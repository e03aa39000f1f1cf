import { HOUR_MS } from '@hems/models/calendar/seoul';
import { expect, it } from 'vitest';
import { aToday, NOW_MS } from '../testing/answers.ts';
import { usualNow } from './now.ts';

const HOUR_START_MS = Math.floor(NOW_MS / HOUR_MS) * HOUR_MS;

it('the power now is held against the usual one of the hour that runs, never of an hour that is over', () => {
  const today = aToday({ usualPowerW: 760, usualHourMs: HOUR_START_MS });
  expect(usualNow(today, HOUR_START_MS)).toBe(760);
  expect(usualNow(today, HOUR_START_MS + HOUR_MS - 1)).toBe(760);
  expect(usualNow(today, HOUR_START_MS + HOUR_MS)).toBeUndefined();
  expect(usualNow(today, HOUR_START_MS - 1)).toBeUndefined();
  expect(usualNow({ ...today, usualPowerW: null }, HOUR_START_MS)).toBeUndefined();
  expect(usualNow(undefined, HOUR_START_MS)).toBeUndefined();
});
