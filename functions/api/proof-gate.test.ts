import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '@hems/models/calendar/seoul';
import { aPoint } from '@hems/models/testing/builders';
import { CONSENTS } from '@hems/models/household/consents';
import { contract } from '@hems/shared/api/contract';
import { problem } from '@hems/shared/api/problem';
import type { Route } from '@hems/shared/api/route';
import * as ports from '../runtime/ports.ts';
import { noResidenceProof } from '../adapters/providers/no-residence-proof.ts';
import { FLAT } from '../testing/joining-home.ts';
import { aBatch, aRuleEvent, aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { openHousehold } from '../use-cases/onboarding/open-household.ts';
import { aggregateHousehold } from '../use-cases/aggregate-household.ts';
import { importDays } from '../use-cases/import-days.ts';
import { NO_PROOF, proofPut, readProof, type Proof } from '../use-cases/stores/proofs.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** Readings that are found wherever they turn up. */
const PLANTED_WH = 7_654_321;
const PLANTED_W = 4_321;
const TRACES = [String(PLANTED_WH), String(PLANTED_W), '8765432', 'meter-1', 'solar-1', HOME.telemetryId];

let world: World;
// made once: the tests change its proof, and what they say of its place and supply is nothing that is looked for
beforeAll(async () => {
  world = await aWorld();
  ports.table.use(world.table);
  ports.clock.use(world.clock);
  ports.keys.use(world.keys);
  ports.bus.use(world.bus);
  ports.ids.use(world.ids);
  ports.channel.use(world.channel);
  ports.telemetry.use(world.telemetry);
  ports.residence.use(noResidenceProof);
  ports.directory.use(world.deps.directory);
  ports.identity.use({
    read: async (sub) => ({ sub, email: `${sub}@example.com`, emailVerified: true }),
    signOut: async () => undefined,
    delete: async () => undefined,
  });
  const quantities = { power_w: PLANTED_W, energy_import_wh: 87_654_321 };
  await world.take(aRuleEvent('batch', aBatch([aPoint({ ts: NOON, quantities })])));
  const day = { importWh: PLANTED_WH, loadWh: PLANTED_WH, quality: 'good', source: 'imported' } as const;
  await importDays(
    world,
    HOME.householdId,
    Array.from({ length: 40 }, (_, i) => ({ ...day, date: addDays('2026-11-19', -i) })),
  );
  await aggregateHousehold(world, { householdId: HOME.householdId, date: '2026-11-21' });
});
const prove = async (over: Partial<Proof>): Promise<void> => {
  const { version } = await readProof(world.table, HOME.householdId);
  await world.table.put(proofPut(HOME.householdId, { ...NO_PROOF, ...over }, version));
};

const call = async (noun: string, { method, path }: Route, body?: unknown, more: Record<string, string> = {}) => {
  const { handler } = (await import(/* @vite-ignore */ `${import.meta.dirname}/${noun}.ts`)) as { handler: Handler };
  const names = [...path.matchAll(/{(\w+)}/g)].map(([, name = '']) => name);
  // any value that the path takes: who is let in is decided before anything of it is looked up
  const known: Record<string, string> = {
    householdId: HOME.householdId,
    date: '2026-11-21',
    purpose: 'community',
    programme: 'energy-cashback',
    personId: 'owner',
    ...more,
  };
  const claims = { sub: 'owner', token_use: 'access', auth_time: '1' };
  const event = {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    pathParameters: Object.fromEntries(names.map((name) => [name, known[name] ?? 'meter-1'])),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: { authorizer: { jwt: { claims, scopes: [] } } },
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode, body: text = '' } = await handler(event, {} as Context);
  return { status: statusCode, text };
};

const ofHouseholds = Object.entries(contract)
  .flatMap(([noun, own]) => own.map((route) => ({ noun, name: route.name, route: route as unknown as Route })))
  .filter(({ route }) => route.auth === 'resident' && route.path.includes('{householdId}'));
const closed = ofHouseholds.filter(({ route }) => route.beforeProof !== true);
const open = ofHouseholds.filter(({ route }) => route.beforeProof === true);

describe.each(closed)('$name', ({ noun, route }) => {
  test.each<[string, Partial<Proof>]>([
    ['nobody has proved that they live there', {}],
    ['an operator has to decide', { state: 'waiting', by: 'operator' }],
    ['an operator has refused', { state: 'refused', by: 'operator', reason: 'the lease has ended' }],
  ])('is closed to the owner while %s', async (_, proof) => {
    await prove(proof);
    const { status, text } = await call(noun, route);
    expect([status, problem.parse(JSON.parse(text)).code]).toEqual([403, 'no-proof']);
  });
});

/** What the routes are sent that are carried out; those that are not here need nothing. */
const BILL = { from: '2026-10-01', to: '2026-10-31', importWh: 350_000, billWon: 70_640 };
const BODY: Record<string, unknown> = {
  setPlace: FLAT,
  guessSupply: BILL,
  confirmSupply: {
    supply: { voltage: 'low', plan: { plan: 'progressive' }, readingDay: 1, discounts: [], netMetering: false },
    lastBill: BILL,
  },
  proveResidence: { by: 'operator' },
  setConsent: { granted: true, textVersion: CONSENTS.community.textVersion },
  changeRole: { role: 'owner' },
  claimGateway: { code: 'HEMS-AAAA-BBBB-CCCC' },
  enrol: { answers: {} },
  askPayout: { payoutId: 'payout-0001', unit: 'won', amount: 1000 },
  joinCommunity: { textVersion: 1 },
  inviteMember: { email: 'guest@example.com', role: 'member' },
};

describe('before the proof', () => {
  test('what a proven owner is shown has the traces that are looked for', async () => {
    await prove({ state: 'proven', by: 'operator' });
    const shown = await Promise.all([
      call('live', contract.live[0] as unknown as Route),
      call('devices', contract.devices[0] as unknown as Route),
    ]);
    const text = shown.map((one) => one.text).join('');
    for (const trace of [String(PLANTED_W), 'meter-1']) expect(text).toContain(trace);
  });

  test.each(open)('$name shows no reading, no bill made of one and no device', async ({ noun, name, route }) => {
    await prove({});
    const { status, text } = await call(noun, route, BODY[name]);
    expect(status).toBeLessThan(500);
    expect(text).not.toContain('no-proof');
    for (const trace of TRACES) expect(text).not.toContain(trace);
  });
});

/** Of a demo home that somebody has opened to look around: what would bring something from outside to it. */
const REFUSED: Record<string, Record<string, string>> = {
  claimGateway: {},
  enrol: {},
  askPayout: {},
  joinCommunity: {},
  setConsent: { purpose: 'community' },
  inviteMember: {},
  setPlace: {},
  startImport: {},
};
/** And why what is left may be done. */
const HARMLESS: Record<string, string> = {
  revokeGateway: 'no gateway comes to it',
  renameDevice: 'no device comes to it',
  retireDevice: 'no device comes to it',
  replaceDevice: 'no device comes to it',
  placeOrder: 'no device comes to it',
  setSupply: 'prices its simulated days',
  guessSupply: 'writes nothing',
  confirmSupply: 'prices its simulated days',
  withdraw: 'it takes part in nothing',
  joinEvent: 'it takes part in nothing',
  declineEvent: 'it takes part in nothing',
  setEventRule: 'it takes part in nothing',
  openDispute: 'nothing is settled for it',
  closeDispute: 'nothing is settled for it',
  leaveCommunity: 'it takes part in nothing',
  joinChallenge: 'among members of the community only',
  leaveChallenge: 'it takes part in nothing',
  withdrawInvitation: 'nobody is invited to it',
  changeRole: 'nobody but who opened it belongs to it',
  endMembership: 'nobody but who opened it belongs to it',
  proveResidence: 'it stands nowhere, so nothing is proved of it',
  startExport: 'hands out simulated days',
  answerAdvice: 'is about its simulated days',
  setSafeguard: 'is about its simulated days',
  setAutomation: 'no device comes to it',
  overridePlan: 'no device comes to it',
  endOverride: 'no device comes to it',
};

describe('a demo home that somebody has opened to look around', () => {
  const writing = ofHouseholds.filter(({ route }) => route.method !== 'GET');
  let householdId: string;
  beforeAll(async () => {
    const asked = { requestId: 'request-demo', kind: 'demo', name: 'demo', buildingType: 'apartment' } as const;
    ({ householdId } = await openHousehold(world, 'owner', asked));
    ports.mailer.use({ send: () => Promise.reject(new Error('nobody is written to')) });
    ports.webUrl.use('https://hems.example');
    ports.registry.use({ enter: () => Promise.reject(new Error('no gateway is entered')) } as never);
    ports.objects.use({ uploadForm: () => Promise.reject(new Error('no file is taken')) } as never);
  });

  test('has no writing route of which nobody decided whether it may', () => {
    const known = [...Object.keys(REFUSED), ...Object.keys(HARMLESS)];
    expect(writing.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
  });

  test.each(writing.filter(({ name }) => name in REFUSED))('$name is refused', async ({ noun, name, route }) => {
    const { status, text } = await call(noun, route, BODY[name], { householdId, ...REFUSED[name] });
    expect([status, problem.parse(JSON.parse(text)).code]).toEqual([409, 'demo-home']);
  });

  test('stays a demo home, whoever is asked to prove it', async () => {
    const proving = writing.find(({ name }) => name === 'proveResidence');
    for (const body of [{ by: 'operator' }, { by: 'provider' }, { by: 'invitation', code: 'AAAA-BBBB-CCCC' }]) {
      const { status, text } = await call(proving!.noun, proving!.route, body, { householdId });
      expect([status, problem.parse(JSON.parse(text)).code]).toEqual([409, 'no-place']);
    }
    expect((await readProof(world.table, householdId)).proof).toMatchObject({ state: 'proven', by: 'demo' });
  });
});
