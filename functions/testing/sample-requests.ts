import { CONSENTS } from '@hems/models/household/consents';
import { NOTICE_KINDS } from '@hems/models/notices/kinds';
import { contract, type Noun } from '@hems/shared/api/contract';
import type { Route } from '@hems/shared/api/route';
import { HOME } from './world.ts';

/** Every route of the residents' and operators' API, with the noun that answers it. */
export const ROUTES = Object.entries(contract).flatMap(([noun, own]) =>
  own.map((route) => ({ noun: noun as Noun, name: route.name, route: route as unknown as Route })),
);

/** A value of each parameter of a path. */
export const SAMPLE: Record<string, string> = {
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
/** A query that the route takes, by its name; a route that is not here needs none. */
export const QUERY: Record<string, Record<string, string>> = {
  readBill: { voltage: 'low', from: '2026-10-01', to: '2026-10-31', kwh: '300' },
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
/** A body that the route takes, likewise. */
export const BODY: Record<string, object> = {
  setSupply: { voltage: 'low', plan: { plan: 'progressive' }, readingDay: 1, discounts: [], netMetering: false },
  enrol: {
    answers: {
      'residential-contract': true,
      'registered-at-address': true,
      'unit-use-is-submitted': true,
      'in-no-other-utility-programme': true,
    },
  },
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
  setNoticeSettings: {
    kinds: Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, { inbox: true, push: false, email: false }])),
    quiet: null,
    weeklyCap: 7,
    budgetWon: {},
  },
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
  placeOrder: { action: 'set-battery', params: { power_w: 1000 }, expiresInSeconds: 60 },
};

/** The parameters of a path. */
export const names = (path: string): string[] => [...path.matchAll(/{(\w+)}/g)].map(([, name = '']) => name);

/** The path of a route with these parameters, or samples. */
export const pathOf = ({ path }: Pick<Route, 'path'>, params: Readonly<Record<string, string>> = {}): string =>
  path.replaceAll(/{(\w+)}/g, (_placeholder, name: string) => encodeURIComponent(params[name] ?? SAMPLE[name] ?? ''));
