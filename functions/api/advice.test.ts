import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { answerAdvice, listAdvice, setSafeguard } from '@hems/shared/api/advice';
import { problem } from '@hems/shared/api/problem';
import type { Route } from '@hems/shared/api/route';
import { clock, table, weather } from '../runtime/ports.ts';
import { anAdvisedHome, skyOf } from '../testing/advised-home.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { handler } from './advice.ts';

let world: World;
beforeEach(async () => {
  world = await aWorld();
  clock.use(world.clock);
  table.use(world.table);
  weather.use(skyOf(world));
  await putMember(world.table, { householdId: HOME.householdId, sub: 'viewer', role: 'viewer' });
  await putMember(world.table, { householdId: HOME.householdId, sub: 'member', role: 'member' });
  await anAdvisedHome(world);
});

const call = async (
  { method, path }: Pick<Route, 'method' | 'path'>,
  asked: { sub: string; adviceId?: string; body?: unknown },
) => {
  const event = {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    pathParameters: { householdId: HOME.householdId, ...(asked.adviceId && { adviceId: asked.adviceId }) },
    ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
    requestContext: {
      authorizer: { jwt: { claims: { token_use: 'access', auth_time: 1, sub: asked.sub }, scopes: [] } },
    },
  } as unknown as APIGatewayProxyEventV2;
  const answer = (await handler(event, {} as Context)) as { statusCode: number; body: string };
  return { status: answer.statusCode, body: JSON.parse(answer.body) as unknown };
};
const list = async (sub = 'viewer') => listAdvice.answer.parse((await call(listAdvice, { sub })).body);
const ACCEPT = { answer: 'accept' };

describe('advice', () => {
  test('is shown to whoever belongs to the home as the contract has it, and a member answers it', async () => {
    const [first] = (await list()).suggestions;
    expect(first?.rule).toBe('standby');
    const answered = await call(answerAdvice, { sub: 'member', adviceId: first!.adviceId, body: ACCEPT });
    expect(answered).toEqual({ status: 200, body: { adviceId: first!.adviceId, state: 'accepted' } });
    expect(await list()).toMatchObject({ suggestions: [], results: [{ rule: 'standby', state: 'measuring' }] });
  });

  test('the safeguard that a member sets is seen by all', async () => {
    expect(await call(setSafeguard, { sub: 'member', body: { isVulnerable: true } })).toEqual({
      status: 200,
      body: { isVulnerable: true },
    });
    expect(await list()).toMatchObject({ isVulnerable: true, safeguard: 'vulnerable-home' });
  });

  test.each<[string, () => ReturnType<typeof call>]>([
    ['a stranger is not shown any', () => call(listAdvice, { sub: 'stranger' })],
    [
      'a stranger answers none',
      () => call(answerAdvice, { sub: 'stranger', adviceId: 'standby_2026-11-22', body: ACCEPT }),
    ],
    ['a stranger sets no safeguard', () => call(setSafeguard, { sub: 'stranger', body: { isVulnerable: true } })],
    [
      'a viewer answers none',
      () => call(answerAdvice, { sub: 'viewer', adviceId: 'standby_2026-11-22', body: ACCEPT }),
    ],
    ['a viewer sets no safeguard', () => call(setSafeguard, { sub: 'viewer', body: { isVulnerable: true } })],
  ])('%s', async (_, ask) => {
    await list();
    const { status, body } = await ask();
    expect(status).toBe(403);
    expect(problem.parse(body).status).toBe(403);
    expect(await list()).toMatchObject({ isVulnerable: false, results: [], suggestions: [{ rule: 'standby' }] });
  });

  test.each<[number, string, unknown]>([
    [404, 'standby_2020-01-01', ACCEPT],
    [400, 'standby_2026-11-22', { answer: 'not-useful' }],
    [400, 'standby_2026-11-22', { answer: 'accept', cause: 'too-little' }],
    [400, 'standby_2026-11-22', { answer: 'perhaps' }],
    [400, 'standby_2026-11-22', { answer: 'not-useful', cause: 'because' }],
  ])('answers %i to %s with %j', async (status, adviceId, body) => {
    await list();
    expect((await call(answerAdvice, { sub: 'owner', adviceId, body })).status).toBe(status);
    expect((await list()).suggestions).toHaveLength(1);
  });

  test('refuses a safeguard that is neither yes nor no', async () => {
    expect((await call(setSafeguard, { sub: 'owner', body: { isVulnerable: 'yes' } })).status).toBe(400);
  });
});
