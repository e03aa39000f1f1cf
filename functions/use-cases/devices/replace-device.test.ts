import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, localDate, SLOT_MS } from '@hems/models/calendar/seoul';
import type { Point } from '@hems/models/reading/point';
import { aDevicesWorld, OWNER, type DevicesWorld } from '../../testing/devices-world.ts';
import { aBatch, aRuleEvent, HOME } from '../../testing/world.ts';
import { aggregateHousehold } from '../aggregate-household.ts';
import { meterChange } from '../community/meter-change.ts';
import { quartersOfDays } from '../days/household-quarters.ts';
import { readHours } from '../programmes/hours.ts';
import { Refused } from '../refusal.ts';
import { readClaims } from '../stores/community.ts';
import { readDays } from '../stores/days.ts';
import { listDevices, putDevice, type Device } from '../stores/households.ts';
import { readLateDays } from '../stores/late-days.ts';
import { joinCommunity } from '../community/membership.ts';
import { retireDevice } from './change-device.ts';
import { replaceDevice } from './replace-device.ts';

const { householdId, gateway } = HOME;
const DAY = '2026-11-20';
const NEXT_DAY = addDays(DAY, 1);
const MIDNIGHT = dayStart(DAY);
/** 10 o'clock */
const TEN = MIDNIGHT + 10 * HOUR_MS;
/** The home takes 100 Wh each quarter hour. */
const WH = 100;
const DAY_WH = 96 * WH;

let world: DevicesWorld;
beforeEach(async () => {
  world = await aDevicesWorld();
  world.clock.set(dayStart(NEXT_DAY) + 12 * HOUR_MS);
  const meter = { kind: 'smart_meter', name: '', gateway, status: 'active' } as const;
  for (const deviceId of ['solar-1', 'battery-1'])
    await putDevice(world.table, householdId, { ...meter, deviceId, kind: 'solar_inverter', status: 'retired' });
  await putDevice(world.table, householdId, { ...meter, deviceId: 'meter-2' });
});

type Lived = { readonly fromMs: number; readonly toMs: number; readonly startWh?: number; readonly whPerSlot?: number };
/** A meter's register every five minutes, counting from `startWh`. */
const live = async (deviceId: string, { fromMs, toMs, startWh = 0, whPerSlot = WH }: Lived) => {
  const step = SLOT_MS / 3;
  const points = Array.from({ length: Math.floor((toMs - fromMs) / step) + 1 }, (_, index): Point => {
    const ts = fromMs + index * step;
    const energy_import_wh = startWh + Math.round((index * whPerSlot) / 3);
    return {
      deviceId,
      kind: 'smart_meter',
      ts,
      boot: 1,
      seq: index,
      q: 0,
      quantities: { energy_import_wh, energy_export_wh: 0 },
    };
  });
  const received = world.clock.now();
  const reports = [];
  for (let from = 0; from < points.length; from += 200)
    reports.push(await world.take(aRuleEvent('batch', aBatch(points.slice(from, from + 200)), { received })));
  return reports.reduce((sum, { accepted }) => sum + accepted, 0);
};
const replace = async () => await replaceDevice(world, OWNER, { deviceId: 'meter-1', by: 'meter-2' });
/** The night's run of the day, which ends the marks of what came late. */
const run = async () => {
  world.clock.set(dayStart(NEXT_DAY) + HOUR_MS / 3);
  await aggregateHousehold(world, { householdId, date: DAY });
};
const quarters = async (dates: readonly [string, string] = [DAY, DAY]) =>
  await quartersOfDays(world, householdId, dates);
const sum = (all: readonly { importWh: number | undefined }[]): number =>
  all.reduce((total, { importWh = 0 }) => total + importWh, 0);
const codeOf = async (attempt: Promise<unknown>): Promise<string | undefined> =>
  attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof Refused ? error.code : String(error)),
  );
const meter = async (deviceId: string): Promise<Device | undefined> =>
  (await listDevices(world.table, householdId)).find((one) => one.deviceId === deviceId);

describe('a meter that was replaced while both measured for four hours', () => {
  const until = TEN + 4 * HOUR_MS;
  beforeEach(async () => {
    await live('meter-1', { fromMs: MIDNIGHT, toMs: until, startWh: 812_000 });
    await live('meter-2', { fromMs: TEN, toMs: dayStart(NEXT_DAY) });
  });

  /** the morning, and the four hours twice; after them the old one is silent and the home unknown */
  const UNTOLD_WH = 40 * WH + 2 * 16 * WH;

  test('counts those hours twice and none after them until it is said to be replaced, and each once from then on', async () => {
    expect(sum(await quarters())).toBe(UNTOLD_WH);
    await replace();
    expect(await meter('meter-1')).toMatchObject({ status: 'replaced', replaced: { by: 'meter-2', atMs: until } });
    const all = await quarters();
    expect(all.map(({ importWh }) => importWh)).toEqual(Array.from({ length: 96 }, () => WH));
    expect(new Set(all.map(({ quality }) => quality))).toEqual(new Set(['good']));
  });

  test('has the day derived anew, with bill and baseline on the one use of the home', async () => {
    await run();
    const day = async () => (await readDays(world.table, householdId, [DAY, DAY]))[0];
    expect(await day()).toMatchObject({ importWh: UNTOLD_WH, missingSlots: 40 });
    await replace();
    expect((await readLateDays(world.table, householdId)).map(({ date }) => date)).toEqual([DAY]);
    await run();
    expect(await day()).toMatchObject({ importWh: DAY_WH, missingSlots: 0, revision: 1 });
  });

  test('tells the hours of a saving event once too', async () => {
    await replace();
    const at = await readHours(world, householdId, { dates: [DAY], hours: [11, 12] });
    expect([at(DAY, 11), at(DAY, 12)].map((use) => JSON.stringify(use))).toEqual(
      [0, 1].map(() => expect.stringContaining(String(4 * WH)) as string),
    );
  });

  test('is compared with the year before as one meter, because both told the same', async () => {
    await live('meter-1', { fromMs: MIDNIGHT - 24 * HOUR_MS, toMs: MIDNIGHT, startWh: 812_000 - DAY_WH });
    const days = [addDays(DAY, -1), DAY];
    expect(await meterChange(world, householdId, days)).toMatchObject({ code: 'meter-changed' });
    await replace();
    expect((await meter('meter-1'))?.replaced?.alike).toBe(true);
    expect(await meterChange(world, householdId, days)).toBeUndefined();
  });

  test('still takes what the old one measured before the change and sends late, and nothing that it measured after', async () => {
    await replace();
    world.clock.set(world.clock.now() + 60_000);
    const late = MIDNIGHT - 6 * HOUR_MS;
    expect(await live('meter-1', { fromMs: late, toMs: late + HOUR_MS, startWh: 700_000 })).toBe(13);
    expect(await live('meter-1', { fromMs: until + SLOT_MS, toMs: until + HOUR_MS, startWh: 900_000 })).toBe(0);
    expect(sum(await quarters())).toBe(DAY_WH);
  });

  test('said twice is the same change, and carries on what broke off', async () => {
    await run();
    const failing = { ...world, table: { ...world.table, put: async () => Promise.reject(new Error('cut short')) } };
    const asked = { deviceId: 'meter-1', by: 'meter-2' };
    await expect(replaceDevice(failing, OWNER, asked)).rejects.toThrow('cut short');
    expect(await readLateDays(world.table, householdId)).toEqual([]);
    await replace();
    expect((await readLateDays(world.table, householdId)).map(({ date }) => date)).toEqual([DAY]);
    expect((await meter('meter-1'))?.replaced?.atMs).toBe(until);
  });
});

describe('a meter that was replaced within twenty minutes without power', () => {
  beforeEach(async () => {
    await live('meter-1', { fromMs: MIDNIGHT, toMs: TEN, startWh: 812_000 });
    await live('meter-2', { fromMs: TEN + (4 * SLOT_MS) / 3, toMs: dayStart(NEXT_DAY) });
    await replace();
  });

  test('leaves no gap in the day: the minutes between are estimated from before and after, and nothing else is', async () => {
    const all = await quarters();
    // the registers themselves are whole Wh
    expect(Math.abs(sum(all) - DAY_WH)).toBeLessThanOrEqual(1);
    expect(all.filter(({ quality }) => quality !== 'good').map(({ startMs }) => (startMs - TEN) / SLOT_MS)).toEqual([
      0, 1,
    ]);
    expect((await meter('meter-1'))?.replaced?.atMs).toBe(TEN + (4 * SLOT_MS) / 3);
  });

  test('is not compared with the year before: nothing says that the new one measures the same home', async () => {
    await live('meter-1', { fromMs: MIDNIGHT - 24 * HOUR_MS, toMs: MIDNIGHT - SLOT_MS / 3, startWh: 812_000 - DAY_WH });
    expect(await meterChange(world, householdId, [addDays(DAY, -1), DAY])).toMatchObject({ code: 'meter-changed' });
  });
});

test('a meter that was replaced three hours later leaves those hours missing, not 0', async () => {
  await live('meter-1', { fromMs: MIDNIGHT, toMs: TEN, startWh: 812_000 });
  await live('meter-2', { fromMs: TEN + 3 * HOUR_MS, toMs: dayStart(NEXT_DAY) });
  await replace();
  const all = await quarters();
  expect(all.filter(({ quality }) => quality === 'missing')).toHaveLength(12);
  expect(sum(all)).toBe(DAY_WH - 12 * WH);
});

test('a meter that measures half of the home does not pass for the one in whose place it is put', async () => {
  await live('meter-1', { fromMs: MIDNIGHT, toMs: TEN + 4 * HOUR_MS, startWh: 812_000 });
  await live('meter-2', { fromMs: TEN, toMs: dayStart(NEXT_DAY), whPerSlot: WH / 2 });
  await replace();
  expect((await meter('meter-1'))?.replaced?.alike).toBe(false);
});

describe('a second meter that has measured all the while', () => {
  const idle = { deviceId: 'meter-1', by: 'meter-2' };
  /** what the next run makes of the day */
  const dayWh = async () => {
    await run();
    return (await readDays(world.table, householdId, [DAY, DAY]))[0]?.importWh ?? 0;
  };
  const DAYS_AGO = (days: number) => MIDNIGHT - days * 24 * HOUR_MS;

  test('takes nothing of what was used before with it, when an idle one is said to be replaced by it', async () => {
    await live('meter-1', { fromMs: MIDNIGHT, toMs: dayStart(NEXT_DAY), whPerSlot: 0 });
    await live('meter-2', { fromMs: MIDNIGHT, toMs: dayStart(NEXT_DAY), startWh: 812_000 });
    expect(await dayWh()).toBe(DAY_WH);
    await replace();
    expect(await dayWh()).toBe(DAY_WH);
    expect((await meter('meter-1'))?.replaced).toEqual({ by: 'meter-2', atMs: MIDNIGHT, alike: false });
  });

  test('does not take the place of another after more than two days of telling something else', async () => {
    const toMs = dayStart(NEXT_DAY);
    await live('meter-1', { fromMs: DAYS_AGO(2), toMs, whPerSlot: WH / 2 });
    await live('meter-2', { fromMs: DAYS_AGO(2), toMs, startWh: 812_000 });
    const before = await dayWh();
    expect(await codeOf(replaceDevice(world, OWNER, idle))).toBe('both-measure');
    expect([await dayWh(), (await meter('meter-1'))?.status]).toEqual([before, 'active']);
  });

  test('does when both told the same all that time', async () => {
    const toMs = dayStart(NEXT_DAY);
    await live('meter-1', { fromMs: DAYS_AGO(4), toMs, startWh: 812_000 });
    await live('meter-2', { fromMs: DAYS_AGO(3), toMs });
    await replace();
    expect([await dayWh(), (await meter('meter-1'))?.replaced?.alike]).toEqual([DAY_WH, true]);
  });

  test('does not when it was there before the one that it would follow took its own place', async () => {
    await putDevice(world.table, householdId, {
      deviceId: 'meter-3',
      kind: 'smart_meter',
      name: '',
      gateway,
      status: 'active',
    });
    await live('meter-1', { fromMs: MIDNIGHT, toMs: TEN, startWh: 812_000 });
    await live('meter-2', { fromMs: TEN, toMs: TEN + 4 * HOUR_MS });
    await live('meter-3', { fromMs: MIDNIGHT, toMs: dayStart(NEXT_DAY), startWh: 70 });
    await replace();
    expect(await codeOf(replaceDevice(world, OWNER, { deviceId: 'meter-2', by: 'meter-3' }))).toBe('both-measure');
  });

  test('does not when both have measured for more days than may still change', async () => {
    const long = { startWh: 812_000, whPerSlot: 300 };
    world.clock.set(DAYS_AGO(31) + HOUR_MS);
    await live('meter-2', { fromMs: DAYS_AGO(31), toMs: DAYS_AGO(31) + HOUR_MS, ...long });
    world.clock.set(dayStart(NEXT_DAY) + HOUR_MS);
    await live('meter-1', { fromMs: MIDNIGHT, toMs: dayStart(NEXT_DAY), ...long });
    await live('meter-2', { fromMs: MIDNIGHT, toMs: dayStart(NEXT_DAY), ...long, startWh: 900_000 });
    expect(await codeOf(replaceDevice(world, OWNER, idle))).toBe('both-measure');
  });
});

test('three meters one after the other are one history', async () => {
  const [second, third] = [TEN, TEN + 5 * HOUR_MS];
  await putDevice(world.table, householdId, {
    deviceId: 'meter-3',
    kind: 'smart_meter',
    name: '',
    gateway,
    status: 'active',
  });
  await live('meter-1', { fromMs: MIDNIGHT, toMs: second + HOUR_MS, startWh: 5_000 });
  await live('meter-2', { fromMs: second, toMs: third + HOUR_MS });
  await live('meter-3', { fromMs: third, toMs: dayStart(NEXT_DAY), startWh: 70 });
  await replace();
  await replaceDevice(world, OWNER, { deviceId: 'meter-2', by: 'meter-3' });
  expect(sum(await quarters())).toBe(DAY_WH);
  expect(await codeOf(replaceDevice(world, OWNER, { deviceId: 'meter-1', by: 'meter-3' }))).toBe('not-active');
});

describe('a device cannot take the place of another', () => {
  const asked = (deviceId: string, by: string) => codeOf(replaceDevice(world, OWNER, { deviceId, by }));

  test('that it is not, that is of another kind, that is out of use, or before it was heard', async () => {
    expect(await asked('meter-1', 'meter-1')).toBe('not-active');
    expect(await asked('meter-1', 'air-1')).toBe('other-kind');
    expect(await asked('solar-1', 'meter-1')).toBe('not-active');
    expect(await asked('meter-1', 'solar-1')).toBe('not-active');
    expect(await asked('meter-1', 'nothing')).toBe('no-device');
    expect(await asked('meter-1', 'meter-2')).toBe('not-heard');
    expect((await meter('meter-1'))?.status).toBe('active');
  });

  test('at the word of a viewer, nor where it counts the energy of the home at that of anybody but an owner', async () => {
    const as = (role: 'member' | 'viewer') => ({ ...OWNER, role });
    for (const role of ['viewer', 'member'] as const) {
      expect(await codeOf(replaceDevice(world, as(role), { deviceId: 'meter-1', by: 'meter-2' }))).toBe('role');
      expect(await codeOf(retireDevice(world, as(role), 'meter-1'))).toBe('role');
    }
    expect(await codeOf(retireDevice(world, as('member'), 'air-1'))).toBe('done');
    expect((await meter('meter-1'))?.status).toBe('active');
  });
});

test('the meter of a member of the community takes part in its place, and cannot by another household', async () => {
  await joinCommunity(world, OWNER, { textVersion: 1 });
  await live('meter-1', { fromMs: MIDNIGHT, toMs: TEN });
  await live('meter-2', { fromMs: TEN, toMs: TEN + HOUR_MS });
  await replace();
  const [old, next] = await readClaims(world.table, ['meter-1', 'meter-2']);
  expect(next?.memberId).toBe(old?.memberId);
  expect(next?.memberId).not.toBeNull();
  expect(localDate(TEN)).toBe(DAY);
});
