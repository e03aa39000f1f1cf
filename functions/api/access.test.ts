import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { entryId } from '@hems/models/ledger/entry';
import { CONSENTS } from '@hems/models/household/consents';
import { contract } from '@hems/shared/api/contract';
import { problem } from '@hems/shared/api/problem';
import type { Route } from '@hems/shared/api/route';
import {
  bus,
  channel,
  clock,
  directory,
  files,
  identity,
  ids,
  keys,
  mailer,
  objects,
  payments,
  push,
  registry,
  runs,
  table,
  telemetry,
  weather,
  webUrl,
} from '../runtime/ports.ts';
import { objectLinks } from '../adapters/embedded/object-links.ts';
import { folderObjectStore } from '../adapters/embedded/object-store.ts';
import { simulatedWeather } from '../adapters/embedded/weather.ts';
import { aFoundAdvice } from '../testing/advised-home.ts';
import { aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { aSettling } from '../testing/ledger.ts';
import { askPayout } from '../use-cases/ask-payout.ts';
import { startExport } from '../use-cases/exports/start-export.ts';
import { startImport } from '../use-cases/imports/start-import.ts';
import { openEntryDispute } from '../use-cases/government/entry-disputes.ts';
import { inviteMember } from '../use-cases/members/invite-member.ts';
import { orderDevice } from '../use-cases/order-device.ts';
import { foundPut } from '../use-cases/stores/advice.ts';
import { newSealer } from '../use-cases/stores/data-keys.ts';
import { newGateway } from '../use-cases/stores/gateways.ts';
import { memberEnd, putDevice, putMember, putProfile } from '../use-cases/stores/households.ts';
import { settle } from '../use-cases/stores/ledger.ts';
import { NO_PROOF, proofPut } from '../use-cases/stores/proofs.ts';
import { userPut } from '../use-cases/stores/people.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const SAMPLE: Record<string, string> = {
  householdId: HOME.householdId,
  deviceId: 'meter-1',
  orderId: 'id-1',
  id: `2026-11-22.${'x'.repeat(43)}`,
  programme: 'energy-cashback',
  partnerId: 'office',
  keyName: 'first',
  clientId: 'office.client-1',
  siteId: 'hanbit',
  connectorId: 'enterprise-bems',
  entryId: 'ENTRY#energy-cashback#2026-10#0000',
  payoutId: 'payout-0001',
  file: 'partner-2026-10',
  challengeId: 'challenge-1',
  eventId: 'event-1',
  date: '2026-11-21',
  gateway: HOME.gateway,
  personId: 'guest',
  invitationId: 'invitation-1',
  purpose: 'analysis',
  adviceId: 'advice-1',
  importId: 'import-1',
  exportId: 'export-1',
  erasureId: 'e'.repeat(22),
};
const QUERY: Record<string, Record<string, string>> = {
  readUsage: { grain: 'hour', from: '2026-11-22', to: '2026-11-22' },
  readDeviceUsage: { from: '2026-11-22', to: '2026-11-22' },
  readDeviceSeries: { quantity: 'power_w', grain: 'hour', from: '2026-11-22', to: '2026-11-22' },
  listQuarantine: { date: '2026-11-22' },
  readForecastAccuracy: { from: '2026-11-01', to: '2026-11-21' },
  readWeatherSaving: { from: '2026-11-01', to: '2026-11-21' },
  readDays: { from: '2026-11-01', to: '2026-11-21' },
  listEvents: { from: '2026-11-01', to: '2026-11-21' },
  listApplications: { state: 'applied' },
  listPayouts: { state: 'pending' },
  listDisputes: { waiting: 'answer' },
  readReconciliation: { from: '2026-11-01', to: '2026-11-21' },
  readAudit: { reason: 'the yearly audit of accesses' },
};
const BODY: Record<string, unknown> = {
  setSupply: { voltage: 'low', plan: { plan: 'progressive' }, readingDay: 1, discounts: [], netMetering: false },
  enrol: { answers: {} },
  moveApplication: { to: 'under-review' },
  announceEvent: { eventId: 'event-1', programme: 'national-dr', date: '2026-11-25', fromHour: 18, toHour: 19 },
  setEventRule: {
    isOn: true,
    minimum: { won: 0, points: 0 },
    quietWeekdays: [],
    quietDates: null,
    quietHours: null,
    mostPerWeek: null,
  },
  askPayout: { payoutId: 'payout-0001', unit: 'won', amount: 1 },
  decidePayout: { decision: 'approve' },
  recordPayment: { outcome: 'paid', reference: 'transfer 1' },
  approveFile: { report: 'report-1' },
  openDispute: { reasonCode: 'amount-wrong', text: 'it was more' },
  answerDispute: { outcome: 'rejected', text: 'it was not', reason: 'the readings were looked at' },
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
  addPartner: { partnerId: 'office', name: 'office', kind: 'government', scopes: [], reason: 'a contract was signed' },
  registerSite: { name: '한빛 단지', address: '가상로 12', postalCode: '04001', reason: 'a contract was signed' },
  replayConnector: { fromMs: 1_795_000_000_000 },
  changePartner: { status: 'suspended', reason: 'the contract has ended' },
  addPartnerKey: {
    keyName: 'first',
    algorithm: 'ed25519',
    jwk: { kty: 'OKP', crv: 'Ed25519', x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs' },
    untilMs: null,
    reason: 'the first key',
  },
  revokePartnerKey: { reason: 'the key was lost' },
  addOpenadrClient: { name: 'dispatch', role: 'bl', reason: 'a contract was signed' },
  removeOpenadrClient: { reason: 'the contract has ended' },
  changeAccount: { name: 'demo', language: 'ko' },
  inviteMember: { email: 'guest@example.com', role: 'member' },
  acceptInvitation: { token: 't'.repeat(43) },
  changeRole: { role: 'viewer' },
  openHousehold: { requestId: 'request-1', kind: 'own', name: 'demo', buildingType: 'apartment' },
  setPlace: {
    name: 'demo',
    buildingType: 'apartment',
    address: '데모로 1',
    unit: '101동 101호',
    postalCode: '04000',
    region: '서울 마포구',
  },
  guessSupply: { from: '2026-10-01', to: '2026-10-31', importWh: 300_000, billWon: 50_000 },
  confirmSupply: {
    supply: { voltage: 'low', plan: { plan: 'progressive' }, readingDay: 1, discounts: [], netMetering: false },
    lastBill: { from: '2026-10-01', to: '2026-10-31', importWh: 300_000, billWon: 50_000 },
  },
  proveResidence: { by: 'invitation', code: 'AAAA-BBBB-CCCC' },
  decideProof: {
    decision: 'approve',
    reason: 'contract of the flat was shown',
    residence: { address: '데모로 1', postalCode: '04000', unit: '101동 101호' },
  },
  issueCodes: { address: '데모로 1', postalCode: '04000', units: ['101동 101호'], expiresOn: '2026-12-31' },
  lookUp: { by: 'household', id: HOME.householdId, reason: 'the resident asked for help' },
  setConsent: { granted: true, textVersion: CONSENTS.analysis.textVersion },
  eraseHousehold: { householdId: HOME.householdId, erasureId: 'e'.repeat(22), confirm: 'erase' },
  eraseAccount: { erasureId: 'e'.repeat(22), confirm: 'erase' },
  settleErasure: { balance: 'pay' },
  markRead: { noticeIds: ['notice-1'] },
  addPushTarget: { endpoint: 'https://push.example.com/1', p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) },
  removePushTarget: { endpoint: 'https://push.example.com/1' },
  claimGateway: { code: 'HEMS-AAAA-BBBB-CCCC' },
  renameDevice: { name: 'demo meter' },
  replaceDevice: { by: 'meter-2' },
  issueClaims: { gateways: [{ serial: 'SERIAL-1', devices: ['smart_meter'] }], expiresOn: '2026-12-31' },
  unlockClaims: { householdId: HOME.householdId, reason: 'the resident asked for help' },
  answerAdvice: { answer: 'accept' },
  setSafeguard: { isVulnerable: true },
  setAutomation: { isOn: true, reservePermille: 100, car: null },
  overridePlan: { mode: 'rest', minutes: 60 },
  placeOrder: { action: 'switch', params: { on: false }, expiresInSeconds: 60 },
};

const names = (path: string): string[] => [...path.matchAll(/{(\w+)}/g)].map(([, name = '']) => name);

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

const routes = Object.entries(contract).flatMap(([noun, own]) =>
  own.map((route) => ({ noun, name: route.name, route: route as unknown as Route })),
);
const ofHouseholds = routes.filter(({ route }) => route.auth === 'resident' && route.path.includes('{householdId}'));
const ofOperators = routes.filter(({ route }) => route.auth === 'operator');
const ofAuditors = routes.filter(({ route }) => route.auth === 'auditor');

const DOORS_CLOCK = { now: () => NOON };
const DOORS = {
  origin: 'http://127.0.0.1:8000',
  links: objectLinks(new Uint8Array(32), DOORS_CLOCK),
  clock: DOORS_CLOCK,
};

let world: World;
beforeEach(async () => {
  world = await aWorld();
  clock.use(world.clock);
  table.use(world.table);
  keys.use(world.keys);
  bus.use(world.bus);
  identity.use({
    read: async (sub) => ({ sub, email: `${sub}@example.com`, emailVerified: true }),
    signOut: async () => undefined,
    delete: async () => undefined,
  });
  files.use({ send: async () => undefined });
  objects.use(folderObjectStore('/nowhere', DOORS));
  mailer.use({ send: async () => undefined });
  push.use({ publicKey: async () => 'key', send: async () => 'taken' });
  webUrl.use('https://hems.example');
  registry.use({
    enter: async () => undefined,
    withdraw: async () => undefined,
    register: async () => Promise.reject(new Error('no route certifies keys')),
    gatewayOf: async () => undefined,
    revoke: async () => undefined,
    cutOff: async () => undefined,
    remove: async () => ({ things: 0, certificates: 0 }),
  });
  telemetry.use(world.telemetry);
  channel.use(world.channel);
  ids.use(world.ids);
  payments.use({ pay: async () => 'taken', find: async () => 'never-heard', payments: async () => [] });
  weather.use(simulatedWeather(world.clock));
  runs.use({ start: async () => true, status: async () => undefined });
  directory.use(world.deps.directory);
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
    await putMember(world.table, { householdId: HOME.householdId, sub: 'guest', role: 'owner' });
    expect((await call(noun, route, { sub: 'guest' })).status).not.toBe(403);
    await world.table.put(memberEnd({ householdId: HOME.householdId, sub: 'guest', role: 'owner' }, NOON));
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

const THEIRS = { householdId: 'h-2', sub: 'neighbour', role: 'owner' } as const;

/** As a challenge of the community is frozen in the ledger. */
const CHALLENGE = {
  programme: 'community-challenge',
  version: 'v1',
  period: 'save-together',
  terms: {
    from: '2026-11-01',
    to: '2026-11-10',
    announcedOn: '2026-10-20',
    goalBasisPoints: 500,
    reward: { unit: 'points', amount: 3000 },
  },
  history: [],
  days: [],
  barred: null,
};

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

describe.each(ofOperators)('$name', ({ noun, route }) => {
  test('is closed to residents, owners of households included', async () => {
    expectDenied(await call(noun, route, { sub: 'owner' }));
    expectDenied(await call(noun, route, { sub: 'owner', 'cognito:groups': '[resident]' }));
  });

  test('is open to the operator', async () => {
    expect((await call(noun, route, { sub: 'staff', 'cognito:groups': '[operator auditor]' })).status).not.toBe(403);
  });
});

describe.each(ofAuditors)('$name', ({ noun, route }) => {
  test('is closed to residents and to the operator, whom it is about', async () => {
    expectDenied(await call(noun, route, { sub: 'owner' }));
    expectDenied(await call(noun, route, { sub: 'staff', 'cognito:groups': '[operator]' }));
  });

  test('is open to the auditor', async () => {
    expect((await call(noun, route, { sub: 'auditor', 'cognito:groups': '[auditor]' })).status).not.toBe(403);
  });
});

describe.each(routes.filter(({ route }) => route.auth !== 'public'))('$name', ({ noun, route }) => {
  test('is closed to a session that was ended, whoever’s it is', async () => {
    for (const sub of ['owner', 'staff']) await world.table.put(userPut(sub, { validAfter: 2 }, 0));
    for (const claims of [{ sub: 'owner' }, { sub: 'staff', 'cognito:groups': '[operator auditor]' }]) {
      const { status, body } = await call(noun, route, claims);
      expect([status, problem.parse(body).code]).toEqual([401, 'session-ended']);
    }
  });
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
