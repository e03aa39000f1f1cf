import { setTimeout as sleep } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import type * as z from 'zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  configuredDevices,
  createAnswer,
  PROVISIONING_STEPS,
  provisionAnswer,
  provisioningRejection,
  provisioningTopic,
  type ProvisioningStep,
} from '@hems/shared/events/provisioning';
import { DUPLICATE_CLIENT } from '@hems/shared/events/presence';
import { topicOf } from '@hems/shared/events/topics';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { makeKey } from '../../adapters/embedded/signing-request.ts';
import { aDevicesWorld, NEIGHBOUR, NEIGHBOUR_TELEMETRY, type DevicesWorld } from '../../testing/devices-world.ts';
import { ingest } from '../../use-cases/ingest/ingest.ts';
import { claimGateway } from '../../use-cases/devices/claim-gateway.ts';
import { provisionGateway } from '../../use-cases/devices/provision-gateway.ts';
import { revokeGateway } from '../../use-cases/devices/revoke-gateway.ts';
import { takeHealth } from '../../use-cases/devices/take-health.ts';
import { takePresence } from '../../use-cases/devices/take-presence.ts';
import { listGateways, readGateway } from '../../use-cases/stores/gateways.ts';
import { readLiveStates } from '../../use-cases/stores/live.ts';
import { aBroker, dial, ended, type TestBroker } from '../testing/broker.ts';

/** A gateway's way from the factory to its first reading, over real MQTT and TLS, through the functions that the cloud runs. */

let world: DevicesWorld;
let host: TestBroker;
beforeEach(async () => {
  world = await aDevicesWorld();
  world.clock.set(Date.now());
  const rechecks = sqliteQueue(world, { name: 'rechecks', visibilitySeconds: 60, attempts: 5 });
  host = await aBroker({
    table: world.table,
    hook: async (request) => await provisionGateway({ ...world, registry: host.registry }, request),
    presence: async (event) => await takePresence({ ...world, registry: host.registry, rechecks }, event),
    health: async (events) => await takeHealth(world.deps, events),
    ingest: async (events) => await ingest(world.deps, events),
  });
});
afterEach(async () => {
  await host.close();
  await world.database.close();
});

const SERIAL = 'SERIAL-1';
const claim = async () => {
  const deps = { ...world, registry: host.registry };
  await claimGateway(deps, NEIGHBOUR, await world.label(SERIAL));
  const [gateway] = await listGateways(world.table, NEIGHBOUR.householdId);
  return gateway?.gateway ?? '';
};
const factory = async (clientId = 'claim-1') => await dial(host, host.claim, { clientId });

/** Sends a request and resolves with its answer, refused or not. */
const ask = async (client: MqttClient, step: ProvisioningStep, request: unknown) => {
  const answers = (['accepted', 'rejected'] as const).map((answer) => provisioningTopic(step, answer));
  await client.subscribeAsync(answers);
  const answered = new Promise<[string, Buffer]>((resolve) =>
    client.once('message', (...said) => resolve([said[0], said[1]])),
  );
  await client.publishAsync(provisioningTopic(step), JSON.stringify(request), { qos: 1 });
  const [topic, payload] = await answered;
  return { isAccepted: topic === answers[0], body: JSON.parse(payload.toString()) as unknown };
};
const accepted = async <S extends z.core.$ZodType>(schema: S, answer: ReturnType<typeof ask>): Promise<z.output<S>> => {
  const { isAccepted, body } = await answer;
  if (!isAccepted) throw new Error(provisioningRejection.parse(body).errorMessage);
  return (schema as unknown as z.ZodType<z.output<S>>).parse(body);
};

/** Key, signing request, certificate: what a gateway does with whatever certificate it has. */
const certify = async (client: MqttClient) => {
  const { privateKeyPem, signingRequestPem } = await makeKey();
  const made = await accepted(createAnswer, ask(client, 'create', { certificateSigningRequest: signingRequestPem }));
  return { privateKeyPem, ...made };
};
const provision = (client: MqttClient, certificateOwnershipToken: string, SerialNumber = SERIAL) =>
  ask(client, 'provision', { certificateOwnershipToken, parameters: { SerialNumber } });
const becomeOwn = async (client: MqttClient) => {
  const credentials = await certify(client);
  const answer = await accepted(provisionAnswer, provision(client, credentials.certificateOwnershipToken));
  return { credentials, ...answer };
};
const place = (gateway: string) => ({ householdId: NEIGHBOUR.householdId, gateway });

test('a gateway with the claim certificate alone gets its own, connects with it, and its reading arrives in the home that claimed it', async () => {
  const gateway = await claim();
  const client = await factory();
  const { credentials, thingName, deviceConfiguration } = await becomeOwn(client);
  await client.endAsync();
  expect([thingName, deviceConfiguration.household]).toEqual([gateway, NEIGHBOUR_TELEMETRY]);

  const own = await dial(host, credentials, { clientId: thingName });
  const address = { household: deviceConfiguration.household, gateway: thingName };
  const [meter] = configuredDevices
    .parse(JSON.parse(deviceConfiguration.devices))
    .filter(({ kind }) => kind === 'smart_meter');
  const reading = { v: 1, boot: 1, seq: 1, q: 0, ts: Date.now(), power_w: 420, ...meter };
  await own.publishAsync(topicOf(address, 'reading'), JSON.stringify(reading), { qos: 1 });
  const health = { v: 1, ts: Date.now(), hello: true, version: '2.1.0', queue_depth: 0, oldest_s: 0, devices: [] };
  await own.publishAsync(topicOf(address, 'health'), JSON.stringify(health), { qos: 1 });
  const states = await readLiveStates(world.table, NEIGHBOUR.householdId);
  expect(states.get(meter?.device_id ?? '')).toMatchObject({ ts: reading.ts, quantities: { power_w: 420 } });
  await expect
    .poll(async () => await readGateway(world.table, place(gateway)))
    .toMatchObject({
      firmware: '2.1.0',
      presence: { state: 'connected' },
      certificateId: credentials.certificateId,
    });
  await own.endAsync();
});

describe('the claim certificate', () => {
  test.each([
    ['a client id of a gateway', 'g-home'],
    ['any other client id', 'something'],
  ])('does not connect under %s', async (_, clientId) => {
    await expect(factory(clientId)).rejects.toThrow(/Not authorized/);
  });

  test('opens provisioning and nothing else', async () => {
    const gateway = await claim();
    for (const topic of [
      topicOf({ household: NEIGHBOUR_TELEMETRY, gateway }, 'reading'),
      '$aws/rules/hems_reading',
      `${provisioningTopic('create')}/accepted`,
      '$aws/provisioning-templates/other/provision/json',
    ]) {
      const client = await factory();
      client.publish(topic, '{}', { qos: 1 }, () => undefined);
      await ended(client);
    }
    for (const filter of ['#', '$aws/#', topicOf({ household: NEIGHBOUR_TELEMETRY, gateway }, 'cmd')]) {
      const client = await factory();
      await expect(client.subscribeAsync(filter)).rejects.toBeInstanceOf(Error);
      client.end(true);
    }
    expect(host.taken).toEqual([]);
  });

  test('of another data directory is turned away', async () => {
    const foreign = await aBroker({});
    const credentials = foreign.claim;
    await foreign.close();
    await expect(dial(host, credentials, { clientId: 'claim-1' })).rejects.toBeInstanceOf(Error);
  });
});

describe('a request to be provisioned', () => {
  test('for a gateway that nobody has claimed is refused, and its certificate opens nothing', async () => {
    await world.label(SERIAL);
    const client = await factory();
    const credentials = await certify(client);
    await expect(accepted(provisionAnswer, provision(client, credentials.certificateOwnershipToken))).rejects.toThrow(
      /hook/,
    );
    await expect(dial(host, credentials, { clientId: 'anything' })).rejects.toThrow(/Not authorized/);
    client.end(true);
  });

  test('whose answer was lost is made again, the same or with another certificate, which ends the first', async () => {
    const gateway = await claim();
    const client = await factory();
    const first = await becomeOwn(client);
    const again = await accepted(provisionAnswer, provision(client, first.credentials.certificateOwnershipToken));
    expect(again.thingName).toBe(gateway);
    const { credentials } = await becomeOwn(client);
    await expect(dial(host, first.credentials, { clientId: gateway })).rejects.toThrow(/Not authorized/);
    const own = await dial(host, credentials, { clientId: gateway });
    await expect.poll(async () => (await readGateway(world.table, place(gateway)))?.certificateId).toBeDefined();
    await expect(becomeOwn(client)).rejects.toThrow(/hook/);
    for (const one of [client, own]) one.end(true);
  });

  test.each([
    [
      'an ownership token that was never given',
      'provision',
      { certificateOwnershipToken: 'x', parameters: { SerialNumber: SERIAL } },
    ],
    ['no serial number', 'provision', { certificateOwnershipToken: 'x', parameters: {} }],
    ['a signing request that is none', 'create', { certificateSigningRequest: '-----BEGIN CERTIFICATE REQUEST-----' }],
    ['no request at all', 'create', []],
  ] as const)('with %s is refused in words, and the connection stays', async (_, step, request) => {
    await claim();
    const client = await factory();
    const { isAccepted, body } = await ask(client, step, request);
    expect(isAccepted).toBe(false);
    expect(provisioningRejection.parse(body)).toMatchObject({ statusCode: 403, errorCode: 'Rejected' });
    expect(client.connected).toBe(true);
    client.end(true);
  });

  test('is made on the two topics of the template, which begin alike in CDK and here', () => {
    expect(PROVISIONING_STEPS.map((step) => provisioningTopic(step))).toEqual([
      '$aws/certificates/create-from-csr/json',
      '$aws/provisioning-templates/hems-gateway/provision/json',
    ]);
  });
});

test('a gateway changes its certificate with the one it works with; once it has come with the new one, no other opens anything', async () => {
  const gateway = await claim();
  const client = await factory();
  const { credentials: old } = await becomeOwn(client);
  await client.endAsync();
  const own = await dial(host, old, { clientId: gateway });
  await expect
    .poll(async () => (await readGateway(world.table, place(gateway)))?.certificateId)
    .toBe(old.certificateId);
  // somebody who has a copy of the old one asks as well
  const { credentials: copied } = await becomeOwn(own);
  const { credentials: next } = await becomeOwn(own);
  await expect(dial(host, copied, { clientId: gateway })).rejects.toThrow(/Not authorized/);
  expect(await host.registry.gatewayOf(old.certificateId)).toBeDefined();
  await own.endAsync();
  const renewed = await dial(host, next, { clientId: gateway });
  await expect.poll(async () => await host.registry.gatewayOf(old.certificateId)).toBeUndefined();
  for (const gone of [old, copied])
    await expect(dial(host, gone, { clientId: gateway })).rejects.toThrow(/Not authorized/);
  expect(renewed.connected).toBe(true);
  renewed.end(true);
});

test('a gateway that is revoked loses its connection at once and cannot come back, be provisioned again or be heard', async () => {
  const gateway = await claim();
  const client = await factory();
  const { credentials } = await becomeOwn(client);
  const own = await dial(host, credentials, { clientId: gateway });
  const closed = ended(own);
  await revokeGateway({ ...world, registry: host.registry }, NEIGHBOUR, gateway);
  await closed;
  await expect(dial(host, credentials, { clientId: gateway })).rejects.toThrow(/Not authorized/);
  await expect(becomeOwn(client)).rejects.toThrow(/hook/);
  client.end(true);
});

describe('what the broker says of who comes and goes', () => {
  const ADDRESS = { household: 't-home', gateway: 'g-home' };

  test('has one version for a connection and its end, and a greater one for the next', async () => {
    const credentials = await host.gateway(ADDRESS);
    for (let n = 0; n < 2; n += 1) await (await dial(host, credentials, { clientId: 'g-home' })).endAsync();
    await expect.poll(() => host.present).toHaveLength(4);
    const [came, went, cameAgain, wentAgain] = host.present;
    expect(host.present.map(({ eventType }) => eventType)).toEqual([
      'connected',
      'disconnected',
      'connected',
      'disconnected',
    ]);
    expect([went?.versionNumber, wentAgain?.versionNumber]).toEqual([came?.versionNumber, cameAgain?.versionNumber]);
    expect(cameAgain?.versionNumber).toBeGreaterThan(came?.versionNumber ?? Infinity);
    expect(came).toMatchObject({ clientId: 'g-home', principalIdentifier: credentials.certificateId });
    expect(went?.disconnectReason).toBeUndefined();
  });

  test('tells a client that was pushed off by another with its certificate, and three of those mark the gateway', async () => {
    const gateway = await claim();
    const credentials = await host.gateway({ household: NEIGHBOUR_TELEMETRY, gateway });
    let before: MqttClient | undefined;
    for (let n = 0; n < 4; n += 1) {
      const pushed = before && ended(before);
      before = await dial(host, credentials, { clientId: gateway });
      await pushed;
      await sleep(5);
    }
    await expect
      .poll(() => host.present.filter(({ disconnectReason }) => disconnectReason === DUPLICATE_CLIENT))
      .toHaveLength(3);
    expect((await readGateway(world.table, place(gateway)))?.doubled).toBeDefined();
    expect(world.said.map(({ type }) => type)).toEqual(['security.alert']);
    before?.end(true);
  });

  test('says that all have gone when the host stops', async () => {
    await dial(host, await host.gateway(ADDRESS), { clientId: 'g-home' });
    await host.broker.close();
    expect(host.present.map(({ eventType }) => eventType)).toEqual(['connected', 'disconnected']);
  });

  test('of a connection that was turned away says nothing', async () => {
    const credentials = await host.gateway(ADDRESS);
    await expect(dial(host, credentials, { clientId: 'g-other' })).rejects.toThrow(/Not authorized/);
    await expect(dial(host, host.claim, { clientId: 'g-home' })).rejects.toThrow(/Not authorized/);
    await sleep(20);
    expect(host.present).toEqual([]);
  });
});
