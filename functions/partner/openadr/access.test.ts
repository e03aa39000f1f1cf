import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  eventRoutes,
  listAllNotifiers,
  openadrContract,
  programRoutes,
  reportRoutes,
  resourceRoutes,
  subscriptionRoutes,
  venRoutes,
  type OpenadrRoute,
} from '@hems/shared/openadr/contract';
import { OPENADR_SCOPES, SCOPES_OF } from '@hems/shared/openadr/scopes';
import { lambdaContext } from '../../local/lambda-context.ts';
import { openadrHandlers } from '../../local/openadr/handlers.ts';
import { REQUESTS_A_MINUTE } from '../../runtime/openadr-caller.ts';
import { anOpenadrWorld, callOpenadr, CLIENTS, openadrEvent, type OpenadrWorld } from '../../testing/openadr-world.ts';
import { enterPartner } from '../../testing/partner-call.ts';
import { openadrClientKey } from '../../use-cases/stores/openadr-clients.ts';

let world: OpenadrWorld;
const own: Record<string, string> = {};
const SIMPLE = [{ id: 0, payloads: [{ type: 'SIMPLE', values: [1] }] }];
const PERIOD = { start: '2026-11-30T09:00:00Z', duration: 'PT1H' };
const bodies = (): Record<string, object> => ({
  program: { programName: 'tariff' },
  event: { programID: own['program'], intervalPeriod: PERIOD, intervals: SIMPLE },
  report: { eventID: own['event'], clientName: 'building', resources: [] },
  subscription: {
    clientName: 'dispatch',
    objectOperations: [{ objects: ['EVENT'], operations: ['CREATE'], callbackUrl: 'https://callback.example/notify' }],
  },
  ven: { objectType: 'BL_VEN_REQUEST', clientID: CLIENTS.building.clientId, venName: 'building', targets: ['a'] },
  resource: {
    objectType: 'BL_RESOURCE_REQUEST',
    clientID: CLIENTS.building.clientId,
    venID: own['ven'],
    resourceName: 'meter',
  },
});
const nounOf = ({ path }: OpenadrRoute): string => path.split('/')[3]?.replace(/s$/, '') ?? '';

beforeAll(async () => {
  world = await anOpenadrWorld();
  const made = [
    ['program', programRoutes],
    ['event', eventRoutes],
    ['ven', venRoutes],
    ['resource', resourceRoutes],
    ['subscription', subscriptionRoutes],
  ] as const;
  for (const [noun, routes] of made)
    own[noun] = ((await callOpenadr(routes.create, { body: bodies()[noun] })).body as { id: string }).id;
  const report = await callOpenadr(reportRoutes.create, { as: 'building', body: bodies()['report'] });
  own['report'] = (report.body as { id: string }).id;
});
afterAll(async () => await world.close());

const OBJECTS = Object.values<readonly OpenadrRoute[]>(openadrContract)
  .flat()
  .filter(({ path, scopes }) => scopes !== null && !path.startsWith('/OpenADR2') && path !== listAllNotifiers.path);
const named = (routes: readonly OpenadrRoute[]) => routes.map((route) => [route.operation, route] as const);
const ask = async (route: OpenadrRoute, call: Parameters<typeof callOpenadr>[1] = {}) => {
  const noun = nounOf(route);
  const isWrite = route.method === 'POST' || route.method === 'PUT';
  return await callOpenadr(route, { id: own[noun] ?? '', ...(isWrite && { body: bodies()[noun] }), ...call });
};

describe('a token', () => {
  test.each(named(OBJECTS))(
    'without its scope does not open %s, whatever other scopes it has',
    async (_name, route) => {
      const needed: readonly string[] = route.scopes ?? [];
      for (const as of ['utility', 'building'] as const) {
        const others = SCOPES_OF[CLIENTS[as].role].filter((scope) => !needed.includes(scope));
        const answer = await ask(route, { as, scopes: others });
        expect([answer.status, answer.body], as).toMatchObject([403, { status: 403, code: 'no-scope' }]);
      }
    },
  );

  const beyond = OBJECTS.filter(({ scopes }) => !scopes?.some((scope) => SCOPES_OF.ven.includes(scope)));
  test.each(named(beyond))(
    'of an end node that was given every scope by mistake does not open %s',
    async (_name, route) => {
      expect((await ask(route, { as: 'neighbour', scopes: OPENADR_SCOPES })).status).toBe(403);
    },
  );

  test('of a client that was taken away opens nothing any more', async () => {
    const key = openadrClientKey(CLIENTS.neighbour.clientId);
    const item = await world.table.get(key);
    await world.table.delete(key);
    expect(await callOpenadr(programRoutes.list, { as: 'neighbour' })).toMatchObject({
      status: 403,
      body: { code: 'no-client' },
    });
    await world.table.put({ ...key, data: item?.data });
  });

  test('of a suspended partner opens nothing any more', async () => {
    await enterPartner(world.table, { partnerId: 'other', status: 'suspended' });
    expect((await callOpenadr(programRoutes.list, { as: 'stranger' })).body).toMatchObject({ code: 'suspended' });
    await enterPartner(world.table, { partnerId: 'other' });
  });

  test('that is not there is asked for', async () => {
    const event = { ...openadrEvent(programRoutes.list, {}), requestContext: { domainName: 'x' } as never };
    const answer = await openadrHandlers.programs(event, lambdaContext('programs', 1000));
    expect([answer.statusCode, answer.headers?.['www-authenticate']]).toEqual([401, 'Bearer']);
  });
});

describe('a client of another partner', () => {
  const foreign = OBJECTS.filter(({ scopes }) => scopes?.some((scope) => SCOPES_OF.bl.includes(scope)));
  test.each(named(foreign.filter(({ path }) => path.endsWith('}'))))(
    'finds no object of ours by %s',
    async (_name, route) => {
      expect((await ask(route, { as: 'stranger' })).status).toBe(404);
    },
  );
  test.each(named(foreign.filter(({ method, path }) => method === 'GET' && !path.endsWith('}'))))(
    'gets an empty list from %s',
    async (_name, route) => {
      expect(await ask(route, { as: 'stranger' })).toMatchObject({ status: 200, body: [] });
    },
  );
  test('makes no event of our program', async () => {
    expect((await ask(eventRoutes.create, { as: 'stranger' })).status).toBe(404);
  });
});

describe('an end node', () => {
  test.each([
    ['report', reportRoutes],
    ['subscription', subscriptionRoutes],
    ['ven', venRoutes],
    ['resource', resourceRoutes],
  ] as const)('neither reads nor writes the %s of another', async (noun, routes) => {
    const as = 'neighbour';
    expect((await callOpenadr(routes.list, { as })).body).toEqual([]);
    const body =
      noun === 'ven'
        ? { objectType: 'VEN_VEN_REQUEST', venName: 'taken over' }
        : noun === 'resource'
          ? { objectType: 'VEN_RESOURCE_REQUEST', venID: own['ven'], resourceName: 'taken over' }
          : bodies()[noun];
    const id = own[noun] ?? '';
    for (const [route, more] of [
      [routes.read, {}],
      [routes.update, { body }],
      [routes.remove, {}],
    ] as const)
      expect((await callOpenadr(route, { as, id, ...more })).status, route.operation).toBe(404);
  });

  test('is stamped as the owner of what it makes, whatever it sends', async () => {
    const body = { objectType: 'VEN_VEN_REQUEST', venName: 'own', clientID: CLIENTS.building.clientId, targets: ['a'] };
    const { body: made, status } = await callOpenadr(venRoutes.create, { as: 'neighbour', body });
    expect(made).toMatchObject({ clientID: CLIENTS.neighbour.clientId });
    expect(made).not.toHaveProperty('targets');
    expect(status).toBe(201);
    await callOpenadr(venRoutes.remove, { as: 'neighbour', id: (made as { id: string }).id });
  });

  test('grants itself no targets through a ven of business logic', async () => {
    const body = { ...bodies()['ven'], venName: 'mine', clientID: CLIENTS.neighbour.clientId };
    expect((await callOpenadr(venRoutes.create, { as: 'neighbour', body })).body).toMatchObject({
      code: 'not-business',
    });
  });

  test('does not report on an event that is hidden from it', async () => {
    const body = { ...bodies()['event'], targets: ['b'] };
    const { id } = (await callOpenadr(eventRoutes.create, { body })).body as { id: string };
    const report = { ...bodies()['report'], eventID: id };
    expect((await callOpenadr(reportRoutes.create, { as: 'building', body: report })).status).toBe(404);
  });
});

describe('business logic', () => {
  test('neither changes nor ends the subscription of an end node', async () => {
    const made = await callOpenadr(subscriptionRoutes.create, { as: 'building', body: bodies()['subscription'] });
    const { id } = made.body as { id: string };
    expect((await callOpenadr(subscriptionRoutes.read, { id })).status).toBe(200);
    expect((await callOpenadr(subscriptionRoutes.update, { id, body: bodies()['subscription'] })).status).toBe(404);
    expect((await callOpenadr(subscriptionRoutes.remove, { id })).status).toBe(404);
    await callOpenadr(subscriptionRoutes.remove, { as: 'building', id });
  });
});

test('a client that asks too often waits for the next minute, and the others do not', async () => {
  const key = { table: 'operations', pk: `OPENADR-CLIENT#${CLIENTS.neighbour.clientId}`, sk: 'REQUESTS' } as const;
  const minute = Math.floor(world.clock.now() / 60_000);
  await world.table.put({ ...key, data: { minute, count: REQUESTS_A_MINUTE } });
  expect((await callOpenadr(programRoutes.list, { as: 'neighbour' })).status).toBe(429);
  expect((await callOpenadr(programRoutes.list, { as: 'building' })).status).toBe(200);
  world.pass(60_000);
  expect((await callOpenadr(programRoutes.list, { as: 'neighbour' })).status).toBe(200);
});
