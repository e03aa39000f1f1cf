import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { eraseAccount, eraseHousehold, erasureReport, readErasure, settleErasure } from '@hems/shared/api/erasures';
import { problem } from '@hems/shared/api/problem';
import type { Route } from '@hems/shared/api/route';
import { clock, erasures, ids, table } from '../runtime/ports.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { handler } from './erasures.ts';

const ERASURE_ID = 'a-random-id-of-the-client';
const { householdId } = HOME;

let world: World;
let started: { name: string; input: unknown }[];
beforeEach(async () => {
  world = await aWorld();
  started = [];
  table.use(world.table);
  clock.use(world.clock);
  ids.use(world.ids);
  erasures.use({
    start: async (name, input) => {
      if (started.some((one) => one.name === name)) return false;
      started.push({ name, input });
      return true;
    },
    status: async (name) => (started.some((one) => one.name === name) ? 'running' : undefined),
  });
});

const call = async (
  route: Route,
  { sub, body, params = {} }: { sub?: string; body?: unknown; params?: Record<string, string> },
) => {
  const claims = { sub, token_use: 'access', auth_time: '1' };
  const event = {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath: route.path,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    pathParameters: params,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: { ...(sub !== undefined && { authorizer: { jwt: { claims, scopes: [] } } }) },
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, {} as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}') as unknown };
};
const asked = { householdId, erasureId: ERASURE_ID, confirm: 'erase' };
const refusalOf = async (answer: ReturnType<typeof call>) => {
  const { status, body } = await answer;
  return [status, problem.parse(body).code];
};

describe('erasing a household', () => {
  test('is begun by its owner, before anybody has proved to live there; the state machine is handed the id alone', async () => {
    await world.table.delete({ table: 'homes', pk: `H#${householdId}`, sk: 'PROOF' });
    const { status, body } = await call(eraseHousehold, { sub: 'owner', body: asked });
    expect(status).toBe(200);
    expect(erasureReport.parse(body)).toMatchObject({
      erasureId: ERASURE_ID,
      subject: 'household',
      state: 'erasing',
      receipt: [],
      found: null,
    });
    expect(started).toEqual([{ name: `erasure-${ERASURE_ID}-a1`, input: { erasureId: ERASURE_ID } }]);
  });

  test('is refused to members and viewers, and to a stranger in the same words whether or not the household exists', async () => {
    await putMember(world.table, { householdId, sub: 'member', role: 'member' });
    await putMember(world.table, { householdId, sub: 'viewer', role: 'viewer' });
    for (const sub of ['member', 'viewer'])
      expect(await refusalOf(call(eraseHousehold, { sub, body: asked }))).toEqual([403, 'role']);
    const stranger = await call(eraseHousehold, { sub: 'stranger', body: asked });
    expect(problem.parse(stranger.body).code).toBe('no-member');
    expect(await call(eraseHousehold, { sub: 'stranger', body: { ...asked, householdId: 'nowhere' } })).toEqual(
      stranger,
    );
    expect(started).toEqual([]);
  });

  test('of another owner too is 409, and says what to do', async () => {
    await putMember(world.table, { householdId, sub: 'second', role: 'owner' });
    const { status, body } = await call(eraseHousehold, { sub: 'owner', body: asked });
    expect([status, problem.parse(body).code]).toEqual([409, 'other-owners']);
    expect(problem.parse(body).detail).toMatch(/leave or become members first/);
  });

  test('needs the word, and an id that nobody can guess', async () => {
    for (const body of [
      { ...asked, confirm: 'yes' },
      { ...asked, erasureId: 'short' },
      { householdId, erasureId: ERASURE_ID },
    ])
      expect((await call(eraseHousehold, { sub: 'owner', body })).status).toBe(400);
    expect(started).toEqual([]);
  });

  test('answers 429 to who tries on and on', async () => {
    const answers: (number | undefined)[] = [];
    for (let i = 0; i < 11; i += 1) answers.push((await call(eraseHousehold, { sub: 'stranger', body: asked })).status);
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 403), 429]);
  });
});

describe('the receipt', () => {
  test('is read without a sign-in by whoever holds the id, and names nobody', async () => {
    await call(eraseHousehold, { sub: 'owner', body: asked });
    const { status, body } = await call(readErasure, { params: { erasureId: ERASURE_ID } });
    expect(status).toBe(200);
    expect(erasureReport.parse(body).state).toBe('erasing');
    expect(JSON.stringify(body)).not.toMatch(/h-1|owner|t-1/);
  });

  test('takes the word of whoever holds the id on a balance, without a sign-in; where nothing waits for it, nothing changes', async () => {
    await call(eraseHousehold, { sub: 'owner', body: asked });
    const params = { erasureId: ERASURE_ID };
    const { status, body } = await call(settleErasure, { params, body: { balance: 'forfeit' } });
    expect([status, erasureReport.parse(body)]).toMatchObject([200, { state: 'erasing', waitsFor: null }]);
    expect((await call(settleErasure, { params, body: {} })).status).toBe(400);
    const unknown = { params: { erasureId: 'b'.repeat(22) }, body: { balance: 'pay' } };
    expect((await call(settleErasure, unknown)).status).toBe(404);
  });

  test('of an unknown id is 404, of what is no id 400', async () => {
    expect((await call(readErasure, { params: { erasureId: 'b'.repeat(22) } })).status).toBe(404);
    expect((await call(readErasure, { params: { erasureId: 'b' } })).status).toBe(400);
  });
});

describe('erasing an account', () => {
  const body = { erasureId: ERASURE_ID, confirm: 'erase' };

  test('of the last owner beside others is 409 and says what to do', async () => {
    await putMember(world.table, { householdId, sub: 'member', role: 'member' });
    const { status, body: said } = await call(eraseAccount, { sub: 'owner', body });
    expect([status, problem.parse(said).code]).toEqual([409, 'last-owner']);
    expect(problem.parse(said).detail).toMatch(/make one of them an owner/);
  });

  test('is begun by its own person, a viewer too', async () => {
    await putMember(world.table, { householdId, sub: 'viewer', role: 'viewer' });
    const { status, body: said } = await call(eraseAccount, { sub: 'viewer', body });
    expect([status, erasureReport.parse(said).subject]).toEqual([200, 'account']);
  });
});
