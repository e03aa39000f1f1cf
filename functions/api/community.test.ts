import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { contract } from '@hems/shared/api/contract';
import { bus, clock, ids, table } from '../runtime/ports.ts';
import { HOME } from '../testing/world.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { aCommunity, type Community } from '../testing/community-world.ts';
import { handler as challenges } from './challenges.ts';
import { handler as community } from './community.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
type Caller = { readonly sub: string; readonly groups?: string };
type Request = { readonly params?: Record<string, string>; readonly body?: unknown };

const PARAMS = { householdId: HOME.householdId };
const [readRoute, joinRoute, leaveRoute] = contract.community;
const [listRoute, takeRoute, quitRoute, announceRoute] = contract.challenges;
const NOVEMBER = {
  challengeId: 'december',
  title: { ko: '12월', en: 'December' },
  from: '2026-12-01',
  to: '2026-12-31',
  goalBasisPoints: 500,
  reward: { unit: 'points', amount: 1000 },
};

let world: Community;
beforeEach(async () => {
  world = await aCommunity();
  bus.use(world.bus);
  clock.use(world.clock);
  table.use(world.table);
  ids.use(world.ids);
  for (const role of ['member', 'viewer'] as const)
    await putMember(world.table, { householdId: HOME.householdId, sub: role, role });
});

const call = async (
  route: { method: string; path: string },
  { sub, groups }: Caller,
  { params, body }: Request = {},
) => {
  const handler: Handler = route.path.includes('challenges') ? challenges : community;
  const event = {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath: route.path,
    headers: {},
    isBase64Encoded: false,
    pathParameters: params ?? PARAMS,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: {
      authorizer: {
        jwt: {
          claims: { sub, token_use: 'access', auth_time: 1, ...(groups && { 'cognito:groups': groups }) },
          scopes: [],
        },
      },
    },
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode, body: text = '' } = await handler(event, {} as Context);
  return { status: statusCode, body: JSON.parse(text) as Record<string, unknown> };
};

const OPERATOR = { sub: 'staff', groups: '[operator]' };
const AGREED = { body: { textVersion: 1 } };
const DECEMBER = { params: { ...PARAMS, challengeId: 'december' } };

describe('the community', () => {
  test('is closed to who is no member of the household, for looking, joining and leaving alike', async () => {
    for (const route of [readRoute, leaveRoute]) expect((await call(route, { sub: 'stranger' })).status).toBe(403);
    expect((await call(joinRoute, { sub: 'stranger' }, AGREED)).status).toBe(403);
  });

  test('may be looked at by a viewer, and joined or left by owners and members only', async () => {
    expect((await call(readRoute, { sub: 'viewer' })).body).toMatchObject({ hidden: 'not-joined', board: null });
    expect((await call(joinRoute, { sub: 'viewer' }, AGREED)).status).toBe(403);
    const joined = await call(joinRoute, { sub: 'member' }, AGREED);
    expect(joined).toMatchObject({ status: 200, body: { joined: true, joinedOn: '2026-11-22' } });
    expect((await call(leaveRoute, { sub: 'viewer' })).status).toBe(403);
    expect((await call(leaveRoute, { sub: 'owner' })).body).toEqual({ joined: false, pseudonym: null, joinedOn: null });
  });

  test('is not joined by anything but the text of today', async () => {
    expect((await call(joinRoute, { sub: 'owner' }, { body: { textVersion: 0 } })).status).toBe(400);
    expect((await call(joinRoute, { sub: 'owner' })).status).toBe(400);
    expect((await call(readRoute, { sub: 'owner' })).body).toMatchObject({ membership: { joined: false } });
  });

  test('names a household by a made-up name, never by its id, its name or a member', async () => {
    await call(joinRoute, { sub: 'owner' }, AGREED);
    const { body } = await call(readRoute, { sub: 'owner' });
    expect(body).toMatchObject({ hidden: 'no-standing' });
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${HOME.householdId}|${HOME.telemetryId}|demo|owner|id-\\d`));
  });
});

describe('challenges', () => {
  test('are announced by the operator, not by residents, and refused where they have begun', async () => {
    expect((await call(announceRoute, { sub: 'owner' }, { body: NOVEMBER })).status).toBe(403);
    const begun = await call(announceRoute, OPERATOR, { body: { ...NOVEMBER, from: '2026-11-22' } });
    expect(begun).toMatchObject({
      status: 400,
      body: { detail: 'from: 2026-11-22 has begun; the earliest is 2026-11-23' },
    });
    expect(await call(announceRoute, OPERATOR, { body: NOVEMBER })).toMatchObject({ status: 200, body: NOVEMBER });
    const other = { ...NOVEMBER, goalBasisPoints: 1 };
    expect((await call(announceRoute, OPERATOR, { body: other })).status).toBe(409);
    expect(
      (await call(announceRoute, OPERATOR, { body: { ...NOVEMBER, reward: { unit: 'won', amount: 5 } } })).status,
    ).toBe(400);
  });

  test('are joined by members of the community who are no viewers, and by nobody for another household', async () => {
    await call(announceRoute, OPERATOR, { body: NOVEMBER });
    expect((await call(takeRoute, { sub: 'owner' }, DECEMBER)).status).toBe(409);
    await call(joinRoute, { sub: 'owner' }, AGREED);
    for (const route of [takeRoute, quitRoute]) {
      expect((await call(route, { sub: 'stranger' }, DECEMBER)).status).toBe(403);
      expect((await call(route, { sub: 'viewer' }, DECEMBER)).status).toBe(403);
    }
    expect((await call(takeRoute, { sub: 'owner' }, DECEMBER)).body).toMatchObject({
      joined: true,
      participants: null,
    });
    expect((await call(listRoute, { sub: 'viewer' })).body).toMatchObject({
      challenges: [{ joined: true, phase: 'open' }],
    });
    expect((await call(listRoute, { sub: 'stranger' })).status).toBe(403);
    expect((await call(quitRoute, { sub: 'member' }, DECEMBER)).body).toMatchObject({ joined: false });
    const nowhere = { params: { ...PARAMS, challengeId: 'nowhere' } };
    expect((await call(takeRoute, { sub: 'owner' }, nowhere)).status).toBe(404);
  });
});
