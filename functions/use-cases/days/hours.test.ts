import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart, DAY_MS, HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import { datesBetween } from '@hems/models/day/open-days';
import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import { aPoint } from '@hems/models/testing/builders';
import { aDevicesWorld } from '../../testing/devices-world.ts';
import { liveHours } from '../../testing/past-use.ts';
import { aBatch, aRuleEvent, aWorld, HOME, type World } from '../../testing/world.ts';
import { aggregateHousehold } from '../aggregate-household.ts';
import { replaceDevice } from '../devices/replace-device.ts';
import { importDays, type DayTotal } from '../import-days.ts';
import { readDays } from '../stores/days.ts';
import { readHours, readStoredHours, type DayHours } from '../stores/hours.ts';
import { putDevice } from '../stores/households.ts';
import { putSupplies } from '../stores/supplies.ts';
import { UNKNOWN_HOURS } from './hours-of-day.ts';

const { householdId, gateway } = HOME;
const [DAY, TODAY] = ['2026-11-21', '2026-11-22'];
const MIDNIGHT = dayStart(DAY);
const RUN_MS = dayStart(TODAY) + 20 * 60_000;

let world: World;
beforeEach(async () => {
  world = await aWorld();
  for (const device of ['solar-1', 'battery-1'])
    await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: `DEVICE#${device}` });
});

/** Wh of hour 0, 1, 2 …: another for each, so that no hour is taken for another. */
const OWN: DayHours = Array.from({ length: 24 }, (_, hour) => 100 * (hour + 1));
const hoursOf = (date: string) => Array.from({ length: 24 }, (_, hour) => ({ date, hour, wh: 100 * (hour + 1) }));
const run = async (date = DAY) => {
  world.clock.set(Math.max(world.clock.now(), dayStart(addDays(date, 1)) + 20 * 60_000));
  return aggregateHousehold(world, { householdId, date });
};
const kept = async (date = DAY) => (await readHours(world.table, householdId, [date, date]))[0];
const register = (deviceId: string, at: { ms: number; wh: number; seq: number }) =>
  aPoint({
    deviceId,
    ts: at.ms,
    seq: at.seq,
    quantities: { energy_import_wh: at.wh, energy_export_wh: 0 },
  });
const take = (points: Parameters<typeof aBatch>[0]) =>
  world.take(aRuleEvent('batch', aBatch(points), { received: world.clock.now() }));

describe('the hours of a day', () => {
  test('are kept by the run of the day, and add up to it', async () => {
    await liveHours(world, hoursOf(DAY));
    await run();
    expect(await kept()).toEqual({ date: DAY, loadWh: OWN, importWh: OWN, solarWh: UNKNOWN_HOURS });
    const [day] = await readDays(world.table, householdId, [DAY, DAY]);
    expect(day).toMatchObject({ importWh: 30_000, loadWh: 30_000, missingSlots: 0 });
  });

  test('get no new version from a run that finds the same', async () => {
    await liveHours(world, hoursOf(DAY));
    await run();
    const before = await readStoredHours(world.table, householdId, [DAY, DAY]);
    await run();
    expect(await readStoredHours(world.table, householdId, [DAY, DAY])).toEqual(before);
    expect(before[0]?.version).toBe(1);
  });

  test('are not known where one of the four quarter hours is not: it is no hour of less use', async () => {
    // the first word of the meter at half past three, its last so far at a quarter past eight in the evening
    world.clock.set(dayStart(TODAY));
    await take(
      Array.from({ length: 68 }, (_, i) =>
        register('meter-1', { ms: MIDNIGHT + (14 + i) * SLOT_MS, wh: 50 * i, seq: i }),
      ),
    );
    await run();
    const known = OWN.map((_, hour) => (hour <= 3 || hour >= 20 ? null : 200));
    expect(await kept()).toMatchObject({ importWh: known, loadWh: known });
  });

  test('of a home whose inverter is silent are drawn energy only: what it used is not known', async () => {
    await putDevice(world.table, householdId, {
      deviceId: 'solar-1',
      kind: 'solar_inverter',
      name: '',
      gateway,
      status: 'active',
    });
    world.clock.set(MIDNIGHT + HOUR_MS);
    const power = aPoint({
      deviceId: 'solar-1',
      kind: 'solar_inverter',
      ts: MIDNIGHT,
      quantities: { power_w: 500, energy_export_wh: 0 },
    });
    await world.take(aRuleEvent('batch', aBatch([power]), { received: world.clock.now() }));
    await liveHours(world, hoursOf(DAY));
    await run();
    expect(await kept()).toEqual({ date: DAY, loadWh: UNKNOWN_HOURS, importWh: OWN, solarWh: UNKNOWN_HOURS });
  });

  test('are corrected by readings that come late, though the day adds up to the same', async () => {
    world.clock.set(dayStart(TODAY));
    await take([
      register('meter-1', { ms: MIDNIGHT, wh: 0, seq: 1 }),
      register('meter-1', { ms: dayStart(TODAY), wh: 24_000, seq: 1000 }),
    ]);
    await run();
    expect((await kept())?.importWh).toEqual(OWN.map(() => 1000));
    const memory = Array.from({ length: 94 }, (_, i) => i + 1).map((i) =>
      register('meter-1', { ms: MIDNIGHT + i * SLOT_MS, wh: i < 48 ? 100 * i : 4800 + 400 * (i - 48), seq: 1 + i }),
    );
    await take(memory);
    await run();
    expect((await kept())?.importWh).toEqual(OWN.map((_, hour) => (hour < 12 ? 400 : 1600)));
    const [day] = await readDays(world.table, householdId, [DAY, DAY]);
    expect(day).toMatchObject({ importWh: 24_000 });
  });

  test('count a home once whose old meter is said to be replaced after both had told of the same hours', async () => {
    const devices = await aDevicesWorld();
    world = devices;
    const meter = { kind: 'smart_meter', name: '', gateway, status: 'active' } as const;
    for (const deviceId of ['solar-1', 'battery-1'])
      await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: `DEVICE#${deviceId}` });
    await putDevice(world.table, householdId, { ...meter, deviceId: 'meter-2' });
    world.clock.set(RUN_MS);
    const told = (deviceId: string, fromHour: number, toHour: number) =>
      Array.from({ length: 12 * (toHour - fromHour) + 1 }, (_, i) =>
        register(deviceId, { ms: MIDNIGHT + fromHour * HOUR_MS + (i * HOUR_MS) / 12, wh: 30 * i, seq: i }),
      );
    await take(told('meter-1', 0, 14));
    await take(told('meter-2', 10, 24));
    await run();
    expect((await kept())?.importWh).toEqual(OWN.map((_, hour) => (hour < 10 ? 360 : hour < 14 ? 720 : null)));
    const owner = { householdId, sub: 'owner', role: 'owner' } as const;
    await replaceDevice(devices, owner, { deviceId: 'meter-1', by: 'meter-2' });
    await run();
    expect((await kept())?.importWh).toEqual(OWN.map(() => 360));
  });

  test('stay as they are once the day is final', async () => {
    const final = '2026-10-20';
    await liveHours(world, hoursOf(final));
    await run(final);
    const before = await readStoredHours(world.table, householdId, [final, final]);
    expect(before).toHaveLength(1);
    world.clock.set(RUN_MS);
    await putDevice(world.table, householdId, {
      deviceId: 'meter-2',
      kind: 'smart_meter',
      name: '',
      gateway,
      status: 'active',
    });
    await take(
      Array.from({ length: 97 }, (_, i) =>
        register('meter-2', { ms: dayStart(final) + i * SLOT_MS, wh: 70 * i, seq: i }),
      ),
    );
    await run();
    expect(await readStoredHours(world.table, householdId, [final, final])).toEqual(before);
  });

  test('are gone 400 days after the day ended, as its quarter hours are', async () => {
    await liveHours(world, hoursOf(DAY));
    await run();
    world.clock.set(dayStart(TODAY) + 400 * DAY_MS - 1000);
    expect(await kept()).toBeDefined();
    world.clock.set(dayStart(TODAY) + 400 * DAY_MS);
    expect(await kept()).toBeUndefined();
  });

  test('are those of the newer readings when two runs write beside each other, though the day adds up to the same', async () => {
    const said = (hour: number, wh: number, seq: number) =>
      register('meter-1', { ms: MIDNIGHT + hour * HOUR_MS, wh, seq });
    world.clock.set(RUN_MS);
    // the night is one band of every tariff, so that the day says the same however the night is shared out
    await take([said(0, 0, 1), said(8, 8000, 80), said(24, 24_000, 100)]);
    await run();
    await take([said(4, 1000, 50)]);
    // another reading comes, and another run takes it in, while this one has read the day without it
    let isFirst = true;
    const transact: World['table']['transact'] = async (writes) => {
      if (isFirst) {
        isFirst = false;
        await take([said(2, 100, 25)]);
        await run();
      }
      await world.table.transact(writes);
    };
    await aggregateHousehold({ table: { ...world.table, transact }, clock: world.clock }, { householdId, date: DAY });
    expect((await kept())?.importWh.slice(0, 9)).toEqual([50, 50, 450, 450, 1750, 1750, 1750, 1750, 1000]);
    expect((await readDays(world.table, householdId, [DAY, DAY]))[0]?.revision).toBe(0);
  });
});

describe('totals that are handed in with their hours', () => {
  const total = (date: string, over: Partial<DayTotal> = {}): DayTotal => ({
    date,
    importWh: 30_000,
    quality: 'good',
    source: 'imported',
    hours: { importWh: OWN, loadWh: OWN, solarWh: UNKNOWN_HOURS },
    ...over,
  });
  const without = ({ hours: _hours, ...day }: DayTotal): DayTotal => day;
  beforeEach(() => world.clock.set(RUN_MS));

  test('keep them beside the days, not in them', async () => {
    await importDays(world, householdId, [total(DAY)]);
    expect(await kept()).toMatchObject({ importWh: OWN, loadWh: OWN });
    const item = await world.table.get({ table: 'energy', pk: `H#${householdId}`, sk: `DAY#${DAY}` });
    expect(Object.keys(item?.data ?? {})).not.toContain('hours');
  });

  test('of a home with a roof or net metering tell what it drew, not what it used', async () => {
    const roof = { deviceId: 'solar-1', kind: 'solar_inverter', name: '', gateway, status: 'retired' } as const;
    await putDevice(world.table, householdId, roof);
    await importDays(world, householdId, [total(DAY)]);
    expect(await kept()).toMatchObject({ importWh: OWN, loadWh: UNKNOWN_HOURS });

    await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: 'DEVICE#solar-1' });
    await putSupplies(world.table, householdId, {
      rows: [{ from: '2026-01-01', supply: { ...ASSUMED_SUPPLY, netMetering: true } }],
      version: 0,
    });
    await importDays(world, householdId, [total('2026-11-20')]);
    expect(await kept('2026-11-20')).toMatchObject({ importWh: OWN, loadWh: UNKNOWN_HOURS });
  });

  test('lose them to a file that says another total without hours, and keep them by one that says the same', async () => {
    await importDays(world, householdId, [total(DAY)]);
    await importDays(world, householdId, [without(total(DAY))]);
    expect((await kept())?.importWh).toEqual(OWN);
    await importDays(world, householdId, [without(total(DAY, { importWh: 9000 }))]);
    expect((await kept())?.importWh).toEqual(UNKNOWN_HOURS);
  });

  test('stand with them until the quarter hours of the day are whole', async () => {
    await importDays(world, householdId, [total(DAY)]);
    const points = Array.from({ length: 97 }, (_, i) =>
      register('meter-1', { ms: MIDNIGHT + i * SLOT_MS, wh: 25 * i, seq: i }),
    );
    await take(points.slice(40));
    await run();
    expect((await kept())?.importWh).toEqual(OWN);
    await take(points.slice(0, 40));
    await run();
    expect((await kept())?.importWh).toEqual(OWN.map(() => 100));
  });

  test('are kept for the last 400 days only', async () => {
    const dates = datesBetween('2025-10-01', '2025-11-30');
    await importDays(
      world,
      householdId,
      dates.map((date) => total(date)),
    );
    const [first] = await readHours(world.table, householdId, ['2025-01-01', DAY]);
    expect(first?.date).toBe(addDays(TODAY, -400));
    expect(await readDays(world.table, householdId, ['2025-01-01', DAY])).toHaveLength(dates.length);
  });

  test('that are not 24 are refused', async () => {
    const short = { importWh: OWN.slice(1), loadWh: OWN, solarWh: UNKNOWN_HOURS };
    const { refused } = await importDays(world, householdId, [total(DAY, { hours: short })]);
    expect(refused).toMatchObject([{ date: DAY, code: 'invalid' }]);
    expect(await kept()).toBeUndefined();
  });
});
