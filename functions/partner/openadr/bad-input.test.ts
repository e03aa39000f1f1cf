import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventRoutes, listAllNotifiers, programRoutes, venRoutes } from '@hems/shared/openadr/contract';
import { lambdaContext } from '../../local/lambda-context.ts';
import { openadrHandlers } from '../../local/openadr/handlers.ts';
import * as ports from '../../runtime/ports.ts';
import { anOpenadrWorld, callOpenadr, openadrEvent, type OpenadrWorld } from '../../testing/openadr-world.ts';
import { objectIdAt } from '../../use-cases/stores/openadr.ts';

let world: OpenadrWorld;
let programID: string;
beforeAll(async () => {
  world = await anOpenadrWorld();
  programID = ((await callOpenadr(programRoutes.create, { body: { programName: 'tariff' } })).body as { id: string })
    .id;
});
afterAll(async () => await world.close());

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const interval = (type: string, values: unknown[]) => ({ id: 0, payloads: [{ type, values }] });

describe('a body that is not taken is a problem object of OpenADR', () => {
  test.each([
    ['too long', { raw: `{"programName":"${'x'.repeat(300_000)}"}` }, 413],
    ['of another type', { body: {}, headers: { 'content-type': 'text/plain' } }, 415],
    ['a form', { raw: 'programName=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
    ['no JSON', { raw: '{"programName":' }, 400],
    ['not there', {}, 400],
    ['deep', { raw: `{"programName":"x","attributes":${nested(500)}}` }, 400],
    ['a list', { body: [] }, 400],
    ['without a name', { body: {} }, 400],
    ['with an empty name', { body: { programName: '' } }, 400],
    [
      'with 10,000 targets',
      { body: { programName: 'x', targets: Array.from({ length: 10_000 }, (_, i) => `t${i}`) } },
      400,
    ],
  ])('%s', async (_what, call, status) => {
    const answer = await callOpenadr(programRoutes.create, call);
    expect(answer).toMatchObject({
      status,
      body: { status, title: expect.any(String) as string, detail: expect.any(String) as string },
    });
  });

  test('as application/json, as openadr3.yaml says', async () => {
    const event = openadrEvent(programRoutes.create, { body: {} });
    const answer = await openadrHandlers.programs(event, lambdaContext('programs', 1000));
    expect(answer.headers?.['content-type']).toBe('application/json');
    expect(JSON.parse(answer.body ?? '')).toMatchObject({
      instance: 'https://openadr.example/openadr3/3.1.0/programs',
    });
  });
});

test('what a body names beyond the definition is left out, the metadata of the server among it', async () => {
  const body = { programName: 'extended', id: 'mine', objectType: 'EVENT', clientID: 'somebody', private: { a: 1 } };
  const { body: made } = await callOpenadr(programRoutes.create, { body });
  expect(made).toMatchObject({ programName: 'extended', objectType: 'PROGRAM' });
  expect(made).not.toMatchObject({ id: 'mine' });
  expect(made).not.toHaveProperty('private');
  expect(made).not.toHaveProperty('clientID');
  await callOpenadr(programRoutes.remove, { id: (made as { id: string }).id });
});

describe('an event is refused', () => {
  test.each([
    ['with a start that is none', { intervalPeriod: { start: 'tomorrow' } }, 'intervalPeriod.start'],
    ['with a day that no calendar has', { intervalPeriod: { start: '2026-02-30T00:00:00Z' } }, 'intervalPeriod.start'],
    ['with a duration that is none', { intervalPeriod: { duration: '1 h' } }, 'intervalPeriod.duration'],
    ['with a duration of months', { duration: 'P1M' }, 'duration'],
    ['with a level of 4', { intervals: [interval('SIMPLE', [4])] }, 'SIMPLE'],
    ['with a level and a half', { intervals: [interval('SIMPLE', [1.5])] }, 'integer'],
    ['with a price in words', { intervals: [interval('PRICE', ['much'])] }, 'number'],
    ['with an alert in numbers', { intervals: [interval('ALERT_FIRE', [1])] }, 'string'],
    ['with an interval without payloads', { intervals: [{ id: 0, payloads: [] }] }, 'payloads'],
    ['with 10,000 intervals', { intervals: Array.from({ length: 10_000 }, () => interval('SIMPLE', [1])) }, ''],
    ['with a priority below zero', { priority: -1 }, 'priority'],
  ])('%s', async (_what, over, where) => {
    const answer = await callOpenadr(eventRoutes.create, { body: { programID, ...over } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).toContain(where);
  });

  test('of a program that is not there', async () => {
    expect((await callOpenadr(eventRoutes.create, { body: { programID: 'none' } })).status).toBe(404);
  });
});

test('a private payload type is taken as it is', async () => {
  const intervals = [interval('PRIVATE_ALGORITHM', [true, 'x', { x: 1, y: 2 }])];
  const answer = await callOpenadr(eventRoutes.create, { body: { programID, intervals } });
  expect(answer.body).toMatchObject({ intervals });
});

test.each(['limit=51', 'limit=-1', 'limit=many', 'skip=-1', 'skip=99999999', 'active=perhaps', 'programID=a/b'])(
  'a list does not take %s',
  async (query) => {
    expect((await callOpenadr(eventRoutes.list, { query })).status).toBe(400);
  },
);

test.each(['a/b', '..', 'x'.repeat(129), '한글'])('an id %s is none', async (id) => {
  expect((await callOpenadr(eventRoutes.read, { id })).status).toBe(400);
});

test('a long list goes out by gzip to who takes it, 50 at a time without a limit', async () => {
  for (let i = 0; i < 60; i += 1)
    await callOpenadr(eventRoutes.create, { body: { programID, eventName: `event ${i}` } });
  const plain = await callOpenadr(eventRoutes.list);
  const packed = await openadrHandlers.events(
    openadrEvent(eventRoutes.list, { headers: { 'accept-encoding': 'br, gzip;q=0.8' } }),
    lambdaContext('events', 10_000),
  );
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip' });
  const text = gunzipSync(Buffer.from(packed.body ?? '', 'base64')).toString();
  expect([JSON.parse(text), (plain.body as unknown[]).length]).toEqual([plain.body, 50]);
  const refused = openadrEvent(eventRoutes.list, { headers: { 'accept-encoding': 'gzip;q=0' } });
  expect((await openadrHandlers.events(refused, lambdaContext('events', 10_000))).headers).not.toHaveProperty(
    'content-encoding',
  );
});

test('names differ within the VTN of a partner, and are free again when their object has gone', async () => {
  const body = { objectType: 'BL_VEN_REQUEST', clientID: 'aggregator.ven', venName: 'building #1' };
  const { id } = (await callOpenadr(venRoutes.create, { body })).body as { id: string };
  expect((await callOpenadr(venRoutes.create, { body })).body).toMatchObject({ status: 409, code: 'name-taken' });
  expect((await callOpenadr(venRoutes.create, { as: 'stranger', body })).status).toBe(201);
  await callOpenadr(venRoutes.update, { id, body: { ...body, venName: 'building #2' } });
  expect((await callOpenadr(venRoutes.create, { body })).status).toBe(201);
  await callOpenadr(venRoutes.remove, { id });
  expect((await callOpenadr(venRoutes.create, { body: { ...body, venName: 'building #2' } })).status).toBe(201);
});

test('two who take the same name at once do not both have it', async () => {
  const body = { programName: 'race' };
  const all = await Promise.all(
    [1, 2, 3, 4].map(async () => (await callOpenadr(programRoutes.create, { body })).status),
  );
  expect(all.toSorted()).toEqual([201, 409, 409, 409]);
});

test('a partner has no more programs than fit, and says so', async () => {
  const key = { table: 'operations', pk: 'PARTNER#aggregator#OPENADR', sk: 'COUNT' } as const;
  await world.table.put({ ...key, data: { PROGRAM: 200 } });
  expect((await callOpenadr(programRoutes.create, { body: { programName: 'one more' } })).body).toMatchObject({
    status: 409,
    code: 'quota',
  });
});

test('webhooks are the notifier there is', async () => {
  expect((await callOpenadr(listAllNotifiers, { as: 'building' })).body).toEqual({ WEBHOOK: true });
});

test('ids are in the order of their making, also over the turn of a digit', () => {
  const times = [0, 35, 36, 1_795_316_400_000, 1_795_316_400_001, 101_559_956_668_415];
  const made = times.map((ms) => objectIdAt(ms, 'x'));
  expect(made.toSorted()).toEqual(made);
});

describe('a write that is sent again with its Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'key-of-this-event-1' };
  test('has one effect and one answer, at once or later', async () => {
    const send = async () => await callOpenadr(eventRoutes.create, { body: { programID, eventName: 'once' }, headers });
    const both = await Promise.all([send(), send()]);
    const later = await send();
    const made = both.filter(({ status }) => status === 201).map(({ body }) => (body as { id: string }).id);
    expect(new Set([...made, (later.body as { id: string }).id]).size).toBe(1);
  });
  test.each([
    ['event', eventRoutes, () => ({ programID, eventName: 'cut off' })],
    ['program', programRoutes, () => ({ programName: 'cut off' })],
    ['ven', venRoutes, () => ({ objectType: 'BL_VEN_REQUEST', clientID: 'aggregator.ven', venName: 'cut off' })],
  ])('makes one %s also where the first try was cut off before its answer was kept', async (noun, routes, body) => {
    // room for one more program: the test above has filled it
    await world.table.put({
      table: 'operations',
      pk: 'PARTNER#aggregator#OPENADR',
      sk: 'COUNT',
      data: { PROGRAM: 199 },
    });
    const send = async () =>
      await callOpenadr(routes.create, { body: body(), headers: { 'idempotency-key': `cut-off-after-${noun}` } });
    ports.table.use({
      ...world.table,
      put: async (put) => {
        const isKeyed = put.sk.startsWith('IDEMPOTENCY#');
        if (isKeyed && !('if' in put && put.if && 'absent' in put.if)) throw new Error('the function was ended');
        await world.table.put(put);
      },
    });
    expect((await send()).status).toBe(500);
    ports.table.use(world.table);
    world.pass(120_000);
    const again = await send();
    expect(again.status).toBe(201);
    const all: { id: string }[] = [];
    for (let skip = 0, page: { id: string }[] = []; skip === 0 || page.length > 0; skip += page.length) {
      page = (await callOpenadr(routes.list, { query: `skip=${skip}` })).body;
      all.push(...page);
      if (page.length === 0) break;
    }
    const named = all.filter((one) => JSON.stringify(one).includes('cut off'));
    expect(named).toEqual([again.body]);
  });
  test('is refused with another body, and is another client’s own key', async () => {
    const other = await callOpenadr(eventRoutes.create, { body: { programID, eventName: 'twice' }, headers });
    expect(other.body).toMatchObject({ status: 409, code: 'idempotency-mismatch' });
    const ven = { objectType: 'VEN_VEN_REQUEST', venName: 'idempotent' };
    expect((await callOpenadr(venRoutes.create, { as: 'building', body: ven, headers })).status).toBe(201);
  });
  test('needs a key of some length', async () => {
    const answer = await callOpenadr(eventRoutes.create, {
      body: { programID },
      headers: { 'idempotency-key': 'short' },
    });
    expect(answer.body).toMatchObject({ status: 400, code: 'idempotency-key' });
  });
});
