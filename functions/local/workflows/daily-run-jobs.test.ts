import { afterEach, beforeEach, expect, it } from 'vitest';
import { addDays, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import type { Point } from '@hems/models/reading/point';
import { simulatedWeather } from '../../adapters/embedded/weather.ts';
import * as ports from '../../runtime/ports.ts';
import { aBatch, aRuleEvent, aWorld, HOME, type World } from '../../testing/world.ts';
import { readRun } from '../../use-cases/runs/read-run.ts';
import { executionName, startRun } from '../../use-cases/runs/start-run.ts';
import { readDays } from '../../use-cases/stores/days.ts';
import { openDailyRun } from './daily-run.ts';
import type { Workflow } from './open-workflow.ts';

/** The run as the host carries it out: the file, the jobs, and what the other rooms do for a household. */
const DATE = '2026-11-20';

let world: World;
let dailyRun: Workflow;
const before: string[] = [];
beforeEach(async () => {
  world = await aWorld();
  before.length = 0;
  dailyRun = openDailyRun({
    database: world.database,
    before: async (date) => {
      before.push(date);
      throw new Error('the neighbours are out');
    },
    say: () => undefined,
  });
  ports.table.use(world.table);
  ports.clock.use(world.clock);
  ports.bus.use(world.bus);
  ports.pipeline.use({ watermark: async () => ({ deadLetters: 0 }) });
  ports.weather.use(simulatedWeather(world.clock));
});
afterEach(async () => {
  await dailyRun.stop();
  await world.database.close();
});

/** Hourly registers of the meter from one hour of the day to another, 300 Wh an hour. */
const hours = (from: number, to: number): Point[] =>
  Array.from({ length: to - from + 1 }, (_, n) => ({
    deviceId: 'meter-1',
    kind: 'smart_meter',
    ts: dayStart(DATE) + (from + n) * HOUR_MS,
    boot: 1,
    seq: from + n + 1,
    q: 0,
    quantities: { energy_import_wh: 10_000 + 300 * (from + n) },
  }));
const carryOut = async (attempt: number) => {
  const deps = { table: world.table, clock: world.clock, runs: dailyRun.runs };
  await startRun(deps, { date: DATE, again: true });
  const name = executionName(DATE, attempt);
  await expect.poll(async () => await dailyRun.runs.status(name), { interval: 5, timeout: 15_000 }).not.toBe('running');
  return await readRun(deps, DATE);
};

it('a day is derived from its readings, and derived again with the reason when the rest of them comes late', async () => {
  world.clock.set(dayStart(addDays(DATE, 1)) + 20 * 60_000);
  await world.take(aRuleEvent('batch', aBatch(hours(0, 12)), { received: world.clock.now() }));
  expect(await carryOut(1)).toMatchObject({
    state: 'succeeded',
    households: 1,
    days: { derived: 1 },
    forecasts: { 'no-consent': 1 },
  });
  expect(before).toEqual([DATE]);
  const [half] = await readDays(world.table, HOME.householdId, [DATE, DATE]);
  expect(half?.importWh).toBe(3600);

  world.clock.set(world.clock.now() + HOUR_MS);
  await world.take(aRuleEvent('batch', aBatch(hours(13, 24)), { received: world.clock.now() }));
  const again = await carryOut(2);
  expect(again).toMatchObject({ state: 'succeeded', days: { corrected: 1 } });
  expect(Object.keys(again.moved)).toEqual([DATE]);
  const [whole] = await readDays(world.table, HOME.householdId, [DATE, DATE]);
  expect(whole).toMatchObject({ importWh: 7200, revision: 1 });
});
