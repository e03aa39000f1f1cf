import { beforeEach, describe, expect, test } from 'vitest';
import type { Table } from '../ports/table.ts';
import { aReading, aRuleEvent, aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { directory } from './directory.ts';
import { putDevice } from './stores/households.ts';

let world: World;
beforeEach(async () => {
  world = await aWorld();
});

const read = async (deviceId: string, atMs: number) => {
  world.clock.set(atMs);
  const point = {
    deviceId,
    kind: 'smart_meter',
    ts: atMs,
    boot: 1,
    seq: atMs - NOON,
    q: 0,
    quantities: { power_w: 500 },
  } as const;
  return await world.take(aRuleEvent('reading', aReading(point), { received: atMs }));
};
const register = async (deviceId: string, status: 'active' | 'retired') =>
  await putDevice(world.table, HOME.householdId, {
    deviceId,
    kind: 'smart_meter',
    name: deviceId,
    gateway: HOME.gateway,
    status,
  });

describe('a device that is added to a household whose other devices report', () => {
  test('is let in from two seconds after', async () => {
    await read('meter-1', NOON);
    await register('meter-2', 'active');
    expect(await read('meter-2', NOON + 1_000)).toMatchObject({ accepted: 0, quarantined: 1 });
    expect(await read('meter-2', NOON + 2_000)).toMatchObject({ accepted: 1, quarantined: 0 });
  });

  test('costs one look-up, however many messages of it come together; a stranger costs one each two seconds', async () => {
    let lookUps = 0;
    const counted: Table = {
      ...world.table,
      query: async (asked) => {
        lookUps += 1;
        return await world.table.query(asked);
      },
    };
    const known = directory(counted, world.clock);
    const ask = async (atMs: number) => {
      world.clock.set(atMs);
      const isThere = async () => await known.find(HOME.telemetryId, ({ devices }) => devices.has('stranger'));
      await Promise.all([isThere(), isThere(), isThere()]);
      return lookUps;
    };
    const first = await ask(NOON);
    expect(await ask(NOON + 1_999)).toBe(first);
    expect(await ask(NOON + 2_000)).toBe(2 * first);
    expect(await ask(NOON + 3_999)).toBe(2 * first);
    expect(await ask(NOON + 4_000)).toBe(3 * first);
  });
});

test('a device that is retired is shut out within 30 seconds, though it keeps reporting', async () => {
  await read('meter-1', NOON);
  await register('meter-1', 'retired');
  for (let s = 2; s < 30; s += 2) await read('meter-1', NOON + s * 1_000);
  expect(await read('meter-1', NOON + 30_000)).toMatchObject({ accepted: 0, quarantined: 1 });
});
