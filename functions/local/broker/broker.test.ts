import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '@hems/shared/events/commands';
import { MAX_MESSAGE_BYTES } from '@hems/shared/events/telemetry';
import { makeKey } from '../../adapters/embedded/signing-request.ts';
import { aBroker, dial, ended, type Handler, type TestBroker } from '../testing/broker.ts';

const HOME = { household: 't-home', gateway: 'g-home' };
const OTHER = { household: 't-other', gateway: 'g-other' };
const READING = 'hems/v1/t-home/g-home/reading';

let host: TestBroker;
/** what the test has ingest do before it succeeds */
let before: Handler;
let deadLetters: string[];
let keepDeadLetter: (body: string) => Promise<void>;

beforeEach(async () => {
  before = async () => undefined;
  deadLetters = [];
  keepDeadLetter = async (body) => void deadLetters.push(body);
  host = await aBroker({
    ingest: async (events) => await before(events),
    deadLetters: async (body) => await keepDeadLetter(body),
  });
});
afterEach(async () => await host.close());

const homeGateway = async () => await dial(host, await host.gateway(HOME), { clientId: HOME.gateway });
const otherGateway = async () => await dial(host, await host.gateway(OTHER), { clientId: OTHER.gateway });

describe('a reading of a registered gateway', () => {
  test('reaches ingest as the event that the IoT rule makes of it', async () => {
    const client = await homeGateway();
    const from = Date.now();
    await client.publishAsync(READING, '{"v":1}', { qos: 1 });
    expect(host.taken).toEqual([
      {
        payload: Buffer.from('{"v":1}').toString('base64'),
        channel: 'reading',
        household: 't-home',
        gateway: 'g-home',
        received: expect.toSatisfy((at: number) => at >= from && at <= Date.now()) as number,
        correlation: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) as string,
      },
    ]);
  });

  test('is acknowledged only after ingest has said that it is durable', async () => {
    const order: string[] = [];
    before = async () => {
      await sleep(50);
      order.push('durable');
    };
    const client = await homeGateway();
    await client.publishAsync(READING, '{}', { qos: 1 });
    order.push('acknowledged');
    expect(order).toEqual(['durable', 'acknowledged']);
  });

  test('goes alone at rest and together under load', async () => {
    const sizes: number[] = [];
    before = async (events) => {
      sizes.push(events.length);
      await sleep(20);
    };
    const client = await homeGateway();
    await client.publishAsync(READING, '{}', { qos: 1 });
    await Promise.all(Array.from({ length: 50 }, async () => await client.publishAsync(READING, '{}', { qos: 1 })));
    expect(sizes[0]).toBe(1);
    expect(sizes.length).toBeLessThan(10);
    expect(host.taken).toHaveLength(51);
  });

  test('whose device goes away before the acknowledgement is ingested all the same, and nobody is blamed', async () => {
    before = async () => await sleep(50);
    const client = await homeGateway();
    client.publish(READING, '{}', { qos: 1 }, () => undefined);
    await sleep(20);
    client.stream.destroy();
    await expect.poll(() => host.taken).toHaveLength(1);
    await sleep(10);
    expect(host.said).toEqual([]);
  });

  test('that is on its way when the host stops is finished and acknowledged', async () => {
    const begun = Promise.withResolvers<void>();
    before = async () => {
      begun.resolve();
      await sleep(100);
    };
    const client = await homeGateway();
    const sent = client.publishAsync(READING, '{}', { qos: 1 });
    await begun.promise;
    await host.broker.close();
    await expect(sent).resolves.toBeDefined();
    expect(host.taken).toHaveLength(1);
  });
});

describe('a message that ingest fails on', () => {
  const failing = 'poison';
  const isPoison = ({ payload }: { payload: string }) => Buffer.from(payload, 'base64').toString() === failing;

  test('goes to the dead letters and is then acknowledged, its neighbours are ingested', async () => {
    before = async (events) => {
      if (events.some(isPoison)) throw new Error('no table');
    };
    const client = await homeGateway();
    const payloads = ['1', '2', failing, '4', '5'];
    await Promise.all(payloads.map(async (payload) => await client.publishAsync(READING, payload, { qos: 1 })));
    expect(host.taken).toHaveLength(4);
    expect(deadLetters.map((body) => JSON.parse(body) as unknown)).toMatchObject([
      { channel: 'reading', gateway: 'g-home', payload: Buffer.from(failing).toString('base64') },
    ]);
    expect(host.said.join()).toContain('no table');
  });

  test('once is tried again and loses nothing', async () => {
    let calls = 0;
    before = async () => {
      calls += 1;
      if (calls === 1) throw new Error('busy');
    };
    const client = await homeGateway();
    await client.publishAsync(READING, 'x', { qos: 1 });
    expect(host.taken).toHaveLength(1);
    expect(deadLetters).toEqual([]);
  });

  test('stays unacknowledged when the dead letters fail too, so the device sends it again', async () => {
    before = async () => await Promise.reject(new Error('disk full'));
    keepDeadLetter = async () => await Promise.reject(new Error('disk full'));
    const client = await homeGateway();
    let acknowledged = false;
    client.publish(READING, 'x', { qos: 1 }, (error) => {
      acknowledged = !error;
    });
    await ended(client);
    expect(acknowledged).toBe(false);
    expect(host.lanes.counters().unsaid).toBe(1);
  });
});

describe('the broker closes its door', () => {
  test('to a connection without a certificate', async () => {
    await expect(dial(host, undefined, { clientId: HOME.gateway })).rejects.toBeInstanceOf(Error);
    await expect.poll(() => host.said.join()).toMatch(/TLS: .*certificate/);
  });

  test('to a certificate of a foreign authority', async () => {
    const foreign = await aBroker({});
    const credentials = await foreign.gateway(HOME);
    await foreign.close();
    await expect(dial(host, credentials, { clientId: HOME.gateway })).rejects.toBeInstanceOf(Error);
    await expect.poll(() => host.said.join()).toMatch(/TLS: .*verif/);
  });

  test('to a certificate of its own authority that was never registered', async () => {
    const { privateKeyPem, signingRequestPem } = await makeKey();
    const credentials = { privateKeyPem, certificatePem: await host.authority.certify(signingRequestPem) };
    await expect(dial(host, credentials, { clientId: HOME.gateway })).rejects.toThrow(/Not authorized/);
    expect(host.said.join()).toContain('never registered');
  });

  test('to a revoked certificate, and ends its open connection at once', async () => {
    const credentials = await host.gateway(HOME);
    const client = await dial(host, credentials, { clientId: HOME.gateway });
    await Promise.all([ended(client), host.registry.revoke(HOME.gateway, credentials.certificateId)]);
    await expect(dial(host, credentials, { clientId: HOME.gateway })).rejects.toThrow(/Not authorized/);
  });

  test('to a second certificate of a gateway no more than to the first, when only that one is revoked', async () => {
    const first = await host.gateway(HOME);
    const second = await host.gateway(HOME);
    await host.registry.revoke(HOME.gateway, first.certificateId);
    const client = await dial(host, second, { clientId: HOME.gateway });
    expect(client.connected).toBe(true);
  });

  test('to a client id that is not the gateway of the certificate', async () => {
    await expect(dial(host, await host.gateway(HOME), { clientId: OTHER.gateway })).rejects.toThrow(/Not authorized/);
    expect(host.said.join()).toContain('"g-other" is not the gateway g-home');
  });

  test('to a last will on a topic of another home', async () => {
    const will = { topic: 'hems/v1/t-other/g-other/health', payload: Buffer.from('{}') };
    await expect(dial(host, await host.gateway(HOME), { clientId: HOME.gateway, will })).rejects.toThrow(
      /Not authorized/,
    );
  });
});

describe('a connection ends when its gateway', () => {
  test.each([
    ['publishes on a topic of another home', 'hems/v1/t-other/g-other/reading'],
    ['publishes as another gateway of its home', 'hems/v1/t-home/g-second/reading'],
    ['publishes an order to itself', 'hems/v1/t-home/g-home/cmd'],
    ['publishes outside of the topics', '$SYS/anything'],
  ])('%s', async (_what, topic) => {
    const client = await homeGateway();
    client.publish(topic, '{}', { qos: 1 });
    await ended(client);
    expect(host.taken).toEqual([]);
    expect(host.said.join()).toContain(`gateway g-home: may not publish to "${topic}"`);
  });

  test.each(['hems/v1/t-other/g-other/cmd', 'hems/v1/+/+/cmd', '#', '$SYS/#', 'hems/v1/t-home/g-home/reading'])(
    'subscribes to %s',
    async (filter) => {
      const client = await homeGateway();
      client.subscribe(filter, () => undefined);
      await ended(client);
      expect(host.said.join()).toContain('may not subscribe');
    },
  );

  test('sends a payload over 128 KB, and the readings of others go on', async () => {
    const [client, neighbour] = await Promise.all([homeGateway(), otherGateway()]);
    client.publish(READING, Buffer.alloc(MAX_MESSAGE_BYTES + 1, 'x'), { qos: 1 });
    await ended(client);
    await neighbour.publishAsync('hems/v1/t-other/g-other/reading', '{}', { qos: 1 });
    expect(host.taken.map(({ gateway }) => gateway)).toEqual(['g-other']);
  });

  test('announces a packet of 200 MB, before those bytes have come', async () => {
    const client = await homeGateway();
    client.stream.write(Buffer.from([0x32, 0x80, 0x80, 0x80, 0x64]));
    await ended(client);
    expect(host.said.join()).toContain('announced a packet of 209715200 bytes');
  });

  test('asks for QoS 2, which AWS IoT Core does not offer either', async () => {
    const client = await homeGateway();
    client.publish(READING, '{}', { qos: 2 });
    await ended(client);
    expect(host.taken).toEqual([]);
  });
});

test('a payload of exactly 128 KB is taken', async () => {
  const client = await homeGateway();
  await client.publishAsync(READING, Buffer.alloc(MAX_MESSAGE_BYTES, 'x'), { qos: 1 });
  expect(host.taken).toHaveLength(1);
});

test('an order reaches its gateway and no other', async () => {
  const [client, neighbour] = await Promise.all([homeGateway(), otherGateway()]);
  await Promise.all([
    client.subscribeAsync('hems/v1/t-home/g-home/cmd', { qos: 1 }),
    neighbour.subscribeAsync('hems/v1/t-other/g-other/cmd', { qos: 1 }),
  ]);
  const heard: string[] = [];
  neighbour.on('message', (topic) => heard.push(topic));
  const command: Command = {
    v: 1,
    cmd_id: 'c1',
    issued_at: 1,
    expires_at: 2,
    device: 'plug-1',
    action: 'switch',
    params: { on: false },
  };
  const arrived = new Promise((resolve) =>
    client.once('message', (topic, payload) => resolve([topic, JSON.parse(payload.toString())])),
  );
  await host.broker.channel.send(HOME, command);
  expect(await arrived).toEqual(['hems/v1/t-home/g-home/cmd', command]);
  expect(heard).toEqual([]);
});

test('results of orders go to the handler of results, the first health of a connection to that of health, any other to none', async () => {
  const results: string[] = [];
  const health: string[] = [];
  await host.close();
  host = await aBroker({
    commandResult: async (events) => void results.push(...events.map(({ channel }) => channel)),
    health: async (events) =>
      void health.push(...events.map(({ payload }) => Buffer.from(payload, 'base64').toString())),
  });
  const client = await homeGateway();
  await client.publishAsync('hems/v1/t-home/g-home/cmd/result', '{}', { qos: 1 });
  for (const message of ['{}', '{"hello":1}', '{"hello":false}', 'hello', '[]', '{"hello":true}'])
    await client.publishAsync('hems/v1/t-home/g-home/health', message, { qos: 1 });
  expect(health).toEqual(['{"hello":true}']);
  expect(results).toEqual(['cmd/result']);
  expect(host.taken).toEqual([]);
});

test('a gateway that floods the broker does not hold up the reading of another home', async () => {
  before = async (events) => await sleep(events.length / 20);
  const [flooder, neighbour] = await Promise.all([homeGateway(), otherGateway()]);
  const flood = Promise.all(
    Array.from({ length: 5000 }, async () => await flooder.publishAsync(READING, '{"x":1}', { qos: 1 })),
  );
  await sleep(20);
  await neighbour.publishAsync('hems/v1/t-other/g-other/reading', '{}', { qos: 1 });
  const ahead = host.taken.findIndex(({ gateway }) => gateway === OTHER.gateway);
  await flood;
  expect(host.taken).toHaveLength(5001);
  expect(ahead).toBeLessThan(1000);
});
