import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { contract } from '@hems/shared/api/contract';
import { problem } from '@hems/shared/api/problem';
import type { Route } from '@hems/shared/api/route';
import { channel, clock, directory, ids, payments, runs, table, telemetry, weather } from '../runtime/ports.ts';
import { simulatedWeather } from '../adapters/embedded/weather.ts';
import { aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { orderDevice } from '../use-cases/order-device.ts';
import { putMember, removeMember } from '../use-cases/stores/households.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const SAMPLE: Record<string, string> = {
  householdId: HOME.householdId,
  deviceId: 'meter-1',
  orderId: 'id-1',
  id: `2026-11-22.${'x'.repeat(43)}`,
  programme: 'energy-cashback',
  entryId: 'ENTRY#energy-cashback#2026-10#0000',
  payoutId: 'payout-0001',
  file: 'partner-2026-10',
  challengeId: 'challenge-1',
  date: '2026-11-21',
};
const QUERY: Record<string, Record<string, string>> = {
  readUsage: { grain: 'hour', from: '2026-11-22', to: '2026-11-22' },
  readDeviceSeries: { quantity: 'power_w', grain: 'hour', from: '2026-11-22', to: '2026-11-22' },
  listQuarantine: { date: '2026-11-22' },
  readWeatherSaving: { from: '2026-11-01', to: '2026-11-21' },
  readDays: { from: '2026-11-01', to: '2026-11-21' },
  listEvents: { from: '2026-11-01', to: '2026-11-21' },
  listApplications: { state: 'applied' },
  listPayouts: { state: 'pending' },
  readReconciliation: { from: '2026-11-01', to: '2026-11-21' },
};
const BODY: Record<string, unknown> = {
  setSupply: { voltage: 'low', plan: { plan: 'progressive' }, readingDay: 1, discounts: [], netMetering: false },
  enrol: { answers: {} },
  moveApplication: { to: 'under-review' },
  announceEvent: { eventId: 'event-1', programme: 'national-dr', date: '2026-11-25', fromHour: 18, toHour: 19 },
  askPayout: { payoutId: 'payout-0001', unit: 'won', amount: 1 },
  decidePayout: { decision: 'approve' },
  recordPayment: { outcome: 'paid', reference: 'transfer 1' },
  approveFile: { report: 'report-1' },
  confirmCredit: { programme: 'energy-cashback', period: '2026-10', unit: 'won', amount: 1, report: 'report-1' },
  joinCommunity: { textVersion: 1 },
  announceChallenge: {
    challengeId: 'challenge-1',
    title: { ko: '챌린지', en: 'Challenge' },
    from: '2026-12-01',
    to: '2026-12-10',
    goalBasisPoints: 500,
    reward: { unit: 'points', amount: 100 },
  },
  placeOrder: { action: 'switch', params: { on: false }, expiresInSeconds: 60 },
};

const names = (path: string): string[] => [...path.matchAll(/{(\w+)}/g)].map(([, name = '']) => name);

const anEvent = (route: Route, claims: Record<string, unknown> | undefined): APIGatewayProxyEventV2 => {
  const pathParameters = Object.fromEntries(names(route.path).map((name) => [name, SAMPLE[name] ?? '']));
  return {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath: route.path,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    pathParameters,
    ...(QUERY[route.name] && { queryStringParameters: QUERY[route.name] }),
    ...(BODY[route.name] !== undefined && { body: JSON.stringify(BODY[route.name]) }),
    requestContext: { ...(claims && { authorizer: { jwt: { claims, scopes: [] } } }) },
  } as unknown as APIGatewayProxyEventV2;
};

const routes = Object.entries(contract).flatMap(([noun, own]) =>
  own.map((route) => ({ noun, name: route.name, route: route as unknown as Route })),
);
const ofHouseholds = routes.filter(({ route }) => route.auth === 'resident' && route.path.includes('{householdId}'));
const ofOperators = routes.filter(({ route }) => route.auth === 'operator');

let world: World;
beforeEach(async () => {
  world = await aWorld();
  clock.use(world.clock);
  table.use(world.table);
  telemetry.use(world.telemetry);
  channel.use(world.channel);
  ids.use(world.ids);
  payments.use({ pay: async () => 'taken', find: async () => 'never-heard', payments: async () => [] });
  weather.use(simulatedWeather());
  runs.use({ start: async () => true, status: async () => undefined });
  directory.use(world.deps.directory);
});

const call = async (noun: string, route: Route, claims?: Record<string, unknown>) => {
  const { handler } = (await import(/* @vite-ignore */ `${import.meta.dirname}/${noun}.ts`)) as { handler: Handler };
  const answer = await handler(anEvent(route, claims && { token_use: 'access', ...claims }), {} as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}') as unknown };
};

const expectDenied = ({ status, body }: { status: number | undefined; body: unknown }): void => {
  expect(status).toBe(403);
  expect(problem.parse(body).status).toBe(403);
};

describe.each(routes.filter(({ route }) => route.auth !== 'public'))('$name', ({ noun, route }) => {
  test('is closed to no one in particular', async () => {
    expectDenied(await call(noun, route));
    expectDenied(await call(noun, route, {}));
  });
});

describe.each(ofHouseholds)('$name', ({ noun, route }) => {
  test('is closed to a stranger, though he knows every id', async () => {
    expectDenied(await call(noun, route, { sub: 'stranger' }));
  });

  test('is closed to a former member from the moment he left', async () => {
    await putMember(world.table, { householdId: HOME.householdId, sub: 'guest', role: 'member' });
    expect((await call(noun, route, { sub: 'guest' })).status).not.toBe(403);
    await removeMember(world.table, HOME.householdId, 'guest');
    expectDenied(await call(noun, route, { sub: 'guest' }));
  });

  test('is closed to an ID token of its own owner', async () => {
    expectDenied(await call(noun, route, { sub: 'owner', token_use: 'id' }));
  });

  test('tells a stranger the same of a household that does not exist', async () => {
    const before = SAMPLE['householdId'] ?? '';
    SAMPLE['householdId'] = 'nowhere';
    const unknown = await call(noun, route, { sub: 'stranger' });
    SAMPLE['householdId'] = before;
    expect(unknown).toEqual(await call(noun, route, { sub: 'stranger' }));
  });
});

describe.each(ofOperators)('$name', ({ noun, route }) => {
  test('is closed to residents, owners of households included', async () => {
    expectDenied(await call(noun, route, { sub: 'owner' }));
    expectDenied(await call(noun, route, { sub: 'owner', 'cognito:groups': '[resident]' }));
  });

  test('is open to the operator', async () => {
    expect((await call(noun, route, { sub: 'staff', 'cognito:groups': '[operator auditor]' })).status).not.toBe(403);
  });
});

describe('a member', () => {
  test('of one household is told of that one only', async () => {
    const { body } = await call('households', contract.households[0], { sub: 'owner' });
    expect(body).toEqual({
      households: [{ householdId: HOME.householdId, name: 'demo', buildingType: 'apartment', role: 'owner' }],
    });
    expect((await call('households', contract.households[0], { sub: 'stranger' })).body).toEqual({ households: [] });
  });

  test('who only views cannot switch anything', async () => {
    await putMember(world.table, { householdId: HOME.householdId, sub: 'viewer', role: 'viewer' });
    expectDenied(await call('orders', contract.orders[0], { sub: 'viewer' }));
    expect(world.sent).toEqual([]);
  });

  test('who looks has the gateways report every 5 s until a minute after, asked once for several looks', async () => {
    await call('live', contract.live[0], { sub: 'owner' });
    await call('live', contract.live[0], { sub: 'owner' });
    expect(world.sent).toHaveLength(1);
    expect(world.sent[0]).toMatchObject({
      gateway: { household: HOME.telemetryId, gateway: HOME.gateway },
      command: { action: 'report-every', params: { seconds: 5, until: NOON + 60_000 } },
    });
  });

  test('who looks for an order that no gateway answered is told that it has expired once its end is past', async () => {
    const { command } = await orderDevice(
      world,
      { householdId: HOME.householdId, sub: 'owner', role: 'owner' },
      { deviceId: 'battery-1', request: { action: 'set-battery', params: { power_w: 1000 }, expiresInSeconds: 60 } },
    );
    expect(command.cmd_id).toBe(SAMPLE['orderId']);
    const seen = async () => (await call('orders', contract.orders[1], { sub: 'owner' })).body;
    expect(await seen()).toMatchObject({ state: 'sent' });
    world.clock.set(command.expires_at + 1);
    expect(await seen()).toMatchObject({ state: 'expired', stateTs: command.expires_at });
  });

  test('who asks for what the contract does not know is told where', async () => {
    const usage = contract.usage[0] as unknown as Route;
    QUERY['readUsage'] = { grain: 'week', from: '2026-11-22', to: 'yesterday' };
    const { status, body } = await call('usage', usage, { sub: 'owner' });
    QUERY['readUsage'] = { grain: 'hour', from: '2026-11-22', to: '2026-11-22' };
    expect(status).toBe(400);
    expect(problem.parse(body).errors?.map(({ at }) => at)).toEqual(['query.grain', 'query.to']);
  });
});
