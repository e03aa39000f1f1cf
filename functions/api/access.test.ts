import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { entryId } from '@hems/models/ledger/entry';
import { contract } from '@hems/shared/api/contract';
import { problem } from '@hems/shared/api/problem';
import type { Route } from '@hems/shared/api/route';
import { files, identity, mailer, objects } from '../runtime/ports.ts';
import { aFoundAdvice } from '../testing/advised-home.ts';
import { BODY, names, QUERY, ROUTES, SAMPLE } from '../testing/sample-requests.ts';
import { serveFrom } from '../testing/served-world.ts';
import { aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { aSettling, CHALLENGE } from '../testing/ledger.ts';
import { askPayout } from '../use-cases/ask-payout.ts';
import { startExport } from '../use-cases/exports/start-export.ts';
import { startImport } from '../use-cases/imports/start-import.ts';
import { openEntryDispute } from '../use-cases/government/entry-disputes.ts';
import { inviteMember } from '../use-cases/members/invite-member.ts';
import { orderDevice } from '../use-cases/order-device.ts';
import { foundPut } from '../use-cases/stores/advice.ts';
import { newSealer } from '../use-cases/stores/data-keys.ts';
import { newGateway } from '../use-cases/stores/gateways.ts';
import { putDevice, putMember, putProfile } from '../use-cases/stores/households.ts';
import { settle } from '../use-cases/stores/ledger.ts';
import { NO_PROOF, proofPut } from '../use-cases/stores/proofs.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const anEvent = (
  route: Route,
  claims: Record<string, unknown> | undefined,
  params: Record<string, string>,
): APIGatewayProxyEventV2 => {
  const pathParameters = Object.fromEntries(
    names(route.path).map((name) => [name, params[name] ?? SAMPLE[name] ?? '']),
  );
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

const ofHouseholds = ROUTES.filter(({ route }) => route.auth === 'resident' && route.path.includes('{householdId}'));

let world: World;
beforeEach(async () => {
  world = await aWorld();
  serveFrom(world);
});

type Params = Record<string, string>;
const call = async (noun: string, route: Route, claims?: Record<string, unknown>, params: Params = {}) => {
  const { handler } = (await import(/* @vite-ignore */ `${import.meta.dirname}/${noun}.ts`)) as { handler: Handler };
  const answer = await handler(
    anEvent(route, claims && { token_use: 'access', auth_time: '1', ...claims }, params),
    {} as Context,
  );
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}') as unknown };
};

const THEIRS = { householdId: 'h-2', sub: 'neighbour', role: 'owner' } as const;

/** Another home that has one of everything; its ids, by the name they have in paths. */
const anotherHome = async (): Promise<Params> => {
  const { householdId } = THEIRS;
  const { table: items } = world;
  await putProfile(items, { householdId, telemetryId: 't-2', buildingType: 'villa' });
  await items.put((await newSealer(world.keys, { household: householdId })).put);
  await items.put(proofPut(householdId, { ...NO_PROOF, state: 'proven', by: 'operator', atMs: NOON }, 0));
  await putMember(items, THEIRS);
  await items.put(newGateway({ householdId, gateway: 'g-2' }));
  for (const [deviceId, kind] of [
    ['meter-2', 'smart_meter'],
    ['battery-2', 'battery'],
  ] as const)
    await putDevice(items, householdId, { deviceId, kind, name: deviceId, gateway: 'g-2', status: 'active' });
  const request = { action: 'set-battery', params: { power_w: 1000 }, expiresInSeconds: 60 } as const;
  const { command } = await orderDevice(world, THEIRS, { deviceId: 'battery-2', request });
  const deps = {
    ...world,
    identity: await identity(),
    objects: await objects(),
    files: await files(),
    mailer: await mailer(),
    webUrl: 'https://hems.example',
    newToken: () => 'n'.repeat(43),
  };
  await items.put(foundPut(householdId, aFoundAdvice('advice-of-theirs'), 0));
  const { invitation } = await inviteMember(deps, THEIRS, { email: 'their-guest@example.com', role: 'member' });
  const { report } = await startImport(deps, THEIRS);
  const { exportId } = await startExport(deps, THEIRS);
  const { entry } = await settle(world, aSettling({ householdId }), CHALLENGE);
  const saidWrong = { reasonCode: 'amount-wrong', text: 'it was more' } as const;
  await openEntryDispute(world, THEIRS, { entryId: entryId(entry!), ...saidWrong });
  return {
    deviceId: 'meter-2',
    orderId: command.cmd_id,
    invitationId: invitation.invitationId,
    importId: report.importId,
    exportId,
    entryId: entryId(entry!),
    gateway: 'g-2',
    personId: THEIRS.sub,
    adviceId: 'advice-of-theirs',
  };
};
/** Values that every home may name. */
const OF_NO_HOME = ['householdId', 'programme', 'challengeId', 'eventId', 'purpose'];
const NOBODYS: Params = {
  deviceId: 'meter-9',
  orderId: 'id-999',
  invitationId: 'id-998',
  importId: '20261122-nobodys',
  exportId: '20261122-nobodys',
  entryId: 'ENTRY#community-challenge#nobodys#0000',
  gateway: 'g-9',
  personId: 'nobody',
  adviceId: 'advice-9',
};
const withIds = ofHouseholds.filter(({ route }) => names(route.path).some((name) => !OF_NO_HOME.includes(name)));
const rowsOf = ({ householdId }: { readonly householdId: string }): unknown =>
  ['homes', 'energy', 'ledger'].map((name) =>
    world.database.prepare(`SELECT * FROM ${name} WHERE pk = ?`).all(`H#${householdId}`),
  );

describe.each(withIds)('$name, of one’s own household', ({ noun, route }) => {
  test('with an id of another home is told and does what it is with an id of nobody', async () => {
    const theirs = await anotherHome();
    const before = rowsOf(THEIRS);
    const sent = world.sent.length;
    const answer = await call(noun, route, { sub: 'owner' }, theirs);
    const asNobodys = await call(noun, route, { sub: 'owner' }, NOBODYS);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    const withoutIds = ({ body }: typeof answer, named: Params): string =>
      Object.values(named).reduce((text, id) => text.replaceAll(id, 'ID'), JSON.stringify(body));
    expect(withoutIds(answer, theirs)).toBe(withoutIds(asNobodys, NOBODYS));
    expect(rowsOf(THEIRS)).toEqual(before);
    expect(world.sent).toHaveLength(sent);
  });

  test('the same ids lead its own owner to it: they are of what is there', async () => {
    const theirs = await anotherHome();
    const answer = await call(noun, route, { sub: THEIRS.sub }, { ...theirs, householdId: THEIRS.householdId });
    expect([403, 404, 500]).not.toContain(answer.status);
  });
});

test('an id of another home in what is sent leads nowhere either: a payout, and a device that takes the place of one', async () => {
  const { entryId: _entry, ...theirs } = await anotherHome();
  await askPayout(world, THEIRS, { payoutId: 'payout-0001', unit: 'won', amount: 1000 });
  const before = rowsOf(THEIRS);
  const named = (name: string) => ofHouseholds.find(({ route }) => route.name === name)!;
  const asked = async (name: string, params: Params) => {
    const { noun, route } = named(name);
    return (await call(noun, route, { sub: 'owner' }, params)).status;
  };
  // its own home has earned nothing, so the payout of that number is refused and not found
  expect(await asked('askPayout', {})).toBe(409);
  expect(BODY['replaceDevice']).toEqual({ by: theirs['deviceId'] });
  expect(await asked('replaceDevice', { deviceId: 'meter-1' })).toBe(404);
  expect(rowsOf(THEIRS)).toEqual(before);
});

test('an id in a path is of one home, or somebody has decided that it is of none', () => {
  const named = new Set(withIds.flatMap(({ route }) => names(route.path)));
  expect([...named].filter((name) => !OF_NO_HOME.includes(name) && !(name in NOBODYS))).toEqual([]);
});

describe('a member', () => {
  test('of one household is told of that one only', async () => {
    const { body } = await call('session', contract.session[0], { sub: 'owner' });
    expect(body).toEqual({
      sub: 'owner',
      households: [
        { householdId: HOME.householdId, name: 'demo', buildingType: 'apartment', role: 'owner', isProven: true },
      ],
    });
    const stranger = await call('session', contract.session[0], { sub: 'stranger' });
    expect(stranger.body).toEqual({ sub: 'stranger', households: [] });
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
