import { beforeEach, describe, expect, test } from 'vitest';
import { aDevicesWorld, OWNER, type DevicesWorld } from '../../testing/devices-world.ts';
import { aReading, aRuleEvent, HOME, NOON } from '../../testing/world.ts';
import { replayQuarantine } from '../replay-quarantine.ts';
import { readGateway } from '../stores/gateways.ts';
import { listQuarantine } from '../stores/quarantine.ts';
import { readLiveStates } from '../stores/live.ts';
import { takeHealth } from './take-health.ts';
import { revokeGateway } from './revoke-gateway.ts';

let world: DevicesWorld;
beforeEach(async () => {
  world = await aDevicesWorld();
});

const point = (ts: number, deviceId = 'meter-1') =>
  ({ deviceId, kind: 'smart_meter', ts, boot: 1, seq: ts - NOON, q: 0, quantities: { power_w: 500 } }) as const;
const send = async (atMs: number, deviceId?: string) => {
  world.clock.set(atMs);
  return await world.take(aRuleEvent('reading', aReading(point(atMs, deviceId)), { received: atMs }));
};
const revoke = async () => await revokeGateway(world.deps, OWNER, HOME.gateway);
const kept = async () => (await listQuarantine(world.table, { date: '2026-11-22', limit: 100 })).entries;
const TAKEN = { accepted: 1, quarantined: 0 };
const DROPPED = { accepted: 0, quarantined: 0 };

describe('a gateway that is revoked', () => {
  test('is dropped by ingest within 30 seconds, whatever it goes on sending, and nothing of it is kept', async () => {
    expect(await send(NOON)).toMatchObject(TAKEN);
    await revoke();
    for (let s = 1; s < 30; s += 1) await send(NOON + s * 1000);
    expect(await send(NOON + 30_000)).toMatchObject(DROPPED);
    expect(await send(NOON + 31_000, 'stranger')).toMatchObject(DROPPED);
    world.clock.set(NOON + 32_000);
    const nonsense = aRuleEvent('reading', 'no JSON', { received: NOON + 32_000 });
    expect(await world.take(nonsense)).toMatchObject(DROPPED);
    expect(await kept()).toEqual([]);
    const states = await readLiveStates(world.table, HOME.householdId);
    expect(states.get('meter-1')?.ts).toBeLessThan(NOON + 30_000);
  });

  test('is out of the registry before its certificates are asked for, so it is dropped even where that fails', async () => {
    world.registry.fail(new Error('the registry is away'));
    await expect(revoke()).rejects.toThrow('away');
    expect(await send(NOON)).toMatchObject(DROPPED);
    await revoke();
    await revoke();
    expect(world.registry.asked).toEqual([`cut off ${HOME.gateway}`, `cut off ${HOME.gateway}`]);
  });

  test('gains nothing by what it had in the quarantine before: let through again, it is dropped', async () => {
    await send(NOON, 'stranger');
    const [entry] = await kept();
    await revoke();
    world.clock.set(NOON + 60_000);
    expect(await replayQuarantine(world.deps, entry?.id ?? '')).toMatchObject(DROPPED);
  });

  test('leaves the other gateways of the household alone', async () => {
    const other = aRuleEvent('reading', aReading(point(NOON)), { gateway: 'g-other' });
    await revoke();
    // the meter is not behind it, which is kept with that reason as before
    expect(await world.take(other)).toMatchObject({ accepted: 0, quarantined: 1 });
  });

  test('is revoked by owners and members, not by viewers, and only where the household has it', async () => {
    const viewer = { ...OWNER, role: 'viewer' } as const;
    await expect(revokeGateway(world.deps, viewer, HOME.gateway)).rejects.toThrow(/viewer may not/);
    await expect(revokeGateway(world.deps, OWNER, 'g-other')).rejects.toThrow(/no gateway g-other/);
    expect(world.registry.asked).toEqual([]);
    await revokeGateway(world.deps, { ...OWNER, role: 'member' }, HOME.gateway);
    expect(world.registry.asked).toEqual([`cut off ${HOME.gateway}`]);
  });
});

describe('what a gateway says of itself', () => {
  const health = (over: Record<string, unknown> = {}) =>
    aRuleEvent('health', { v: 1, ts: NOON, version: '2.1.0', queue_depth: 0, oldest_s: 0, devices: [], ...over });
  const take = async (...events: Parameters<typeof takeHealth>[1][]) => {
    for (const one of events) await takeHealth(world.deps, one);
  };
  const gateway = async () => await readGateway(world.table, HOME);

  test('tells which software it runs, written when that changes and not with every word', async () => {
    await take([health()], [health({ ts: NOON + 60_000 })], [health({ ts: NOON + 120_000, queue_depth: 7 })]);
    expect(await gateway()).toMatchObject({ firmware: '2.1.0', version: 2 });
    await take([health({ version: '2.2.0-rc.1' })]);
    expect(await gateway()).toMatchObject({ firmware: '2.2.0-rc.1', version: 3 });
  });

  test('is kept out with its reason where it is nothing of the kind, and dropped where it comes by a revoked gateway', async () => {
    await take([aRuleEvent('health', '{')], [health({ version: '' })], [health({ temperature: 3 })]);
    await take([{ ...health(), household: 't-nobody' }]);
    expect((await kept()).map(({ reason }) => reason).toSorted()).toEqual([
      'not-health',
      'not-health',
      'not-json',
      'unknown-household',
    ]);
    await revoke();
    world.clock.set(NOON + 60_000);
    await take([health({ version: '6.6.6' })]);
    expect((await gateway())?.firmware).toBeUndefined();
  });
});
