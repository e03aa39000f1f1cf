import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '@hems/models/calendar/seoul';
import { RETRY_PAUSES_MS } from '@hems/models/partner/retries';
import { webhookEnvelope } from '@hems/shared/partner-api/webhooks';
import { webhookRefusal } from '@hems/shared/signing/webhook';
import * as z from 'zod';
import { AddressRefused, AnswerLate } from '../../ports/http-out.ts';
import { aDispatch, aWebhookWorld, OFFICE, type WebhookWorld } from '../../testing/webhook-world.ts';
import { NOON } from '../../testing/world.ts';
import { enterPartner } from '../../testing/partner-call.ts';
import { changeEndpoint, listEndpoints } from './endpoints.ts';
import { replay } from './log.ts';
import { tellPartner } from './tell-partner.ts';

const NOTHING = { headers: {} as Record<string, string>, body: '' };
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const URL_OF_OFFICE = 'https://office.example/hook';

let world: WebhookWorld;
beforeEach(async () => {
  world = await aWebhookWorld();
});
const tell = (key: string, over: { orderedBy?: string } = {}) =>
  tellPartner(world.deps, { partnerId: OFFICE, type: 'event.dispatched', data: aDispatch(key), key, ...over });
const envelopes = () => world.received.map(({ body }) => z.parse(webhookEnvelope, JSON.parse(body)));

describe('a message to a partner', () => {
  test('arrives signed, in its envelope, once for every endpoint that asked for its type', async () => {
    const office = await world.addEndpoint();
    await world.addEndpoint('https://office.example/other', ['settlement.ready']);
    expect(await tell('e-1')).toEqual({ told: 1 });
    await world.work();
    expect(world.received.map(({ url }) => url)).toEqual([URL_OF_OFFICE]);
    const [{ headers, body } = NOTHING] = world.received;
    const nowS = world.clock.now() / 1000;
    expect(await webhookRefusal({ headers, body }, { secret: office.secret, nowS })).toBeUndefined();
    expect(await webhookRefusal({ headers, body: `${body} ` }, { secret: office.secret, nowS })).toBe(
      'wrong-signature',
    );
    expect(headers['content-type']).toBe('application/json');
    expect(envelopes()[0]).toMatchObject({
      id: headers['webhook-id'],
      type: 'event.dispatched',
      version: 1,
      atMs: NOON,
      partnerId: OFFICE,
      orderedBy: null,
      data: aDispatch('e-1'),
    });
    expect(await world.log(office.ref.endpointId)).toMatchObject([
      { deliveryId: headers['webhook-id'], state: 'delivered', attempts: [{ status: 200, reason: 'delivered' }] },
    ]);
  });

  test('told again under its key is the same message, also when it was delivered long ago', async () => {
    await world.addEndpoint();
    await tell('e-1');
    expect(await tell('e-1')).toEqual({ told: 0 });
    await world.work();
    await world.pass(HOUR_MS);
    expect(await tell('e-1')).toEqual({ told: 0 });
    await world.pass(HOUR_MS);
    expect(world.received).toHaveLength(1);
  });

  test('is told once by ten who tell it at once', async () => {
    await world.addEndpoint();
    const told = await Promise.all(Array.from({ length: 10 }, () => tell('e-1')));
    expect(told.filter((one) => one.told === 1)).toHaveLength(1);
    await world.work();
    expect(world.received).toHaveLength(1);
  });

  test('has an ordering number that rises within what it is ordered by, also among many told at once', async () => {
    await world.addEndpoint();
    await Promise.all(['a-1', 'a-2', 'a-3'].map((key) => tell(key, { orderedBy: 'a' })));
    await tell('b-1', { orderedBy: 'b' });
    await world.work();
    const of = (orderedBy: string) =>
      envelopes()
        .filter((one) => one.orderedBy === orderedBy)
        .map(({ sequence }) => sequence);
    expect(of('a').toSorted()).toEqual([NOON, NOON + 1, NOON + 2]);
    expect(of('b')).toEqual([NOON]);
    world.set(NOON + 31 * 24 * HOUR_MS);
    await tell('a-4', { orderedBy: 'a' });
    await world.work();
    expect(Math.max(...of('a'))).toBe(world.clock.now());
  });

  test('that names no endpoint costs nothing and is no error', async () => {
    expect(await tell('e-1')).toEqual({ told: 0 });
    expect(await world.queue.depth()).toEqual({ waiting: 0, dead: 0 });
  });

  test('too large to be kept is refused to whoever tells it, not lost on the way', async () => {
    await world.addEndpoint();
    const data = { ...aDispatch('e-1'), programme: 'x'.repeat(200_001) };
    const told = tellPartner(world.deps, { partnerId: OFFICE, type: 'event.dispatched', data, key: 'k' });
    await expect(told).rejects.toThrow('say where it is to be read instead');
  });

  test('to a partner that was suspended meanwhile is kept and not sent', async () => {
    const { ref } = await world.addEndpoint();
    await tell('e-1');
    await enterPartner(world.deps.table, { partnerId: OFFICE, status: 'suspended' });
    await world.work();
    expect(world.received).toEqual([]);
    expect(await world.log(ref.endpointId)).toMatchObject([{ state: 'dead', why: 'partner-suspended' }]);
  });
});

describe('a message that is not taken', () => {
  test.each([
    ['answers 500', () => 500, { status: 500, reason: 'status' }],
    ['answers 404', () => 404, { status: 404, reason: 'status' }],
    [
      'leads elsewhere',
      () => ({ status: 302, headers: { location: 'https://10.0.0.1/' } }),
      { status: 302, reason: 'redirect' },
    ],
    ['hangs', () => new AnswerLate('late'), { status: null, reason: 'timeout' }],
    ['is away', () => new Error('ECONNREFUSED'), { status: null, reason: 'unreachable' }],
    [
      'has come to be a private address',
      () => new AddressRefused('private'),
      { status: null, reason: 'address-refused' },
    ],
  ])(
    'because the receiver %s is tried eight times over more than a day under one id, and kept',
    async (_, says, attempt) => {
      const { ref, secret } = await world.addEndpoint();
      world.receivers.set(URL_OF_OFFICE, says);
      await tell('e-1');
      await world.work();
      await world.pass(40 * HOUR_MS);

      expect(world.received).toHaveLength(8);
      expect(new Set(world.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      for (const [i, pauseMs] of RETRY_PAUSES_MS.entries()) {
        const waitedMs = (world.received[i + 1]?.atMs ?? 0) - (world.received[i]?.atMs ?? 0);
        expect(waitedMs).toBeGreaterThanOrEqual(pauseMs);
        // the clock of the test goes by minutes
        expect(waitedMs).toBeLessThanOrEqual(pauseMs * 1.2 + 2 * MINUTE);
      }
      for (const one of world.received)
        expect(await webhookRefusal(one, { secret, nowS: one.atMs / SECOND })).toBeUndefined();
      const [dead] = await world.log(ref.endpointId);
      expect(dead).toMatchObject({ state: 'dead', why: 'delivery-failed', nextAtMs: null });
      expect(dead?.attempts).toHaveLength(8);
      expect(dead?.attempts[7]).toMatchObject(attempt);
      expect(await listEndpoints(world.deps, OFFICE)).toMatchObject([{ status: 'active' }]);
    },
  );

  test('is over as soon as it is taken', async () => {
    await world.addEndpoint();
    const answers = [503, 500, 200];
    world.receivers.set(URL_OF_OFFICE, () => answers.shift() ?? 500);
    await tell('e-1');
    await world.work();
    await world.pass(40 * HOUR_MS);
    expect(world.received).toHaveLength(3);
  });

  test.each([
    ['two hours', '7200', 2 * HOUR_MS],
    ['two hours, as a date', new Date(NOON + 2 * HOUR_MS).toUTCString(), 2 * HOUR_MS],
    ['a year', '31536000', 10 * HOUR_MS],
    ['nothing that can be understood', 'later', 5 * SECOND],
  ])('waits where the receiver answers 429 and asks for %s', async (_, retryAfter, pauseMs) => {
    const { ref } = await world.addEndpoint();
    world.receivers.set(URL_OF_OFFICE, () => ({ status: 429, headers: { 'retry-after': retryAfter } }));
    await tell('e-1');
    await world.work();
    const [delivery] = await world.log(ref.endpointId);
    expect(delivery?.nextAtMs).toBeGreaterThanOrEqual(NOON + pauseMs);
    expect(delivery?.nextAtMs).toBeLessThanOrEqual(NOON + pauseMs * 1.2);
  });

  test('because the receiver is gone (410) ends the endpoint at once, and what waits for it is kept', async () => {
    const { ref, endpoint } = await world.addEndpoint();
    await tell('e-1');
    await tell('e-2');
    world.receivers.set(URL_OF_OFFICE, () => 410);
    await world.work();
    expect(await listEndpoints(world.deps, OFFICE)).toMatchObject([{ status: 'disabled', why: 'gone' }]);
    const before = world.received.length;
    await tell('e-3');
    await world.pass(40 * HOUR_MS);
    expect(world.received).toHaveLength(before);
    const log = await world.log(ref.endpointId);
    expect(log.map(({ state, why }) => [state, why])).toEqual(
      Array.from({ length: 3 }, () => ['dead', 'endpoint-disabled']),
    );

    world.receivers.delete(URL_OF_OFFICE);
    await changeEndpoint(world.deps, ref, { url: endpoint.url, types: endpoint.types, status: 'active' });
    expect(await replay(world.deps, ref, { sinceMs: 0 })).toEqual({ replayed: 3, more: false });
    await world.work();
    expect((await world.log(ref.endpointId)).map(({ state }) => state)).toEqual([
      'delivered',
      'delivered',
      'delivered',
    ]);
  });

  test('five times in a row breaks the endpoint: nothing more is posted until the partner has mended it, and nothing is lost', async () => {
    const { ref, endpoint } = await world.addEndpoint();
    world.receivers.set(URL_OF_OFFICE, () => 500);
    for (let i = 1; i <= 6; i += 1) {
      await tell(`e-${i}`);
      await world.pass(HOUR_MS);
    }
    await world.pass(40 * HOUR_MS);
    expect(await listEndpoints(world.deps, OFFICE)).toMatchObject([{ status: 'broken', why: 'dead-letters' }]);
    const posts = world.received.length;
    await tell('e-7');
    await world.pass(2 * HOUR_MS);
    expect(world.received).toHaveLength(posts);
    await expect(replay(world.deps, ref, { sinceMs: 0 })).rejects.toThrow('make it active first');

    world.receivers.delete(URL_OF_OFFICE);
    await changeEndpoint(world.deps, ref, { url: endpoint.url, types: endpoint.types, status: 'active' });
    expect(await replay(world.deps, ref, { sinceMs: 0 })).toEqual({ replayed: 7, more: false });
    await world.work();
    const ids = new Set(world.received.slice(posts).map(({ headers }) => headers['webhook-id']));
    expect(ids.size).toBe(7);
  });

  test('between others that are does not break the endpoint', async () => {
    await world.addEndpoint();
    world.receivers.set(URL_OF_OFFICE, ({ body }) => (body.includes('bad-') ? 500 : 200));
    for (let i = 1; i <= 6; i += 1) {
      await tell(`bad-${i}`);
      await world.pass(40 * HOUR_MS);
      await tell(`good-${i}`);
      await world.work();
    }
    expect(await listEndpoints(world.deps, OFFICE)).toMatchObject([{ status: 'active' }]);
  });
});

describe('a dead message', () => {
  const die = async () => {
    const { ref } = await world.addEndpoint();
    world.receivers.set(URL_OF_OFFICE, () => 500);
    await tell('e-1');
    await world.pass(40 * HOUR_MS);
    world.receivers.delete(URL_OF_OFFICE);
    world.received.length = 0;
    const [dead] = await world.log(ref.endpointId);
    return { ref, deliveryId: dead?.deliveryId ?? '' };
  };

  test('is replayed under its id, once however often it is asked for', async () => {
    const { ref, deliveryId } = await die();
    const asked = await Promise.all([1, 2, 3].map(() => replay(world.deps, ref, { deliveryId })));
    expect(asked.map(({ replayed }) => replayed).toSorted()).toEqual([0, 0, 1]);
    await world.work();
    expect(await replay(world.deps, ref, { deliveryId })).toEqual({ replayed: 0, more: false });
    await world.pass(HOUR_MS);
    expect(world.received.map(({ headers }) => headers['webhook-id'])).toEqual([deliveryId]);
    expect((await world.log(ref.endpointId))[0]).toMatchObject({ state: 'delivered', why: null });
    expect((await world.log(ref.endpointId))[0]?.attempts).toHaveLength(9);
  });

  test('made before the time asked for stays dead', async () => {
    const { ref } = await die();
    expect(await replay(world.deps, ref, { sinceMs: NOON + 1 })).toEqual({ replayed: 0, more: false });
    expect(await replay(world.deps, ref, { sinceMs: NOON })).toEqual({ replayed: 1, more: false });
  });

  test('is kept for 30 days after it was given up', async () => {
    const { ref } = await die();
    const givenUpMs = (await world.log(ref.endpointId))[0]?.attempts[7]?.atMs ?? 0;
    world.set(givenUpMs + 30 * 24 * HOUR_MS - MINUTE);
    expect(await world.log(ref.endpointId)).toHaveLength(1);
    world.set(givenUpMs + 30 * 24 * HOUR_MS + MINUTE);
    expect(await world.log(ref.endpointId)).toEqual([]);
  });
});
