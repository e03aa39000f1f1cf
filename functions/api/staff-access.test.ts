import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { readAccessLog, readAudit } from '@hems/shared/api/access';
import { contract } from '@hems/shared/api/contract';
import { readConsents, setConsent } from '@hems/shared/api/consents';
import { problem } from '@hems/shared/api/problem';
import type { Route } from '@hems/shared/api/route';
import { bus, clock, ids, payments, table, telemetry } from '../runtime/ports.ts';
import { directory } from '../runtime/ports.ts';
import { agree } from '../testing/agree.ts';
import { aSettling } from '../testing/ledger.ts';
import { aRuleEvent, aWorld, HOME, type World } from '../testing/world.ts';
import { askPayout } from '../use-cases/ask-payout.ts';
import { enrol } from '../use-cases/programmes/enrol.ts';
import { putMember } from '../use-cases/stores/households.ts';
import { settle } from '../use-cases/stores/ledger.ts';
import { keep, listQuarantine } from '../use-cases/stores/quarantine.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
type Asked = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };

const { householdId } = HOME;
const OWNER = { householdId, sub: 'owner', role: 'owner' } as const;
const RESIDENT = { sub: 'owner' };
const OPERATOR = { sub: 'staff-7', 'cognito:groups': '[operator]' };
const AUDITOR = { sub: 'auditor-1', 'cognito:groups': '[auditor]' };
const REASON = 'the resident asked for help';

const routes = Object.entries(contract).flatMap(([noun, own]) =>
  own.map((route) => ({ noun, route: route as unknown as Route })),
);
const named = (name: string) => routes.find(({ route }) => route.name === name)!;

let world: World;
beforeEach(async () => {
  world = await aWorld();
  for (const [port, value] of [
    [clock, world.clock],
    [table, world.table],
    [ids, world.ids],
    [bus, world.bus],
    [telemetry, world.telemetry],
    [directory, world.deps.directory],
  ] as const)
    (port.use as (one: unknown) => void)(value);
  payments.use({
    pay: async () => 'taken',
    find: async () => 'never-heard',
    payments: async () => [{ key: `${householdId}.unknown`, unit: 'won', amount: 1 }],
  });
});

const call = async (name: string, claims: object, { params, query, body }: Asked = {}) => {
  const { noun, route } = named(name);
  const { handler } = (await import(/* @vite-ignore */ `${import.meta.dirname}/${noun}.ts`)) as { handler: Handler };
  const answer = await handler(
    {
      version: '2.0',
      routeKey: `${route.method} ${route.path}`,
      rawPath: route.path,
      headers: {},
      isBase64Encoded: false,
      pathParameters: { householdId, ...params },
      ...(query && { queryStringParameters: query }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      requestContext: { authorizer: { jwt: { claims: { token_use: 'access', auth_time: 1, ...claims }, scopes: [] } } },
    } as unknown as APIGatewayProxyEventV2,
    {} as Context,
  );
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}') as unknown };
};
const log = async () => readAccessLog.answer.parse((await call('readAccessLog', RESIDENT)).body).entries;

const ANSWERS = {
  'residential-contract': true,
  'registered-at-address': true,
  'unit-use-is-submitted': true,
  'in-no-other-utility-programme': true,
};
const PROGRAMME = 'energy-cashback';
const applied = async (): Promise<void> => {
  await agree(world.table, householdId, 'government');
  await enrol(world, OWNER, { programme: PROGRAMME, answers: ANSWERS });
};
const asked = async (): Promise<void> => {
  await settle(world, aSettling(), {});
  await askPayout(world, OWNER, { payoutId: 'payout-0001', unit: 'won', amount: 1000 });
};
const credited = (): Promise<unknown> =>
  settle(world, aSettling({ programme: PROGRAMME, period: '2026-10', payer: 'utility' }), {});
const keptOut = async (): Promise<string> => {
  await keep(world.table, [
    { event: aRuleEvent('reading', 'no reading'), reason: 'not-json', detail: 'message', state: 'held' },
  ]);
  return (await listQuarantine(world.table, { date: '2026-11-22', limit: 1 })).entries[0]?.id ?? '';
};

type Case = {
  readonly what: string;
  readonly before?: () => Promise<unknown>;
  readonly as?: object;
  readonly ask: Asked;
};
/** Every staff route that is told of a home, or changes something of it. */
const RECORDED: Record<string, Case> = {
  lookUp: { what: 'look-up', ask: { body: { by: 'gateway', id: HOME.gateway, reason: REASON } } },
  readAudit: { what: 'audit', as: AUDITOR, ask: { query: { reason: REASON } } },
  listApplications: { what: 'applications-listed', before: applied, ask: { query: { state: 'applied' } } },
  moveApplication: {
    what: 'application-moved',
    before: applied,
    ask: { params: { programme: PROGRAMME }, body: { to: 'under-review' } },
  },
  listPayouts: { what: 'payouts-listed', before: asked, ask: { query: { state: 'pending' } } },
  decidePayout: {
    what: 'payout-decided',
    before: asked,
    ask: { params: { payoutId: 'payout-0001' }, body: { decision: 'approve' } },
  },
  recordPayment: {
    what: 'payment-recorded',
    before: asked,
    ask: { params: { payoutId: 'payout-0001' }, body: { outcome: 'paid', reference: 'transfer 1' } },
  },
  confirmCredit: {
    what: 'credit-confirmed',
    before: credited,
    ask: { body: { programme: PROGRAMME, period: '2026-10', unit: 'won', amount: 1, report: 'report-1' } },
  },
  readReconciliation: { what: 'payments-compared', ask: { query: { from: '2026-11-01', to: '2026-11-21' } } },
  listQuarantine: { what: 'messages-listed', before: keptOut, ask: { query: { date: '2026-11-22' } } },
  replayQuarantine: { what: 'message-replayed', before: keptOut, ask: {} },
};
/** Of these no home is told, or their own tests prove it: `proofs` and `claims`. */
const TOUCH_NO_HOME = [
  'announceEvent',
  'announceChallenge',
  'approveFile',
  'readRun',
  'startRun',
  'issueCodes',
  'issueClaims',
  'registerSite',
  'readConnectors',
  'replayConnector',
  'listPartners',
  'readPartner',
  'addPartner',
  'changePartner',
  'addPartnerKey',
  'revokePartnerKey',
  'addOpenadrClient',
  'removeOpenadrClient',
];
const PROVED_ELSEWHERE = ['listProofs', 'decideProof', 'unlockClaims', 'listDisputes', 'answerDispute'];

describe('staff who read or change something of a home', () => {
  test.each(Object.entries(RECORDED))('by %s leave who, what and why in its access log', async (name, one) => {
    const id = await one.before?.();
    await call(name, one.as ?? OPERATOR, typeof id === 'string' ? { ...one.ask, params: { id } } : one.ask);
    const [entry, more] = await log();
    expect(entry).toMatchObject({
      who: { kind: 'staff', id: one.as ? 'auditor-1' : 'staff-7' },
      what: one.what,
      why: expect.stringMatching(/\w/) as string,
    });
    expect(more).toBeUndefined();
  });

  test('have no route of which nobody decided whether it does', () => {
    const staff = routes.filter(({ route }) => route.auth === 'operator' || route.auth === 'auditor');
    const known = [...Object.keys(RECORDED), ...TOUCH_NO_HOME, ...PROVED_ELSEWHERE];
    expect(staff.map(({ route }) => route.name).toSorted()).toEqual(known.toSorted());
  });

  test('are told nothing when the log cannot be written', async () => {
    await applied();
    table.use({ ...world.table, transact: () => Promise.reject(new Error('the store is away')) });
    const { status, body } = await call('listApplications', OPERATOR, { query: { state: 'applied' } });
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain(householdId);
  });
});

describe('the audit of a home', () => {
  test('is for the auditor, with a reason; an operator and the owner may not', async () => {
    const query = { reason: REASON };
    const { status, body } = await call('readAudit', AUDITOR, { query });
    expect([status, readAudit.answer.parse(body)]).toMatchObject([200, { isWhole: true, entries: [{ why: REASON }] }]);
    expect(body).toEqual(readAudit.answer.parse(body));
    for (const who of [OPERATOR, RESIDENT, { sub: 'auditor-1' }])
      expect((await call('readAudit', who, { query })).status).toBe(403);
    expect((await call('readAudit', AUDITOR, { query: { reason: 'no' } })).status).toBe(400);
    expect((await call('readAudit', AUDITOR)).status).toBe(400);
    expect(await log()).toHaveLength(1);
  });
});

describe('a look-up', () => {
  test('needs a reason, and says in words that there is no such thing', async () => {
    expect((await call('lookUp', OPERATOR, { body: { by: 'device', id: 'x', reason: '        ' } })).status).toBe(400);
    const { status, body } = await call('lookUp', OPERATOR, { body: { by: 'device', id: 'x', reason: REASON } });
    expect([status, problem.parse(body).detail]).toEqual([404, 'there is no device x']);
    expect(await log()).toEqual([]);
  });
});

describe('the consents of a home', () => {
  const set = (who: object, purpose: string, body: object = { granted: true, textVersion: 1 }) =>
    call('setConsent', who, { params: { purpose }, body });

  test('are read by its people and set by owners and members, purpose by purpose', async () => {
    for (const role of ['member', 'viewer'] as const) await putMember(world.table, { householdId, sub: role, role });
    expect((await set({ sub: 'member' }, 'research')).status).toBe(200);
    expect((await set({ sub: 'viewer' }, 'research')).status).toBe(403);
    expect((await set(OPERATOR, 'research')).status).toBe(403);
    const { status, body } = await call('readConsents', { sub: 'viewer' });
    const { consents } = readConsents.answer.parse(body);
    expect([status, consents.filter(({ granted }) => granted).map(({ purpose }) => purpose)]).toEqual([
      200,
      ['research'],
    ]);
  });

  test('know no other purpose and no other text', async () => {
    expect((await set(RESIDENT, 'everything')).status).toBe(400);
    expect((await set(RESIDENT, 'research', { granted: 'yes', textVersion: 1 })).status).toBe(400);
    const { status, body } = await set(RESIDENT, 'research', { granted: true, textVersion: 2 });
    expect([status, problem.parse(body).code]).toEqual([409, 'text-changed']);
    expect(setConsent.answer.safeParse(body).success).toBe(false);
  });

  test('and the community are one: by either route it is the same', async () => {
    await set(RESIDENT, 'community');
    const agreed = async () =>
      readConsents.answer
        .parse((await call('readConsents', RESIDENT)).body)
        .consents.find(({ purpose }) => purpose === 'community')?.granted;
    expect(await agreed()).toBe(true);
    expect((await call('leaveCommunity', RESIDENT)).body).toMatchObject({ joined: false });
    expect(await agreed()).toBe(false);
    expect(world.said.map(({ detail }) => detail['facts'])).toEqual([
      { purpose: 'community', said: 'agreed' },
      { purpose: 'community', said: 'withdrawn' },
    ]);
  });
});
