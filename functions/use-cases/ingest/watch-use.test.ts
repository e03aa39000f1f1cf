import { beforeEach, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { CONSENTS } from '@hems/models/household/consents';
import { aggregateHousehold } from '../aggregate-household.ts';
import { setConsent } from '../privacy/set-consent.ts';
import { tellAhead } from '../notices/tell-ahead.ts';
import { readUsual } from '../stores/usual.ts';
import { liveHours, type MeteredHour } from '../../testing/past-use.ts';
import { aBatch, aReading, aRuleEvent, aWorld, HOME, type World } from '../../testing/world.ts';

const TODAY = '2026-11-23';
const MIDNIGHT = dayStart(TODAY);
const DAYS = 15;
const hoursOfDay = (daysAgo: number, wh: (hour: number) => number): MeteredHour[] =>
  Array.from({ length: 24 }, (_, hour) => ({ date: addDays(TODAY, -daysAgo), hour, wh: wh(hour) }));

let world: World;
beforeEach(async () => {
  world = await aWorld();
  await agree(true);
  for (const device of ['solar-1', 'battery-1'])
    await world.table.delete({ table: 'homes', pk: 'H#h-1', sk: `DEVICE#${device}` });
});

const agree = (granted: boolean) =>
  setConsent(
    world,
    { householdId: HOME.householdId, sub: 'owner', role: 'owner' },
    { purpose: 'analysis', granted, textVersion: CONSENTS.analysis.textVersion },
  );

/** Two weeks of 300 Wh an hour, and the run of yesterday at twenty past midnight. */
const liveWeeks = async (): Promise<void> => {
  await liveHours(world, Array.from({ length: DAYS }, (_, i) => hoursOfDay(DAYS - i, () => 300)).flat());
  world.clock.set(MIDNIGHT + 20 * 60_000);
  const place = { householdId: HOME.householdId, date: addDays(TODAY, -1) };
  await aggregateHousehold(world, place);
  await tellAhead(world, place);
};

/** The meter of the home from midnight on, every quarter hour, at the power of each hour. */
const liveToday = async (powerW: readonly number[], minutesLate = 0): Promise<void> => {
  let register = 10_000_000;
  for (let quarter = 0; quarter <= powerW.length * 4; quarter += 1) {
    const ts = MIDNIGHT + quarter * SLOT_MS;
    world.clock.set(ts + minutesLate * 60_000);
    const quantities = { energy_import_wh: register, energy_export_wh: 0 };
    const point = aPoint({ ts, boot: 2, seq: quarter + 1, quantities });
    await world.take(aRuleEvent('reading', aReading(point), { received: world.clock.now() }));
    register += (powerW[Math.floor(quarter / 4)] ?? 0) / 4;
  }
};
const told = () => world.said.filter(({ type }) => type === 'usage.unusual');

test('a heater of 3 kW that stays on is told with the first reading of the hour after the second', async () => {
  await liveWeeks();
  await liveToday([300, 300, 300, 3300, 3300, 3300]);
  expect(told()[0]).toEqual({
    type: 'usage.unusual',
    detail: {
      householdId: HOME.householdId,
      // of the reading that ended the hour
      correlationId: 'a-message-of-a-test',
      atMs: MIDNIGHT + 4 * HOUR_MS,
      key: TODAY,
      facts: { date: TODAY, toHour: 4, usedWh: 3600, usualWh: 600 },
    },
  });
});

test.each([
  ['before', -10_000],
  ['five seconds after', 5000],
  ['a minute after', 60_000],
])('a home with panels whose inverter speaks %s its meter is told of the same hour', async (_, laterMs) => {
  const solar = await world.table.get({ table: 'homes', pk: 'H#h-1', sk: 'DEVICE#meter-1' });
  await liveWeeks();
  const data = { ...(solar?.data as object), kind: 'solar_inverter', name: 'solar-1' };
  await world.table.put({ table: 'homes', pk: 'H#h-1', sk: 'DEVICE#solar-1', data });
  let register = 10_000_000;
  const say = async (device: 'meter-1' | 'solar-1', quarter: number): Promise<void> => {
    const ts = MIDNIGHT + quarter * SLOT_MS + 10_000;
    const [isMeter, boot, seq] = [device === 'meter-1', 2, quarter + 1];
    world.clock.set(ts + (isMeter ? 0 : laterMs));
    const point = isMeter
      ? aPoint({ ts, boot, seq, quantities: { energy_import_wh: register, energy_export_wh: 0 } })
      : aPoint({
          deviceId: device,
          kind: 'solar_inverter',
          ts,
          boot,
          seq,
          quantities: { energy_import_wh: 0, energy_export_wh: 5_000_000, power_w: 0 },
        });
    await world.take(aRuleEvent('reading', aReading(point), { received: world.clock.now() }));
  };
  for (const [quarter, powerW] of [300, 300, 300, 3300, 3300, 3300].flatMap((w) => [w, w, w, w]).entries()) {
    for (const device of laterMs < 0 ? (['solar-1', 'meter-1'] as const) : (['meter-1', 'solar-1'] as const))
      await say(device, quarter);
    register += powerW / 4;
  }
  expect(told()[0]?.detail).toMatchObject({ key: TODAY, facts: { toHour: 4 } });
});

test('a home that has withdrawn its consent to analysis since is told nothing', async () => {
  await liveWeeks();
  await agree(false);
  await liveToday([300, 300, 300, 3300, 3300, 3300]);
  expect(told()).toEqual([]);
});

test('a day as the days before it is told of never', async () => {
  await liveWeeks();
  await liveToday(Array.from({ length: 12 }, () => 350));
  expect(told()).toEqual([]);
});

test('readings that come an hour late are no news', async () => {
  await liveWeeks();
  await liveToday([300, 300, 3300, 3300, 3300], 60);
  expect(told()).toEqual([]);
});

test('a home of which nothing is remembered is told nothing, and costs one read an hour', async () => {
  await liveToday([9000, 9000, 9000]);
  expect(told()).toEqual([]);
});

test('the run remembers the hours of the days before it, once', async () => {
  await liveWeeks();
  const days = await readUsual(world.table, HOME.householdId);
  expect(days.size).toBe(42);
  expect(days.get(addDays(TODAY, -1))).toEqual(Array.from({ length: 24 }, () => 300));
  expect(days.get(addDays(TODAY, -30))?.every((wh) => wh === null)).toBe(true);
  const before = await world.table.get({ table: 'energy', pk: 'H#h-1', sk: 'USUAL' });
  await tellAhead(world, { householdId: HOME.householdId, date: addDays(TODAY, -1) });
  expect((await world.table.get({ table: 'energy', pk: 'H#h-1', sk: 'USUAL' }))?.version).toBe(before?.version);
});

test('one message that brings the hour and the reading after it is enough', async () => {
  await liveWeeks();
  const points = Array.from({ length: 9 }, (_, quarter) =>
    aPoint({
      ts: MIDNIGHT + HOUR_MS + quarter * SLOT_MS,
      boot: 2,
      seq: quarter + 1,
      quantities: { energy_import_wh: 10_000_000 + quarter * 1000, energy_export_wh: 0 },
    }),
  );
  world.clock.set(MIDNIGHT + 3 * HOUR_MS + 1000);
  await world.take(aRuleEvent('batch', aBatch(points), { received: world.clock.now() }));
  expect(told()).toHaveLength(1);
});
