import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import * as routes from '@hems/shared/api/rewards';
import type { Route } from '@hems/shared/api/route';
import { bus, clock, payments, table } from '../runtime/ports.ts';
import { aSettling } from '../testing/ledger.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { CALL_MS, dispatchPayouts } from '../use-cases/dispatch-payouts.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { handPayments } from '../use-cases/stores/hand-payments.ts';
import { settle } from '../use-cases/stores/ledger.ts';
import { handler } from './rewards.ts';

const { householdId } = HOME;
const OWNER = { sub: 'owner' };
const STAFF = { sub: 'staff', 'cognito:groups': '[operator]' };

let world: World;
beforeEach(async () => {
  world = await aWorld();
  clock.use(world.clock);
  table.use(world.table);
  bus.use(world.bus);
  payments.use(handPayments(world));
  await settle(world, aSettling(), {});
});

type Asked = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };
const call = async (who: object, route: Route, { params, query, body }: Asked = {}) => {
  const event = {
    version: '2.0',
    routeKey: `${route.method} ${route.path}`,
    rawPath: route.path,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    pathParameters: { householdId, ...params },
    ...(query && { queryStringParameters: query }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: { authorizer: { jwt: { claims: { token_use: 'access', auth_time: 1, ...who }, scopes: [] } } },
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, {} as Context);
  const told: any = JSON.parse(answer.body ?? '{}');
  if (answer.statusCode === 200) route.answer.parse(told);
  return { status: answer.statusCode, body: told };
};
const any = (route: unknown) => route as Route;
const ask = (body: unknown, who: object = OWNER) => call(who, any(routes.askPayout), { body });
const decide = (decision: string, who: object = STAFF) =>
  call(who, any(routes.decidePayout), { params: { payoutId: 'payout-1' }, body: { decision } });
const record = (outcome: string, who: object = STAFF) =>
  call(who, any(routes.recordPayment), {
    params: { payoutId: 'payout-1' },
    body: { outcome, reference: 'transfer 12' },
  });
const sweep = async () => dispatchPayouts({ ...world, payments: handPayments(world) });
const PAYOUT = { payoutId: 'payout-1', unit: 'won', amount: 1000 };

test('from the entry to the money: asked for, approved, taken up, paid by hand, recorded, in the books', async () => {
  expect((await ask(PAYOUT)).body).toMatchObject({ state: 'pending', amount: 1000 });
  expect((await decide('approve')).body).toMatchObject({ state: 'approved' });
  await sweep();
  const list = await call(STAFF, any(routes.listPayouts), { query: { state: 'unknown' } });
  expect(list.body).toMatchObject({ payouts: [{ householdId, payoutId: 'payout-1', state: 'unknown' }] });
  expect((await record('paid')).body).toMatchObject({ state: 'paid', amount: 1000 });
  world.clock.set(world.clock.now() + CALL_MS);
  await sweep();
  const { body } = await call(OWNER, any(routes.readRewards));
  expect(body).toMatchObject({
    balances: { won: { earned: 3000, paid: 1000, underway: 0, withdrawable: 2000 } },
    payouts: [{ payoutId: 'payout-1', state: 'paid' }],
  });
  const days = { from: '2026-11-22', to: '2026-11-22' };
  expect((await call(STAFF, any(routes.readReconciliation), { query: days })).body).toMatchObject({
    won: { agreed: 1, oursTotal: 1000, theirsTotal: 1000, differences: [] },
  });
});

test('a payer’s word and an approved file show in the balances', async () => {
  const cashback = { programme: 'energy-cashback', period: '2026-10', payer: 'utility', total: 2720 } as const;
  await settle(world, aSettling(cashback), {});
  const partner = { programme: 'partner-reward', payer: 'partner', settlementFile: 'file-7', total: 500 } as const;
  await settle(world, aSettling(partner), {});
  const file = await call(STAFF, any(routes.approveFile), { params: { file: 'file-7' }, body: { report: 'letter' } });
  expect(file.body).toMatchObject({ file: 'file-7', report: 'letter' });
  const { body } = await call(STAFF, any(routes.confirmCredit), {
    body: { programme: 'energy-cashback', period: '2026-10', unit: 'won', amount: 2700, report: 'bill' },
  });
  expect(body.balances.won).toMatchObject({ earned: 3500, withdrawable: 3500, expected: 0, confirmed: 2700 });
});

describe('refused', () => {
  test('is a viewer who asks for money, though the entries are his to see', async () => {
    await putMember(world.table, { householdId, sub: 'viewer', role: 'viewer' });
    expect((await call({ sub: 'viewer' }, any(routes.readRewards))).status).toBe(200);
    expect((await ask(PAYOUT, { sub: 'viewer' })).status).toBe(403);
  });

  test('is a stranger, for reading as for asking', async () => {
    const entryId = 'h-1#community-challenge#save-together#0000';
    const stranger = { sub: 'stranger' };
    expect((await call(stranger, any(routes.readRewards))).status).toBe(403);
    expect((await call(stranger, any(routes.readEvidence), { params: { entryId } })).status).toBe(403);
    expect((await ask(PAYOUT, stranger)).status).toBe(403);
  });

  test('is the owner at every route of the operator, his own household’s too', async () => {
    await ask(PAYOUT);
    const operators = Object.values(routes).filter((value) => 'auth' in value && value.auth === 'operator');
    expect(operators).toHaveLength(6);
    for (const route of operators) {
      const params = { payoutId: 'payout-1', file: 'file-7' };
      expect((await call(OWNER, any(route), { params })).status).toBe(403);
    }
    expect((await decide('approve', OWNER)).status).toBe(403);
  });

  test.each([
    ['more than there is', { ...PAYOUT, amount: 3001 }, 409],
    ['nothing', { ...PAYOUT, amount: 0 }, 400],
    ['half a won', { ...PAYOUT, amount: 0.5 }, 400],
    ['another currency', { ...PAYOUT, unit: 'usd' }, 400],
    ['under an id that is none', { ...PAYOUT, payoutId: 'a.b' }, 400],
  ])('is who asks for %s', async (_what, body, status) => {
    expect((await ask(body)).status).toBe(status);
    expect((await call(OWNER, any(routes.readRewards))).body.payouts).toEqual([]);
  });

  test('is a record of a payment that nobody ordered, and an entry of another household', async () => {
    expect((await record('paid')).status).toBe(404);
    await settle(world, aSettling({ householdId: 'h-2' }), {});
    const entryId = 'h-2#community-challenge#save-together#0000';
    expect((await call(OWNER, any(routes.readEvidence), { params: { entryId } })).status).toBe(404);
  });
});
