import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DeviceKind } from '@hems/models/device/kinds';
import { Q } from '@hems/models/reading/quality';
import { aPoint } from '@hems/models/testing/builders';
import { readLive as liveRoute, type Live } from '@hems/shared/api/live';
import { aReading, aRuleEvent, aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { readLive } from './read-live.ts';
import { putDevice } from './stores/households.ts';

const { householdId, gateway } = HOME;
const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

let world: World;
beforeEach(async () => {
  world = await aWorld();
});

type Told = { readonly powerW: number; readonly agoMs?: number; readonly socPermille?: number; readonly q?: number };

/** A device tells its power, and a battery its charge. */
const tell = async (kind: DeviceKind, deviceId: string, { powerW, agoMs = 0, socPermille, q = 0 }: Told) => {
  const quantities = { power_w: powerW, ...(socPermille !== undefined && { soc_permille: socPermille }) };
  const point = aPoint({ kind, deviceId, ts: NOON - agoMs, q, quantities });
  await world.take(aRuleEvent('reading', aReading(point)));
};
const grid = (told: Told, deviceId = 'meter-1') => tell('smart_meter', deviceId, told);
const solar = (told: Told) => tell('solar_inverter', 'solar-1', told);
const battery = (told: Told, deviceId = 'battery-1') => tell('battery', deviceId, told);
const plugIn = (kind: DeviceKind, deviceId: string, status: 'active' | 'retired' = 'active') =>
  putDevice(world.table, householdId, { deviceId, kind, name: deviceId, gateway, status });
const unplug = async (...deviceIds: string[]) => {
  for (const deviceId of deviceIds)
    await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: `DEVICE#${deviceId}` });
};
/** As the contract has it. */
const live = async (): Promise<Live> => liveRoute.answer.parse(await readLive(world, householdId));

describe('the power of a home now', () => {
  test('is what comes from the grid and the roof less what goes into the battery', async () => {
    await grid({ powerW: 900 });
    await solar({ powerW: 2100 });
    await battery({ powerW: -600, socPermille: 620 });
    expect(await live()).toMatchObject({
      load: { powerW: 2400, ts: NOON, quality: 'good' },
      grid: { powerW: 900 },
      solar: { powerW: 2100 },
      battery: { powerW: -600, socPermille: 620 },
    });
  });

  test('is what the roof and the battery bring less what is sent to the grid', async () => {
    await grid({ powerW: -1500 });
    await solar({ powerW: 2100 });
    await battery({ powerW: 300 });
    expect((await live()).load.powerW).toBe(900);
  });

  test('is the sum of two meters, and not known while one of them has told nothing', async () => {
    await unplug('solar-1', 'battery-1');
    await plugIn('smart_meter', 'meter-2');
    await grid({ powerW: 500 });
    const unknown = { powerW: null, ts: null, quality: 'missing' };
    expect(await live()).toMatchObject({ load: unknown, grid: unknown });
    await grid({ powerW: 250 }, 'meter-2');
    expect((await live()).load).toEqual({ powerW: 750, ts: NOON, quality: 'good' });
  });

  test('is not known while the roof or the battery has told nothing, nor without a meter', async () => {
    await grid({ powerW: 500 });
    await solar({ powerW: 100 });
    expect((await live()).load.powerW).toBeNull();
    await battery({ powerW: 0 });
    expect((await live()).load.powerW).toBe(600);
    await unplug('meter-1');
    expect((await live()).load.powerW).toBeNull();
  });

  test('is as old, and as good, as the oldest and the worst of what it is made of', async () => {
    await grid({ powerW: 500, agoMs: 5 * SECOND_MS });
    await solar({ powerW: 900, agoMs: 40 * SECOND_MS, q: Q.estimated });
    await battery({ powerW: 0 });
    expect((await live()).load).toEqual({ powerW: 1400, ts: NOON - 40 * SECOND_MS, quality: 'estimated' });
  });

  test.each([
    ['does not age with an inverter that told 0 W: it sleeps', 0, SECOND_MS],
    ['ages with an inverter that told a watt: it is silent', 1, 9 * HOUR_MS],
  ])('%s', async (_, powerW, agoMs) => {
    await unplug('battery-1');
    await grid({ powerW: 500, agoMs: SECOND_MS });
    await solar({ powerW, agoMs: 9 * HOUR_MS });
    const answer = await live();
    expect(answer.load).toEqual({ powerW: 500 + powerW, ts: NOON - agoMs, quality: 'good' });
    expect(answer.solar).toMatchObject({ powerW, ts: NOON - 9 * HOUR_MS });
  });

  test('is never below 0, which readings of two moments would make it', async () => {
    await unplug('battery-1');
    await grid({ powerW: -2000 });
    await solar({ powerW: 1900, agoMs: 4 * SECOND_MS });
    expect((await live()).load.powerW).toBe(0);
  });

  test('leaves out what was taken out of the home', async () => {
    await unplug('battery-1');
    await grid({ powerW: 500 });
    await solar({ powerW: 900 });
    await plugIn('solar_inverter', 'solar-1', 'retired');
    const answer = await live();
    expect(answer.load.powerW).toBe(500);
    expect(answer.solar).toBeUndefined();
  });

  test('is the sum of its flows, whatever they are', async () => {
    const watts = fc.integer({ min: -20_000, max: 20_000 });
    let seq = 1;
    await fc.assert(
      fc.asyncProperty(watts, fc.nat({ max: 20_000 }), watts, async (gridW, solarW, batteryW) => {
        seq += 1;
        for (const [deviceId, kind, powerW] of [
          ['meter-1', 'smart_meter', gridW],
          ['solar-1', 'solar_inverter', solarW],
          ['battery-1', 'battery', batteryW],
        ] as const) {
          const point = aPoint({ deviceId, kind, ts: NOON + seq, seq, quantities: { power_w: powerW } });
          await world.take(aRuleEvent('reading', aReading(point), { received: NOON + seq }));
        }
        const answer = await live();
        const parts = [answer.grid, answer.solar, answer.battery].map((flow) => flow?.powerW ?? Number.NaN);
        expect(parts).toEqual([gridW, solarW, batteryW]);
        expect(answer.load.powerW).toBe(Math.max(0, gridW + solarW + batteryW));
      }),
      { numRuns: 25 },
    );
  });
});

test('two batteries have one power and no charge in common', async () => {
  await plugIn('battery', 'battery-2');
  await battery({ powerW: 1000, socPermille: 200 });
  await battery({ powerW: 2000, socPermille: 900 }, 'battery-2');
  expect((await live()).battery).toMatchObject({ powerW: 3000, socPermille: null });
});
