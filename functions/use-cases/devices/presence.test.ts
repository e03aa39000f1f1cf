import { beforeEach, describe, expect, test } from 'vitest';
import { DUPLICATE_CLIENT, type PresenceEvent } from '@hems/shared/events/presence';
import { happening } from '@hems/shared/events/bus';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import type { Queue } from '../../ports/queue.ts';
import { aDevicesWorld, OWNER, type DevicesWorld } from '../../testing/devices-world.ts';
import { HOME, NOON } from '../../testing/world.ts';
import { changeGateway, newGateway, readGateway } from '../stores/gateways.ts';
import { readEquipment } from './read-equipment.ts';
import { recheck, recheckPresence } from './recheck-presence.ts';
import { revokeGateway } from './revoke-gateway.ts';
import { takePresence } from './take-presence.ts';

const MINUTE_MS = 60_000;
let world: DevicesWorld;
let rechecks: Queue;
beforeEach(async () => {
  world = await aDevicesWorld();
  rechecks = sqliteQueue(world, { name: 'rechecks', visibilitySeconds: 60, attempts: 5 });
});

type Said = Partial<PresenceEvent> & { readonly atMs?: number };
const event = (
  eventType: PresenceEvent['eventType'],
  { atMs = world.clock.now(), ...over }: Said = {},
): PresenceEvent => ({
  clientId: HOME.gateway,
  eventType,
  timestamp: atMs,
  versionNumber: 1,
  ...over,
});
const hear = async (...said: Parameters<typeof event>) =>
  await takePresence({ ...world.deps, rechecks }, event(...said));
/** What Lambda does with the queue, once every message that is due has been taken. */
const lookAgain = async (): Promise<number> => {
  let looked = 0;
  for (;;) {
    const messages = await rechecks.receive(10);
    if (messages.length === 0) return looked;
    for (const { body, receipt } of messages) {
      await recheckPresence(world, recheck.parse(JSON.parse(body)));
      await rechecks.acknowledge(receipt);
      looked += 1;
    }
  }
};
const after = (ms: number): void => world.clock.set(world.clock.now() + ms);
const offline = () => world.said.filter(({ type }) => type === 'gateway.offline');
const presence = async () => (await readEquipment(world, HOME.householdId)).gateways[0]?.presence;

describe('a gateway that goes away', () => {
  test('is offline, and everybody told once, when it has not come back after three minutes', async () => {
    await hear('connected');
    expect(await presence()).toBe('online');
    after(MINUTE_MS);
    await hear('disconnected');
    after(2 * MINUTE_MS);
    expect([await lookAgain(), await presence()]).toEqual([0, 'online']);
    after(MINUTE_MS);
    expect([await lookAgain(), await presence()]).toEqual([1, 'offline']);
    expect(offline()).toHaveLength(1);
    const [said] = offline();
    expect(happening.parse(said?.detail)).toMatchObject({ householdId: HOME.householdId, atMs: NOON + MINUTE_MS });
  });

  test('and comes back in time is told to nobody', async () => {
    await hear('connected');
    await hear('disconnected');
    after(2 * MINUTE_MS);
    await hear('connected', { versionNumber: 2 });
    after(2 * MINUTE_MS);
    expect([await lookAgain(), await presence()]).toEqual([1, 'online']);
    expect(offline()).toEqual([]);
  });

  test('is told once, though the broker says it twice and the queue brings the look back', async () => {
    await hear('connected');
    const gone = NOON + MINUTE_MS;
    world.clock.set(gone);
    await hear('disconnected', { atMs: gone });
    await hear('disconnected', { atMs: gone });
    after(3 * MINUTE_MS);
    expect(await lookAgain()).toBe(2);
    expect(offline()).toHaveLength(1);
  });

  test('is told of at each time under one key, by which notices let one through a day', async () => {
    for (const versionNumber of [1, 2]) {
      await hear('connected', { versionNumber });
      after(MINUTE_MS);
      await hear('disconnected', { versionNumber });
      after(3 * MINUTE_MS);
      await lookAgain();
    }
    expect(offline().map(({ detail }) => detail['key'])).toEqual([
      `offline:${HOME.gateway}`,
      `offline:${HOME.gateway}`,
    ]);
  });

  test('is not called back by an old word of having come that arrives late', async () => {
    await hear('disconnected', { versionNumber: 7 });
    await hear('connected', { versionNumber: 7, atMs: NOON - 1000 });
    await hear('connected', { versionNumber: 6, atMs: NOON - 5000 });
    after(3 * MINUTE_MS);
    await lookAgain();
    expect(await presence()).toBe('offline');
    expect(offline()).toHaveLength(1);
  });

  test('comes back after an hour with a version that begins at 0 again', async () => {
    await hear('disconnected', { versionNumber: 900 });
    after(61 * MINUTE_MS);
    await hear('connected', { versionNumber: 0 });
    expect(await presence()).toBe('online');
  });

  test('is told of though the first handling of the word was cut short after it was written', async () => {
    await hear('connected');
    const failing = { ...rechecks, send: async () => Promise.reject(new Error('the queue is away')) };
    const gone = event('disconnected');
    await expect(takePresence({ ...world.deps, rechecks: failing }, gone)).rejects.toThrow('away');
    await takePresence({ ...world.deps, rechecks }, gone);
    after(3 * MINUTE_MS);
    await lookAgain();
    expect(offline()).toHaveLength(1);
  });

  test('after it was revoked says nothing', async () => {
    await hear('connected');
    await revokeGateway(world.deps, OWNER, HOME.gateway);
    await hear('disconnected');
    after(3 * MINUTE_MS);
    expect([await lookAgain(), offline()]).toEqual([0, []]);
  });

  test('after it was revoked and comes all the same is cut off again', async () => {
    await revokeGateway(world.deps, OWNER, HOME.gateway);
    await hear('connected');
    expect(world.registry.asked).toEqual([`cut off ${HOME.gateway}`, `cut off ${HOME.gateway}`]);
    expect((await readGateway(world.table, HOME))?.presence).toBeUndefined();
  });
});

test('a client that is no gateway of ours, such as one with the claim certificate, is nothing to know of', async () => {
  await hear('connected', { clientId: 'claim-abc' });
  await hear('disconnected', { clientId: 'claim-abc' });
  expect(await rechecks.depth()).toMatchObject({ waiting: 0 });
});

test('a thousand gateways that go away and come back within two minutes tell nobody anything', async () => {
  const places = Array.from({ length: 1000 }, (_, n) => ({ householdId: `h-storm-${n}`, gateway: `g-storm-${n}` }));
  for (let from = 0; from < places.length; from += 100)
    await world.table.transact(places.slice(from, from + 100).map((place) => ({ put: newGateway(place) })));
  const all = async (type: PresenceEvent['eventType'], versionNumber: number) =>
    await Promise.all(places.map(async ({ gateway }) => await hear(type, { clientId: gateway, versionNumber })));
  await all('connected', 1);
  after(MINUTE_MS);
  await all('disconnected', 1);
  after(2 * MINUTE_MS);
  await all('connected', 2);
  after(3 * MINUTE_MS);
  expect(await lookAgain()).toBe(1000);
  expect(world.said).toEqual([]);
});

describe('a certificate that two clients use', () => {
  const kick = async (versionNumber: number, atMs = world.clock.now()) =>
    await hear('disconnected', { versionNumber, atMs, disconnectReason: DUPLICATE_CLIENT });
  const alerts = () => world.said.filter(({ type }) => type === 'security.alert');
  const isDoubled = async () => (await readEquipment(world, HOME.householdId)).gateways[0]?.isDoubled;

  test('marks its gateway at the third time within ten minutes that one pushed the other off, and says so once', async () => {
    for (const versionNumber of [1, 2]) {
      await kick(versionNumber);
      after(MINUTE_MS);
    }
    expect([await isDoubled(), alerts().length]).toEqual([false, 0]);
    await kick(3);
    for (const versionNumber of [4, 5, 6]) {
      after(1000);
      await kick(versionNumber);
    }
    expect(await isDoubled()).toBe(true);
    expect(alerts()).toMatchObject([
      { detail: { householdId: HOME.householdId, facts: { what: 'gateway-doubled', gateway: HOME.gateway } } },
    ]);
  });

  test('is not seen in one that comes back over a bad line now and then, nor in one word said three times', async () => {
    for (const versionNumber of [1, 2, 3, 4]) {
      await kick(versionNumber);
      after(6 * MINUTE_MS);
    }
    const atMs = world.clock.now();
    for (let n = 0; n < 3; n += 1) await kick(9, atMs);
    expect([await isDoubled(), alerts()]).toEqual([false, []]);
  });

  test('counts a push whose word comes after that of the connection that pushed', async () => {
    for (const versionNumber of [1, 2, 3]) {
      await hear('connected', { versionNumber: versionNumber + 1 });
      await kick(versionNumber, world.clock.now() - 10);
      after(MINUTE_MS);
    }
    expect(await isDoubled()).toBe(true);
    expect(await presence()).toBe('online');
  });
});

describe('a gateway that comes with its next certificate', () => {
  const place = { householdId: HOME.householdId, gateway: HOME.gateway };
  const given = async () =>
    await changeGateway(world, place, (before) => ({
      ...before,
      certificateId: 'c-1',
      nextCertificateId: 'c-2',
      doubled: { version: 1, atMs: NOON },
    }));

  test('works with that one from then on; whatever else it was given ends and the mark of two clients goes', async () => {
    await given();
    await hear('connected', { principalIdentifier: 'c-1' });
    expect(world.registry.asked).toEqual([]);
    await hear('connected', { versionNumber: 2, principalIdentifier: 'c-2' });
    await hear('connected', { versionNumber: 2, principalIdentifier: 'c-2' });
    expect(world.registry.asked).toEqual([`cut off ${HOME.gateway} but c-2`]);
    const now = await readGateway(world.table, place);
    expect([now?.certificateId, now?.nextCertificateId, now?.doubled]).toEqual(['c-2', undefined, undefined]);
  });

  test('keeps both until the one before could be revoked', async () => {
    await given();
    world.registry.fail(new Error('the registry is away'));
    const came = event('connected', { versionNumber: 2, principalIdentifier: 'c-2' });
    await expect(takePresence({ ...world.deps, rechecks }, came)).rejects.toThrow('away');
    expect((await readGateway(world.table, place))?.nextCertificateId).toBe('c-2');
    await takePresence({ ...world.deps, rechecks }, came);
    expect(world.registry.asked).toEqual([`cut off ${HOME.gateway} but c-2`]);
    expect((await readGateway(world.table, place))?.certificateId).toBe('c-2');
  });

  test('is cut off again when it comes with one that was taken back, and stays when that word is an old one', async () => {
    await given();
    await hear('connected', { versionNumber: 2, principalIdentifier: 'c-0' });
    expect(world.registry.asked).toEqual(['revoke c-0']);
    await hear('connected', { versionNumber: 3, principalIdentifier: 'c-2' });
    await hear('connected', { versionNumber: 1, principalIdentifier: 'c-1', atMs: NOON - 1000 });
    expect(world.registry.asked.slice(1)).toEqual([`cut off ${HOME.gateway} but c-2`, 'withdraw c-1']);
  });
});

test('a gateway that was entered by hand has no certificate on record, and is let be', async () => {
  await hear('connected', { principalIdentifier: 'c-1' });
  expect(world.registry.asked).toEqual([]);
});
