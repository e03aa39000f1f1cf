import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventRoutes, programRoutes, reportRoutes, subscriptionRoutes, venRoutes } from '@hems/shared/openadr/contract';
import { webhookRefusal } from '@hems/shared/signing/webhook';
import { subscribeDeps } from '../../runtime/openadr-deps.ts';
import { anOpenadrWorld, callOpenadr, CLIENTS, type OpenadrWorld } from '../../testing/openadr-world.ts';
import { handler as sweep } from '../../jobs/report-openadr.ts';
import { lambdaContext } from '../../local/lambda-context.ts';
import * as ports from '../../runtime/ports.ts';
import { deliver } from '../../use-cases/webhooks/deliver.ts';

let world: OpenadrWorld;
let programID: string;
const idOf = ({ body }: { body: never }): string => (body as { id: string }).id;
const URL_OF_VEN = 'https://ven.example/notify';
const of = (over: object = {}) => ({
  clientName: 'building',
  objectOperations: [
    { objects: ['EVENT'], operations: ['CREATE', 'DELETE'], callbackUrl: URL_OF_VEN, bearerToken: 'ven-token' },
  ],
  ...over,
});
const subscribe = async (over: object = {}, as: keyof typeof CLIENTS = 'building') =>
  await callOpenadr(subscriptionRoutes.create, { as, body: of(over) });
const event = async (over: object = {}) => await callOpenadr(eventRoutes.create, { body: { programID, ...over } });
/** Lets the delivery do what the queue was told. */
const work = async () => {
  for (const call of world.woken.splice(0)) await deliver(await subscribeDeps(), JSON.parse(call) as never);
  return world.posted.splice(0);
};

beforeEach(async () => {
  world = await anOpenadrWorld();
  programID = idOf(await callOpenadr(programRoutes.create, { body: { programName: 'tariff' } }));
});
afterEach(async () => await world.close());

describe('a notification', () => {
  test('is what openadr3.yaml says, signed, with the bearer token, and comes once', async () => {
    const { signingSecret: secret } = (await subscribe()).body as { signingSecret: string };
    const id = idOf(await event());
    const posted = await work();
    expect(posted).toHaveLength(1);
    const [{ url, headers, body } = { url: '', headers: {}, body: '' }] = posted;
    expect(url).toBe(URL_OF_VEN);
    expect(JSON.parse(body)).toMatchObject({
      objectType: 'EVENT',
      operation: 'CREATE',
      object: { id, programID, objectType: 'EVENT' },
    });
    expect(headers['authorization']).toBe('Bearer ven-token');
    const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(await webhookRefusal({ headers: texts, body }, { secret, nowS: world.clock.now() / 1000 })).toBeUndefined();
    expect(await work()).toEqual([]);
  });

  test('is made of the operations and objects that were asked for, and of the program', async () => {
    const other = idOf(await callOpenadr(programRoutes.create, { body: { programName: 'other' } }));
    await subscribe({ programID });
    await event({ programID: other });
    const id = idOf(await event());
    await callOpenadr(eventRoutes.update, { id, body: { programID, priority: 1 } });
    await callOpenadr(eventRoutes.remove, { id });
    expect((await work()).map(({ body }) => (JSON.parse(body) as { operation: string }).operation).toSorted()).toEqual([
      'CREATE',
      'DELETE',
    ]);
  });

  test('of a report goes to who asked for reports of its program', async () => {
    const other = idOf(await callOpenadr(programRoutes.create, { body: { programName: 'other' } }));
    const reports = { objects: ['REPORT'], operations: ['CREATE'], callbackUrl: URL_OF_VEN };
    await subscribe({ programID, objectOperations: [reports] }, 'utility');
    await subscribe({ programID: other, objectOperations: [reports] }, 'utility');
    const eventID = idOf(await event());
    await callOpenadr(reportRoutes.create, { as: 'building', body: { eventID, clientName: 'b', resources: [] } });
    expect((await work()).map(({ body }) => (JSON.parse(body) as { object: object }).object)).toMatchObject([
      { eventID },
    ]);
  });

  test('of an event with targets goes to who was granted one and subscribed for it, and shows no other', async () => {
    const grant = {
      objectType: 'BL_VEN_REQUEST',
      clientID: CLIENTS.building.clientId,
      venName: 'b',
      targets: ['a', 'c'],
    };
    await callOpenadr(venRoutes.create, { body: grant });
    await subscribe({ targets: ['a'] });
    await subscribe({ targets: ['a'] }, 'neighbour');
    await event({ targets: ['a', 'b', 'c'] });
    await event({ targets: ['b'] });
    const posted = await work();
    expect(posted.map(({ body }) => (JSON.parse(body) as { object: { targets: string[] } }).object.targets)).toEqual([
      ['a'],
    ]);
  });

  test('of an event of a program that is hidden goes to who was granted the program alone', async () => {
    const grant = { objectType: 'BL_VEN_REQUEST', clientID: CLIENTS.building.clientId, venName: 'b', targets: ['x'] };
    await callOpenadr(venRoutes.create, { body: grant });
    const hidden = { programName: 'of a group', targets: ['x'] };
    const hiddenID = idOf(await callOpenadr(programRoutes.create, { body: hidden }));
    await subscribe({}, 'neighbour');
    await subscribe({ objectOperations: [{ ...of().objectOperations[0], callbackUrl: 'https://granted.example/n' }] });
    const id = idOf(await event({ programID: hiddenID }));
    await callOpenadr(eventRoutes.remove, { id });
    expect((await work()).map(({ url }) => url)).toEqual(['https://granted.example/n', 'https://granted.example/n']);
  });

  test('of the objects of one end node does not go to another', async () => {
    const all = { objects: ['VEN'], operations: ['CREATE'], callbackUrl: URL_OF_VEN };
    await subscribe({ objectOperations: [all] }, 'neighbour');
    await callOpenadr(venRoutes.create, { as: 'building', body: { objectType: 'VEN_VEN_REQUEST', venName: 'b' } });
    expect(await work()).toEqual([]);
  });

  const goOver = async () => await sweep({}, lambdaContext('report-openadr', 10_000));
  const owed = async () =>
    (await world.table.query({ table: 'operations', value: 'OPENADR-OWED' })).items.map(({ sk }) => sk);

  test('that is owed when the worker dies is told by the sweep, once and to who was not told', async () => {
    await subscribe();
    await subscribe({ objectOperations: [{ ...of().objectOperations[0], callbackUrl: 'https://second.example/n' }] });
    let told = 0;
    const dying: typeof world.table = {
      ...world.table,
      get: async (key) => {
        if (key.sk.startsWith('CALLBACK#')) told += 1;
        if (told > 1) throw new Error('the worker died');
        return await world.table.get(key);
      },
    };
    ports.table.use(dying);
    await event();
    ports.table.use(world.table);
    expect(await owed()).toHaveLength(1);
    const first = await work();
    world.pass(119_000);
    await goOver();
    expect(await work()).toEqual([]);
    world.pass(1_000);
    await goOver();
    const second = await work();
    expect([...first, ...second].map(({ url }) => url).toSorted()).toEqual(['https://second.example/n', URL_OF_VEN]);
    expect(second.length).toBeGreaterThan(0);
    expect(await owed()).toEqual([]);
  });

  test('that was told is owed no more', async () => {
    await subscribe();
    const id = idOf(await event());
    await callOpenadr(eventRoutes.update, { id, body: { programID, priority: 1 } });
    await callOpenadr(eventRoutes.remove, { id });
    expect(await owed()).toEqual([]);
  });

  test('does not come to who ended the subscription', async () => {
    const id = idOf(await subscribe());
    await callOpenadr(subscriptionRoutes.remove, { as: 'building', id });
    await event();
    expect(await work()).toEqual([]);
  });
});

describe('a subscription', () => {
  const entry = (callbackUrl: string) => [{ objects: ['EVENT'], operations: ['CREATE'], callbackUrl }];
  test.each([
    ['without TLS', 'http://ven.example/notify', 'callback-url'],
    ['that is no address', 'notify', 'callback-url'],
    ['on a private address', 'https://127.0.0.1/notify', 'callback-refused'],
    ['that does not echo', 'https://ven.example/silent', 'no-echo'],
  ])('to an address %s is refused, made or changed', async (_what, url, code) => {
    expect((await subscribe({ objectOperations: entry(url) })).body).toMatchObject({ status: 400, code });
    const id = idOf(await subscribe());
    const answer = await callOpenadr(subscriptionRoutes.update, {
      as: 'building',
      id,
      body: of({ objectOperations: entry(url) }),
    });
    expect(answer.body).toMatchObject({ status: 400, code });
    await event();
    expect((await work()).map((one) => one.url)).toEqual([URL_OF_VEN]);
  });

  test('never shows its bearer token or its secret again, to nobody', async () => {
    const id = idOf(await subscribe());
    for (const as of ['building', 'utility'] as const) {
      const { text, body } = await callOpenadr(subscriptionRoutes.read, { as, id });
      expect(text).not.toMatch(/ven-token|whsec_/);
      expect(body).toMatchObject({ callbackStatus: ['active'] });
    }
    const { items } = await world.table.query({ table: 'operations', value: 'PARTNER#aggregator#OPENADR' });
    expect(JSON.stringify(items)).not.toMatch(/ven-token|whsec_/);
  });

  test('is one of 20 of a client at most, so that others have room; one that ended makes room', async () => {
    const made: string[] = [];
    for (let i = 0; i < 20; i += 1) made.push(idOf(await subscribe()));
    expect((await subscribe()).body).toMatchObject({ status: 409, code: 'quota' });
    expect((await subscribe({}, 'neighbour')).status).toBe(201);
    await callOpenadr(subscriptionRoutes.remove, { as: 'building', id: made[0] ?? '' });
    expect((await subscribe()).status).toBe(201);
  });

  test('that is changed is told at its new address', async () => {
    const id = idOf(await subscribe());
    await callOpenadr(subscriptionRoutes.update, {
      as: 'building',
      id,
      body: of({ objectOperations: entry('https://new.example/n') }),
    });
    await event();
    expect((await work()).map(({ url }) => url)).toEqual(['https://new.example/n']);
  });
});
