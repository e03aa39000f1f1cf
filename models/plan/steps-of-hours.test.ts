import { expect, test } from 'vitest';
import { dayStart, HOUR_MS } from '../calendar/seoul.ts';
import { scenario } from './scenario.ts';
import { stepsOfHours } from './steps-of-hours.ts';
import { aPlannedHome } from './testing/homes.ts';

const MINUTE_MS = 60_000;
const TEN = dayStart('2026-11-23') + 10 * HOUR_MS;
/** From 10 h today to the end of tomorrow. */
const HOURS = Array.from({ length: 38 }, (_, i) => ({
  startMs: TEN + i * HOUR_MS,
  loadWh: 400 + i,
  pvWh: i % 2 === 0 ? 301 : 0,
  buyWon: 150 + i,
  sellWon: 0,
}));

test('half-hours use and generate half of their hour, and cost what it costs', () => {
  const steps = stepsOfHours(HOURS, TEN)!;
  expect(steps.loadWh).toHaveLength(76);
  expect([steps.loadWh.slice(0, 3), steps.pvWh.slice(0, 3), steps.buyWon.slice(0, 3)]).toEqual([
    [200, 200, 200.5],
    [150.5, 150.5, 0],
    [150, 150, 151],
  ]);
  const { loadWh: _, ...rest } = aPlannedHome(1, 1);
  expect(scenario.safeParse({ ...rest, ...steps }).success).toBe(true);
});

test('a plan made at 10:41 begins at 10:30, one made at 10:29 at 10:00', () => {
  expect(stepsOfHours(HOURS, TEN + 41 * MINUTE_MS)!.startMs).toBe(TEN + 30 * MINUTE_MS);
  expect(stepsOfHours(HOURS, TEN + 41 * MINUTE_MS)!.loadWh).toHaveLength(75);
  expect(stepsOfHours(HOURS, TEN + 29 * MINUTE_MS)!.startMs).toBe(TEN);
});

test('hours that are over, that begin later than now or that have a gap make no steps', () => {
  expect(stepsOfHours(HOURS, TEN + 38 * HOUR_MS)).toBeUndefined();
  expect(stepsOfHours(HOURS, TEN - HOUR_MS)).toBeUndefined();
  expect(stepsOfHours([...HOURS.slice(0, 5), ...HOURS.slice(6)], TEN)).toBeUndefined();
});
