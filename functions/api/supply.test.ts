import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { ASSUMED_SUPPLY, type Supply } from '@hems/models/household/supply';
import { problem } from '@hems/shared/api/problem';
import { readRunningBill } from '@hems/shared/api/bill';
import { readSupply, setSupply } from '@hems/shared/api/supply';
import type { Route } from '@hems/shared/api/route';
import { clock, table } from '../runtime/ports.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { handler as bill } from './bill.ts';
import { handler as supply } from './supply.ts';

let world: World;
beforeEach(async () => {
  world = await aWorld();
  clock.use(world.clock);
  table.use(world.table);
  await putMember(world.table, { householdId: HOME.householdId, sub: 'viewer', role: 'viewer' });
});

type Asked = { sub: string; body?: unknown; query?: Record<string, string> };
const call = async (handler: typeof bill, { method, path }: Pick<Route, 'method' | 'path'>, asked: Asked) => {
  const event = {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    pathParameters: { householdId: HOME.householdId },
    ...(asked.query && { queryStringParameters: asked.query }),
    ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
    requestContext: {
      authorizer: { jwt: { claims: { token_use: 'access', auth_time: 1, sub: asked.sub }, scopes: [] } },
    },
  } as unknown as APIGatewayProxyEventV2;
  const answer = (await handler(event, {} as Context)) as { statusCode: number; body: string };
  return { status: answer.statusCode, body: JSON.parse(answer.body) as unknown };
};
const set = (sub: string, body: unknown) => call(supply, setSupply, { sub, body });
const HIGH: Supply = { ...ASSUMED_SUPPLY, voltage: 'high' };

describe('the supply of a household', () => {
  test('what an owner has said is what the household’s bill is made with', async () => {
    expect(await set('owner', HIGH)).toEqual({
      status: 200,
      body: { supply: HIGH, assumed: false, from: '2026-11-01' },
    });
    expect(await call(supply, readSupply, { sub: 'viewer' })).toEqual({
      status: 200,
      body: { supply: HIGH, assumed: false, from: '2026-11-01' },
    });
    const { status, body } = await call(bill, readRunningBill, { sub: 'viewer' });
    expect(status).toBe(200);
    expect(readRunningBill.answer.parse(body)).toMatchObject({ supply: HIGH, supplyAssumed: false });
  });

  test.each([
    ['a stranger cannot see the bill', () => call(bill, readRunningBill, { sub: 'stranger' })],
    ['a stranger cannot see the supply', () => call(supply, readSupply, { sub: 'stranger' })],
    ['a stranger cannot change the supply', () => set('stranger', HIGH)],
    ['a viewer cannot change the supply', () => set('viewer', HIGH)],
  ])('%s', async (_, ask) => {
    const { status, body } = await ask();
    expect(status).toBe(403);
    expect(problem.parse(body).status).toBe(403);
    expect((await call(supply, readSupply, { sub: 'owner' })).body).toMatchObject({ assumed: true });
  });

  test.each([
    [{ ...HIGH, voltage: 'medium' }, 'body.voltage'],
    [{ ...HIGH, plan: { plan: 'free' } }, 'body.plan'],
    [{ ...HIGH, readingDay: 31 }, 'body.readingDay'],
    [{ ...HIGH, discounts: ['Z1'] }, 'body.discounts.0'],
    [{ ...HIGH, movedIn: '2026-02-30' }, 'body.movedIn'],
    [{ ...HIGH, from: 'yesterday' }, 'body.from'],
  ])('%j is refused where it is wrong', async (body, at) => {
    const answer = await set('owner', body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(problem.parse(answer.body).errors)).toContain(at);
  });

  test.each([
    [{ ...HIGH, plan: { plan: 'tou', contractKw: 3 } }, 'low voltage only'],
    [{ ...HIGH, movedIn: '2026-12-24' }, 'after today'],
    [{ ...HIGH, from: '2026-09-01' }, 'days more than 30 days ago are final'],
  ])('%j is no contract: %s', async (body, detail) => {
    const answer = await set('owner', body);
    expect(answer.status).toBe(400);
    expect(problem.parse(answer.body).detail).toContain(detail);
  });

  test.each([
    ['2026-12-24', 'has not begun'],
    ['2020-12-24', 'no row for'],
  ])('a bill of %s is refused: %s', async (date, detail) => {
    const { status, body } = await call(bill, readRunningBill, { sub: 'owner', query: { date } });
    expect(status).toBe(400);
    expect(problem.parse(body).detail).toContain(detail);
  });
});
