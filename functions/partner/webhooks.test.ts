import { beforeEach, describe, expect, test, vi } from 'vitest';
import { HOUR_MS } from '@hems/models/calendar/seoul';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  pingWebhook,
  replayDeliveries,
  rotateWebhookSecret,
} from '@hems/shared/partner-api/webhooks';
import { readSelf } from '@hems/shared/partner-api/self';
import { webhookRefusal } from '@hems/shared/signing/webhook';
import { AddressRefused, AnswerLate, AnswerTooLong } from '../ports/http-out.ts';
import { log } from '../runtime/log.ts';
import * as ports from '../runtime/ports.ts';
import { callPartner, enterPartner } from '../testing/partner-call.ts';
import { aDispatch, aWebhookWorld, OFFICE, type Says, type WebhookWorld } from '../testing/webhook-world.ts';
import { tellPartner } from '../use-cases/webhooks/tell-partner.ts';
import { handler as self } from './self.ts';
import { handler } from './webhooks.ts';

const HOOK = 'https://office.example/hook';
const WANTED = { url: HOOK, types: ['event.dispatched'] };

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

let world: WebhookWorld;
beforeEach(async () => {
  world = await aWebhookWorld();
  const { table, clock, ids, keys, http, webhooks } = world.deps;
  ports.table.use(table);
  ports.clock.use(clock);
  ports.ids.use(ids);
  ports.keys.use(keys);
  ports.http.use(http);
  ports.webhooks.use(webhooks);
});
const create = (body: unknown = WANTED, as = OFFICE) => callPartner(handler, createWebhook, { as, body });
const list = async (as = OFFICE) => (await callPartner(handler, listWebhooks, { as })).body.endpoints;
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];

describe('an endpoint', () => {
  test('is taken once it has echoed the challenge, and shows its secret once', async () => {
    const { status, body } = await create();
    expect(status).toBe(200);
    expect(body.secret).toMatch(/^whsec_/);
    expect(world.challenged).toEqual([HOOK]);
    expect(await list()).toEqual([body.endpoint]);
    expect(JSON.stringify(await list())).not.toContain('whsec_');
  });

  test('is added once by a request that is sent twice, whose secret stands nowhere readable', async () => {
    const headers = { 'idempotency-key': 'a-key-of-16-letters' };
    const call = { as: OFFICE, body: WANTED, headers };
    const first = await callPartner(handler, createWebhook, call);
    const again = await callPartner(handler, createWebhook, call);
    expect(first.status).toBe(200);
    expect(codeOf(again)).toEqual([409, 'answer-not-kept']);
    expect(await list()).toHaveLength(1);
    const { items } = await world.table.query({ table: 'operations', value: `PARTNER#${OFFICE}` });
    expect(items.some(({ sk }) => sk.startsWith('IDEMPOTENCY#'))).toBe(true);
    expect(JSON.stringify(items)).not.toContain(first.body.secret.slice('whsec_'.length, 20));
  });

  const json =
    (value: unknown): Says =>
    () => ({ status: 200, body: Buffer.from(JSON.stringify(value)) });
  test.each<[string, string, Says]>([
    ['echoes another challenge', 'wrong-answer', json({ challenge: 'another' })],
    ['answers no JSON', 'wrong-answer', () => ({ status: 200, body: Buffer.from('<html>ok</html>') })],
    ['answers JSON of another shape', 'wrong-answer', json([1, 2])],
    ['answers bytes that are no text', 'wrong-answer', () => ({ status: 200, body: Buffer.from([0xff, 0xfe, 0x00]) })],
    ['answers nothing', 'wrong-answer', () => 200],
    ['echoes with status 500', 'wrong-answer', ({ body }) => ({ status: 500, body: Buffer.from(body) })],
    [
      'leads elsewhere',
      'wrong-answer',
      ({ body }) => ({ status: 302, headers: { location: 'https://10.0.0.1/' }, body: Buffer.from(body) }),
    ],
    ['hangs', 'no-answer', () => new AnswerLate('late')],
    ['pours bytes without end', 'no-answer', () => new AnswerTooLong('long')],
    ['is away', 'no-answer', () => new Error('ECONNREFUSED')],
    ['is a private address', 'address-refused', () => new AddressRefused('private')],
  ])('that %s is refused (%s), and nothing of it is kept', async (_, code, says) => {
    world.challenge.says = says;
    expect(codeOf(await create())).toEqual([400, code]);
    expect(await list()).toEqual([]);
  });

  test.each([
    ['an address without TLS', { ...WANTED, url: 'http://office.example/' }],
    ['no address', { ...WANTED, url: 'office' }],
    ['an address of 501 characters', { ...WANTED, url: `https://office.example/${'x'.repeat(478)}` }],
    ['no type', { ...WANTED, types: [] }],
    ['a type that there is not', { ...WANTED, types: ['household.moved'] }],
    ['a type twice', { ...WANTED, types: ['event.dispatched', 'event.dispatched'] }],
    ['10,000 types', { ...WANTED, types: Array.from({ length: 10_000 }, () => 'event.dispatched') }],
    ['a field that nobody knows', { ...WANTED, secret: 'mine' }],
  ])('with %s is refused before anybody is called', async (_, body) => {
    expect((await create(body)).status).toBe(400);
    expect(world.challenged).toEqual([]);
  });

  test('is one of ten, also where many are added at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => create({ ...WANTED, url: `https://office.example/${i}` })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(answers.map(codeOf).filter(([status]) => status === 409)).toEqual([
      [409, 'too-many-endpoints'],
      [409, 'too-many-endpoints'],
    ]);
    expect(await list()).toHaveLength(10);
  });

  test('at a new address, or active again, echoes first; disabled, it need not', async () => {
    const { body } = await create();
    const params = { endpointId: body.endpoint.endpointId };
    const change = (wanted: unknown) => callPartner(handler, changeWebhook, { as: OFFICE, params, body: wanted });
    world.challenge.says = () => 404;
    expect(codeOf(await change({ ...WANTED, url: 'https://new.example/', status: 'active' }))).toEqual([
      400,
      'wrong-answer',
    ]);
    expect((await list())[0]?.url).toBe(HOOK);
    expect((await change({ ...WANTED, types: ['settlement.ready'], status: 'active' })).body.endpoint.types).toEqual([
      'settlement.ready',
    ]);
    expect((await change({ ...WANTED, status: 'disabled' })).body.endpoint).toMatchObject({
      status: 'disabled',
      why: 'by-partner',
    });
    expect(codeOf(await change({ ...WANTED, status: 'active' }))).toEqual([400, 'wrong-answer']);
    expect((await list())[0]?.status).toBe('disabled');
  });

  test('that was deleted is posted to no more, and knows of no deliveries', async () => {
    const { body } = await create();
    const params = { endpointId: body.endpoint.endpointId };
    await tellPartner(world.deps, { partnerId: OFFICE, type: 'event.dispatched', data: aDispatch('e-1'), key: 'e-1' });
    expect((await callPartner(handler, deleteWebhook, { as: OFFICE, params })).body).toEqual({ endpoints: [] });
    await world.work();
    expect(world.received).toEqual([]);
    expect(codeOf(await callPartner(handler, listDeliveries, { as: OFFICE, params }))).toEqual([404, 'no-endpoint']);
  });
});

test('an endpoint that was ended stands in what the platform says of its partner', async () => {
  await create();
  world.receivers.set(HOOK, () => 410);
  await tellPartner(world.deps, { partnerId: OFFICE, type: 'event.dispatched', data: aDispatch('e-1'), key: 'e-1' });
  await world.work();
  const { body } = await callPartner(self, readSelf, { as: OFFICE });
  expect(body.webhooks).toMatchObject([{ url: HOOK, status: 'disabled', why: 'gone', statusAtMs: world.clock.now() }]);
});

describe('another partner', () => {
  test('neither sees nor touches an endpoint', async () => {
    const { body } = await create();
    await enterPartner(world.table, { partnerId: 'other', scopes: ['webhooks:write'] });
    const call = { as: 'other', params: { endpointId: body.endpoint.endpointId } };
    expect(await list('other')).toEqual([]);
    const answers = [
      await callPartner(handler, changeWebhook, { ...call, body: { ...WANTED, status: 'disabled' } }),
      await callPartner(handler, deleteWebhook, call),
      await callPartner(handler, rotateWebhookSecret, { ...call, body: {} }),
      await callPartner(handler, pingWebhook, { ...call, body: {} }),
      await callPartner(handler, listDeliveries, call),
      await callPartner(handler, replayDeliveries, { ...call, body: { sinceMs: 0 } }),
    ];
    expect(answers.map(codeOf)).toEqual(answers.map(() => [404, 'no-endpoint']));
    expect(await list()).toEqual([body.endpoint]);
  });

  test('without the scope is refused', async () => {
    await enterPartner(world.table, { partnerId: 'other', scopes: ['usage:read'] });
    expect(codeOf(await create(WANTED, 'other'))).toEqual([403, 'no-scope']);
  });
});

describe('a partner', () => {
  test('tries its endpoint with a ping, replaces its secret, and is told of both keys', async () => {
    const { body } = await create();
    const call = { as: OFFICE, params: { endpointId: body.endpoint.endpointId }, body: {} };
    const rotated = (await callPartner(handler, rotateWebhookSecret, call)).body;
    const { deliveryId } = (await callPartner(handler, pingWebhook, call)).body;
    await world.work();
    const [{ headers, body: text } = { headers: {} as Record<string, string>, body: '' }] = world.received;
    expect(JSON.parse(text)).toMatchObject({ id: deliveryId, type: 'sandbox.ping', data: {} });
    const nowS = world.clock.now() / 1000;
    for (const secret of [body.secret, rotated.secret])
      expect(await webhookRefusal({ headers, body: text }, { secret, nowS })).toBeUndefined();
  });

  test('pages through the log, narrows it by state, and replays what is dead, all or one', async () => {
    const { body } = await create();
    const call = { as: OFFICE, params: { endpointId: body.endpoint.endpointId } };
    world.receivers.set(HOOK, ({ body: text }) => (text.includes('bad-') ? 500 : 200));
    for (let i = 0; i < 60; i += 1) {
      const key = i % 15 === 0 ? `bad-${i}` : `good-${i}`;
      await tellPartner(world.deps, { partnerId: OFFICE, type: 'event.dispatched', data: aDispatch(key), key });
      world.set(world.clock.now() + 1000);
    }
    await world.work();
    await world.pass(40 * HOUR_MS);
    const read = async (query: Record<string, string> = {}) =>
      (await callPartner(handler, listDeliveries, { ...call, query })).body;
    const first = await read();
    const second = await read({ cursor: first.cursor ?? '' });
    expect([first.deliveries.length, second.deliveries.length, second.cursor]).toEqual([50, 10, null]);
    const times = [...first.deliveries, ...second.deliveries].map(({ createdAtMs }) => createdAtMs);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const dead = (await read({ state: 'dead' })).deliveries;
    expect(dead).toHaveLength(4);
    expect(dead.every(({ why, attempts }) => why === 'delivery-failed' && attempts.length === 8)).toBe(true);
    expect(codeOf(await callPartner(handler, listDeliveries, { ...call, query: { cursor: 'elsewhere' } }))[0]).toBe(
      400,
    );

    const ask = (wanted: unknown) => callPartner(handler, replayDeliveries, { ...call, body: wanted });
    world.receivers.delete(HOOK);
    expect((await ask({ deliveryId: dead[0]?.deliveryId })).body).toEqual({ replayed: 1, more: false });
    expect((await ask({ sinceMs: 0 })).body).toEqual({ replayed: 3, more: false });
    expect(codeOf(await ask({ deliveryId: 'msg_none' }))).toEqual([404, 'no-delivery']);
    expect((await ask({ deliveryId: 'a', sinceMs: 0 })).status).toBe(400);
    expect((await ask({ sinceMs: -1 })).status).toBe(400);
    await world.work();
    expect((await read({ state: 'dead' })).deliveries).toEqual([]);
    expect((await read({ state: 'delivered' })).deliveries).toHaveLength(50);
  });
});
