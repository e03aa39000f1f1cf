import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import { DAY_MS, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { announceChallenge, joinChallenge } from '@hems/shared/api/challenges';
import { eraseHousehold } from '@hems/shared/api/erasures';
import { proveResidence } from '@hems/shared/api/onboarding';
import { decideProof } from '@hems/shared/api/proofs';
import type { Route } from '@hems/shared/api/route';
import { readSession } from '@hems/shared/api/session';
import { lambdaContext } from '../local/lambda-context.ts';
import * as ports from '../runtime/ports.ts';
import { aCommunity } from '../testing/community-world.ts';
import { OWNER } from '../testing/full-household.ts';
import { anInvitation } from '../testing/invitation.ts';
import { aJoiningWorld, DOCUMENT } from '../testing/joining-home.ts';
import { figuresOf } from '../testing/told-figures.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { NO_PROOF, proofPut } from '../use-cases/stores/proofs.ts';
import { handler as challenges } from './challenges.ts';
import { handler as erasures } from './erasures.ts';
import { handler as members } from './members.ts';
import { handler as onboarding } from './onboarding.ts';
import { handler as proofs } from './proofs.ts';
import { handler as session } from './session.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
type Asked = { readonly sub: string; readonly groups?: string; readonly params?: object; readonly body?: unknown };

const use = (world: Pick<World, 'table' | 'clock' | 'keys' | 'bus' | 'ids'>): void => {
  ports.table.use(world.table);
  ports.clock.use(world.clock);
  ports.keys.use(world.keys);
  ports.bus.use(world.bus);
  ports.ids.use(world.ids);
};

const ask = async (handler: Handler, { method, path }: Pick<Route, 'method' | 'path'>, asked: Asked) => {
  const { sub, groups, params = {}, body } = asked;
  const claims = { sub, token_use: 'access', auth_time: '1', ...(groups && { 'cognito:groups': groups }) };
  const event = {
    routeKey: `${method} ${path}`,
    rawPath: path,
    pathParameters: params,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: { authorizer: { jwt: { claims } } },
  };
  const answer = await handler(event as unknown as APIGatewayProxyEventV2, lambdaContext('api', 10_000));
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
};

test('a resident is active once in a Korean day, however often the app asks; who belongs to no home is not counted', async () => {
  const world = await aWorld();
  use(world);
  const midnight = dayStart('2026-11-24');
  const looks = (sub: string, atMs: number) => {
    world.clock.set(atMs);
    return figuresOf(() => ask(session, readSession, { sub }));
  };
  const once = [{ metric: 'ResidentsActive', value: 1 }];
  expect(await looks('owner', midnight - DAY_MS)).toEqual(once);
  expect(await looks('owner', midnight - DAY_MS + HOUR_MS)).toEqual([]);
  expect(await looks('owner', midnight - 1)).toEqual([]);
  expect(await looks('owner', midnight)).toEqual(once);
  expect(await looks('stranger', midnight)).toEqual([]);
});

test('of three looks at one moment one is counted', async () => {
  use(await aWorld());
  const look = () => ask(session, readSession, { sub: 'owner' });
  expect(await figuresOf(() => Promise.all([look(), look(), look()]))).toEqual([
    { metric: 'ResidentsActive', value: 1 },
  ]);
});

test('a household has joined when its residence is proved, by a code or by an operator, and once', async () => {
  const world = await aJoiningWorld();
  use(world);
  ports.residence.use(world.residence);
  const [code = ''] = await world.codes();
  const home = await world.opened('ada');
  await home.place();
  const prove = (householdId: string, sub: string, body: object) =>
    figuresOf(() => ask(onboarding, proveResidence, { sub, params: { householdId }, body }));
  const joined = [{ metric: 'HouseholdsJoined', value: 1 }];
  expect(await prove(home.householdId, 'ada', { by: 'invitation', code })).toEqual(joined);
  expect(await prove(home.householdId, 'ada', { by: 'invitation', code })).toEqual([]);
  const other = await world.opened('ben');
  await other.place();
  expect(await prove(other.householdId, 'ben', { by: 'operator' })).toEqual([]);
  const decided = await figuresOf(() =>
    ask(proofs, decideProof, {
      sub: 'staff',
      groups: '[operator]',
      params: { householdId: other.householdId },
      body: { decision: 'approve', reason: 'saw the lease of the flat', residence: DOCUMENT },
    }),
  );
  expect(decided).toEqual(joined);
});

test('a person who accepts an invitation has joined, and the same person again has not', async () => {
  const world = await aWorld();
  use(world);
  await putMember(world.table, OWNER);
  await anInvitation(world, 'guest');
  ports.identity.use({
    read: async (sub) => ({ sub, email: `${sub}@example.com`, emailVerified: true, name: sub }),
    signOut: async () => undefined,
    delete: async () => undefined,
  });
  const token = 'token-of-guest'.padEnd(43, '_');
  const accept = () =>
    figuresOf(() =>
      ask(members, { method: 'POST', path: '/v1/invitations/acceptances' }, { sub: 'guest', body: { token } }),
    );
  expect([await accept(), await accept()]).toEqual([[{ metric: 'ResidentsJoined', value: 1 }], []]);
});

test('a household joins a challenge once', async () => {
  const world = await aCommunity();
  use(world);
  const member = await world.addHome('home');
  await world.table.put(proofPut('home', { ...NO_PROOF, state: 'proven', by: 'operator', atMs: 1 }, 0));
  await world.join(member, '2026-10-01');
  world.on('2026-10-25');
  const body = {
    challengeId: 'two-weeks',
    title: { ko: '2주', en: 'Two weeks' },
    from: '2026-11-02',
    to: '2026-11-15',
    goalBasisPoints: 500,
    reward: { unit: 'points', amount: 1000 },
  };
  await ask(challenges, announceChallenge, { sub: 'staff', groups: '[operator]', body });
  const params = { householdId: 'home', challengeId: 'two-weeks' };
  const join = () => figuresOf(() => ask(challenges, joinChallenge, { sub: member.sub, params }));
  expect([await join(), await join()]).toEqual([[{ metric: 'ChallengesJoined', value: 1 }], []]);
});

test('an erasure of a household is told as it begins, and not when it is asked for again', async () => {
  use(await aWorld());
  const started = new Set<string>();
  ports.erasures.use({
    start: async (name) => Boolean(started.add(name)),
    status: async (name) => (started.has(name) ? 'running' : undefined),
  });
  const body = { householdId: HOME.householdId, erasureId: 'a-random-id-of-the-client', confirm: 'erase' };
  const erase = () => figuresOf(() => ask(erasures, eraseHousehold, { sub: 'owner', body }));
  expect([await erase(), await erase()]).toEqual([[{ metric: 'HouseholdsErased', value: 1 }], []]);
});
