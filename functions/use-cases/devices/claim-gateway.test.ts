import { beforeEach, describe, expect, test } from 'vitest';
import { claimCode } from '@hems/shared/api/claims';
import { configuredDevices } from '@hems/shared/events/provisioning';
import { everyItem } from '../../adapters/embedded/every-item.ts';
import type { Table } from '../../ports/table.ts';
import { aDevicesWorld, NEIGHBOUR, OWNER, type DevicesWorld } from '../../testing/devices-world.ts';
import { HOME, NOON } from '../../testing/world.ts';
import { unlockAttempts } from '../attempts.ts';
import { Refused } from '../refusal.ts';
import { claimsOf } from '../stores/attempts.ts';
import { readClaim } from '../stores/claims.ts';
import { changeGateway, listGateways } from '../stores/gateways.ts';
import { listDevices, type Member } from '../stores/households.ts';
import { claimGateway } from './claim-gateway.ts';
import { endGateways } from './end-gateways.ts';
import { provisionGateway } from './provision-gateway.ts';
import { readEquipment } from './read-equipment.ts';
import { revokeGateway } from './revoke-gateway.ts';

const DAY_MS = 86_400_000;
let world: DevicesWorld;
beforeEach(async () => {
  world = await aDevicesWorld();
});

const claim = (code: string, member: Member = NEIGHBOUR) => claimGateway(world.deps, member, code);
const codeOf = async (attempt: Promise<unknown>): Promise<string | undefined> =>
  attempt.then(
    () => 'claimed',
    (error: unknown) => (error instanceof Refused ? error.code : String(error)),
  );
const wrong = (number: number): string => `HEMS-WRNG-WRNG-${String(number).padStart(4, 'A').replaceAll(/[01]/g, 'Z')}`;
const gatewaysOf = async ({ householdId }: Member) => await listGateways(world.table, householdId);

describe('a gateway that is claimed', () => {
  test('is the household’s with every device of its delivery, each under a name that says what it is', async () => {
    const code = await world.label('SERIAL-1');
    expect(claimCode.parse(` ${code.toLowerCase()} `)).toBe(code);
    await claim(code);
    const { gateways, devices } = await readEquipment(world, NEIGHBOUR.householdId);
    const [gateway] = gateways;
    expect(gateway).toMatchObject({ status: 'active', presence: 'unknown', firmware: null, isDoubled: false });
    expect(devices.map(({ kind, name, status }) => `${kind} ${name} ${status}`).toSorted()).toEqual([
      'smart_meter 스마트미터 active',
      'smart_plug 스마트 플러그 2 active',
      'smart_plug 스마트 플러그 active',
    ]);
    expect(new Set(devices.map((device) => device.gateway))).toEqual(new Set([gateway?.gateway]));
    expect(world.registry.asked).toEqual([`enter t-2/${gateway?.gateway}`]);
  });

  test('by a code of which nothing but its blind index is kept', async () => {
    const code = await world.label('SERIAL-1');
    await claim(code);
    const items = [];
    for await (const item of everyItem(world)) items.push(item);
    const kept = JSON.stringify(items);
    expect(kept).toContain('CODE#');
    expect(kept).not.toContain(code);
    expect(kept).not.toContain(code.slice(5));
  });

  test('is not claimed by a viewer', async () => {
    const code = await world.label('SERIAL-1');
    expect(await codeOf(claim(code, { ...NEIGHBOUR, role: 'viewer' }))).toBe('role');
    expect(await gatewaysOf(NEIGHBOUR)).toEqual([]);
  });

  test('by two households at the same time belongs to one of them, with its devices there and nowhere else', async () => {
    const code = await world.label('SERIAL-1');
    const outcomes = await Promise.all([codeOf(claim(code, NEIGHBOUR)), codeOf(claim(code, OWNER))]);
    expect(outcomes.toSorted()).toEqual(['claim-used', 'claimed']);
    const winner = outcomes[0] === 'claimed' ? NEIGHBOUR : OWNER;
    const loser = winner === NEIGHBOUR ? OWNER : NEIGHBOUR;
    expect((await gatewaysOf(winner)).filter(({ serial }) => serial === 'SERIAL-1')).toHaveLength(1);
    expect((await gatewaysOf(loser)).filter(({ serial }) => serial === 'SERIAL-1')).toEqual([]);
    expect((await readClaim(world.table, 'SERIAL-1'))?.state).toBe('claimed');
  });

  test('carries on after the registry failed in between, by the same code, without a second gateway', async () => {
    const code = await world.label('SERIAL-1');
    world.registry.fail(new Error('the registry is away'));
    await expect(claim(code)).rejects.toThrow('the registry is away');
    expect(world.registry.asked).toEqual([]);
    await claim(code);
    const gateways = await gatewaysOf(NEIGHBOUR);
    expect(gateways).toHaveLength(1);
    expect(world.registry.asked).toEqual([`enter t-2/${gateways[0]?.gateway}`]);
    expect(await listDevices(world.table, NEIGHBOUR.householdId)).toHaveLength(3);
  });
});

describe('a claim code that opens nothing', () => {
  test('says whether it is unknown, expired or used', async () => {
    const [used, old] = [await world.label('SERIAL-1'), await world.label('SERIAL-2', '2026-11-23')];
    await claim(used, OWNER);
    expect(await codeOf(claim(used))).toBe('claim-used');
    expect(await codeOf(claim(wrong(1)))).toBe('claim-unknown');
    world.clock.set(NOON + 2 * DAY_MS);
    expect(await codeOf(claim(old))).toBe('claim-expired');
    expect(await gatewaysOf(NEIGHBOUR)).toEqual([]);
  });

  test('is the one before, once another was issued in its place', async () => {
    const [first, second] = [await world.label('SERIAL-1'), await world.label('SERIAL-1')];
    expect(await codeOf(claim(first))).toBe('claim-unknown');
    expect(await codeOf(claim(second))).toBe('claimed');
  });

  test('is not issued for a gateway that works in a home, and is for one that was revoked', async () => {
    await claim(await world.label('SERIAL-1'));
    await expect(world.label('SERIAL-1')).rejects.toThrow(/in use/);
    const [gateway] = await gatewaysOf(NEIGHBOUR);
    await revokeGateway(world.deps, NEIGHBOUR, gateway?.gateway ?? '');
    expect(await codeOf(claim(await world.label('SERIAL-1'), OWNER))).toBe('claimed');
  });
});

describe('wrong codes', () => {
  const guess = async (count: number) => {
    const outcomes: (string | undefined)[] = [];
    for (let n = 0; n < count; n += 1) outcomes.push(await codeOf(claim(wrong(n))));
    return outcomes;
  };
  const alerts = () => world.said.filter(({ type }) => type === 'security.alert');

  test('lock the household at the tenth and tell its people once; the right code is refused then', async () => {
    const code = await world.label('SERIAL-1');
    expect(await guess(10)).toEqual(Array.from({ length: 10 }, () => 'claim-unknown'));
    expect(alerts()).toMatchObject([{ detail: { householdId: 'h-2', facts: { what: 'claims-locked' } } }]);
    expect(await codeOf(claim(code))).toBe('claims-locked');
    expect(await codeOf(claim(code))).toBe('claims-locked');
    expect(alerts()).toHaveLength(1);
    expect(await codeOf(claim(code, OWNER))).toBe('claimed');
  });

  test('are all counted when they come at once: of twenty no more than ten are looked at', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, async (_, n) => await codeOf(claim(wrong(n)))));
    expect(outcomes.filter((outcome) => outcome === 'claim-unknown').length).toBeLessThanOrEqual(10);
    expect(outcomes).not.toContain('claimed');
    await guess(10);
    expect(await codeOf(claim(wrong(99)))).toBe('claims-locked');
  });

  test('are forgotten after a day when they were fewer than ten, and stay locked when they were ten', async () => {
    await guess(9);
    world.clock.set(NOON + DAY_MS + 1000);
    expect(await guess(9)).not.toContain('claims-locked');
    await guess(1);
    world.clock.set(NOON + 30 * DAY_MS);
    expect(await codeOf(claim(wrong(1)))).toBe('claims-locked');
  });

  test('do not count once the right one was given, and start anew once the operator has unlocked', async () => {
    const code = await world.label('SERIAL-1');
    await guess(9);
    expect(await codeOf(claim(code))).toBe('claimed');
    await guess(1);
    expect(await codeOf(claim(wrong(5)))).toBe('claims-locked');
    await unlockAttempts(world, [claimsOf(NEIGHBOUR.householdId)]);
    expect(await codeOf(claim(code))).toBe('claimed');
    expect(await guess(9)).not.toContain('claims-locked');
  });
});

describe('the pre-provisioning hook', () => {
  const ask = async (over: { certificateId?: string; claimCertificateId?: string; serial?: string } = {}) => {
    const { certificateId = 'c-1', claimCertificateId = 'claim', serial = 'SERIAL-1' } = over;
    return await provisionGateway(world.deps, {
      certificateId,
      claimCertificateId,
      parameters: { SerialNumber: serial },
    });
  };
  const claimed = async () => {
    await claim(await world.label('SERIAL-1'));
    const [gateway] = await gatewaysOf(NEIGHBOUR);
    return { householdId: NEIGHBOUR.householdId, gateway: gateway?.gateway ?? '' };
  };

  test('lets in the serial of a claimed gateway, as the thing of its claim in the household of its claim', async () => {
    const { gateway, householdId } = await claimed();
    const answer = await ask();
    expect(answer).toMatchObject({
      allowProvisioning: true,
      parameterOverrides: { ThingName: gateway, Household: 't-2' },
    });
    const devices = answer.allowProvisioning
      ? configuredDevices.parse(JSON.parse(answer.parameterOverrides.Devices))
      : [];
    expect(devices.map(({ device_id }) => device_id).toSorted()).toEqual(
      (await listDevices(world.table, householdId)).map(({ deviceId }) => deviceId).toSorted(),
    );
  });

  test('refuses a serial that is unknown, one that nobody has claimed, and one whose gateway was revoked', async () => {
    await world.label('SERIAL-2');
    const { gateway } = await claimed();
    await revokeGateway(world.deps, NEIGHBOUR, gateway);
    for (const serial of ['SERIAL-1', 'SERIAL-2', 'SERIAL-3'])
      expect(await ask({ serial })).toEqual({ allowProvisioning: false });
  });

  test('gives the same certificate again, or another one in its place, as long as the gateway has not come with any', async () => {
    await claimed();
    expect((await ask()).allowProvisioning).toBe(true);
    expect((await ask()).allowProvisioning).toBe(true);
    expect(world.registry.asked.filter((what) => what.startsWith('withdraw'))).toEqual([]);
    expect((await ask({ certificateId: 'c-2' })).allowProvisioning).toBe(true);
    expect(world.registry.asked.filter((what) => what.startsWith('withdraw'))).toEqual(['withdraw c-1']);
  });

  test('refuses a replay once the gateway has come with its certificate', async () => {
    const place = await claimed();
    await changeGateway(world, place, (before) => ({ ...before, certificateId: 'c-1' }));
    expect((await ask({ certificateId: 'c-2' })).allowProvisioning).toBe(false);
    expect((await ask({ certificateId: 'c-1', claimCertificateId: 'claim' })).allowProvisioning).toBe(false);
    expect(world.registry.asked.filter((what) => what.startsWith('withdraw'))).toEqual([]);
  });

  test('refuses where the certificate before could not be ended, and then lets in the next try', async () => {
    await claimed();
    await ask();
    world.registry.fail(new Error('the registry is away'));
    await expect(ask({ certificateId: 'c-2' })).rejects.toThrow('away');
    expect((await ask({ certificateId: 'c-3' })).allowProvisioning).toBe(true);
    expect(world.registry.asked).toContain('withdraw c-2');
  });

  test('lets a gateway change its certificate with the one it works with, and with no other', async () => {
    const place = await claimed();
    await changeGateway(world, place, (before) => ({ ...before, certificateId: 'c-1' }));
    expect((await ask({ certificateId: 'c-2', claimCertificateId: 'c-9' })).allowProvisioning).toBe(false);
    expect((await ask({ certificateId: 'c-2', claimCertificateId: 'c-1' })).allowProvisioning).toBe(true);
  });

  test('of two gateways that say the same serial at once leaves one with a certificate', async () => {
    const place = await claimed();
    await Promise.all([ask({ certificateId: 'c-1' }), ask({ certificateId: 'c-2' })]);
    const [kept] = (await gatewaysOf(NEIGHBOUR)).map(({ nextCertificateId }) => nextCertificateId);
    expect(world.registry.asked.filter((what) => what.startsWith('withdraw'))).toEqual([
      kept === 'c-1' ? 'withdraw c-2' : 'withdraw c-1',
    ]);
    expect(place.gateway).not.toBe('');
  });
});

describe('a household that leaves', () => {
  test('leaves no gateway behind, and no claim that names it, whether it is asked for once or twice or broken off', async () => {
    await claim(await world.label('SERIAL-1'));
    await claim(await world.label('SERIAL-2'));
    const ids = (await gatewaysOf(NEIGHBOUR)).map(({ gateway }) => gateway);
    world.registry.fail(new Error('the registry is away'));
    await expect(endGateways(world.deps, NEIGHBOUR.householdId)).rejects.toThrow('away');
    expect(await endGateways(world.deps, NEIGHBOUR.householdId)).toEqual({ things: 2, certificates: 2 });
    expect(world.registry.asked.filter((what) => what.startsWith('remove')).toSorted()).toEqual(
      ids.map((id) => `remove ${id}`).toSorted(),
    );
    const operations = await Promise.all(['SERIAL-1', 'SERIAL-2'].map((serial) => readClaim(world.table, serial)));
    expect(JSON.stringify(operations)).not.toMatch(
      new RegExp([NEIGHBOUR.householdId, ...ids].map((id) => `"${id}"`).join('|')),
    );
    expect(await endGateways(world.deps, HOME.householdId)).toMatchObject({ things: 1 });
  });
});

test('a code that could not be looked at does not count as a wrong one', async () => {
  const code = await world.label('SERIAL-1');
  const failing: Table = {
    ...world.table,
    transact: async (writes) =>
      writes.length > 2 ? Promise.reject(new Error('the table is away')) : world.table.transact(writes),
  };
  for (let n = 0; n < 12; n += 1)
    await expect(claimGateway({ ...world.deps, table: failing }, NEIGHBOUR, code)).rejects.toThrow('away');
  expect(await codeOf(claim(code))).toBe('claimed');
});

test('a claim that lost its race looks again and says what it found, not that something went wrong', async () => {
  const code = await world.label('SERIAL-1');
  let raced = false;
  const slow: Table = {
    ...world.table,
    transact: async (writes) => {
      if (!raced && writes.length > 2) {
        raced = true;
        await claim(code, OWNER);
      }
      return await world.table.transact(writes);
    },
  };
  expect(await codeOf(claimGateway({ ...world.deps, table: slow }, NEIGHBOUR, code))).toBe('claim-used');
});
