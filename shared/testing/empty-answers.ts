import { dayStart, HOUR_MS, SLOT_MS } from '@hems/models/calendar/seoul';
import { aCommunity } from './community-answers.ts';
import { aForecast, anAdvice, aPlan } from './assistant-answers.ts';
import { seriesOf } from './asked-series.ts';
import { grainOf, spanOf, type Answers } from './asked.ts';
import { someEvents } from './event-answers.ts';
import { flatSeries, HOME } from './flat-energy.ts';
import { flatBill } from './flat-money.ts';
import { SETTLED_MS, TODAY } from './flat.ts';
import { anOnboarding, someEquipment, someMembers } from './joining-answers.ts';
import { anInbox, someAccesses, someConsents } from './privacy-answers.ts';
import { someProgrammes } from './reward-answers.ts';

const UNKNOWN = { powerW: null, ts: null, quality: 'missing' };
const NOTHING = { earned: 0, underway: 0, paid: 0, withdrawable: 0, expected: 0, confirmed: 0 };
const TOO_SHORT = { status: 'refused', code: 'insufficient-history', detail: 'no day is known yet' };

/** What the service says of a home that has only begun, where it differs from what it says of the flat. */
export const emptyAnswers: Answers = {
  readLive: ({ nowMs }) => ({
    householdId: HOME,
    now: nowMs,
    load: UNKNOWN,
    grid: UNKNOWN,
    today: { loadWh: null, quality: 'missing' },
    devices: [],
  }),
  readUsage: (asked) => ({
    householdId: HOME,
    grain: grainOf(asked),
    ...spanOf(asked),
    timeZone: 'Asia/Seoul',
    intervals: [],
  }),
  readDeviceUsage: (asked) => ({
    householdId: HOME,
    ...spanOf(asked),
    heldFrom: TODAY,
    loadWh: null,
    missingSlots: 0,
    devices: [],
    otherWh: null,
    quality: 'missing',
  }),
  readDeviceSeries: (asked) => ({ ...flatSeries(seriesOf(asked)), points: [] }),
  readEnvironment: ({ nowMs }) => ({ householdId: HOME, now: nowMs, sensors: [] }),
  readToday: () => ({
    householdId: HOME,
    date: TODAY,
    untilMs: null,
    loadWh: null,
    importWh: null,
    quality: 'missing',
    missingSlots: Math.floor((SETTLED_MS - dayStart(TODAY)) / SLOT_MS),
    costWon: null,
    footprintG: null,
    saving: { ...TOO_SHORT, method: 'ten-of-ten', version: 1 },
    usualPowerW: null,
    usualHourMs: Math.floor(SETTLED_MS / HOUR_MS) * HOUR_MS,
  }),
  readDays: () => ({ householdId: HOME, days: [], saved: null }),
  readScore: () => ({ status: 'refused', code: 'too-few-days', detail: 'no day is known yet' }),
  readRunningBill: ({ query }) => ({
    ...flatBill(query['date']),
    supplyAssumed: true,
    use: { importWh: 0, exportWh: 0, missingDays: 22, quality: 'missing' },
    projected: TOO_SHORT,
    tierBar: null,
  }),
  readForecast: () =>
    aForecast({ status: 'collecting', hours: [], today: null, tomorrow: null, days: [], month: null, scorecard: null }),
  readForecastAccuracy: () => ({ householdId: HOME, days: [] }),
  listAdvice: () => anAdvice({ withheld: 'collecting', suggestions: [], notes: [], results: [] }),
  readPlan: () => aPlan({ plan: null, hasBattery: false, hasCharger: false, why: 'nothing-to-plan', orders: [] }),
  listProgrammes: () => someProgrammes([]),
  readHouseholdEvents: () => someEvents({ events: [] }),
  readRewards: () => ({
    householdId: HOME,
    balances: { won: NOTHING, points: NOTHING },
    entries: [],
    payouts: [],
    elsewhere: [],
    cursor: null,
  }),
  readCommunity: () =>
    aCommunity({ standing: null, board: null, hidden: 'not-ranked-yet', about: null, peerMedian: null }),
  listChallenges: () => ({ challenges: [] }),
  readOnboarding: () => anOnboarding(),
  listGateways: () => someEquipment({ gateways: [], devices: [] }),
  listDevices: () => ({ householdId: HOME, devices: [] }),
  listMembers: () => someMembers({ invitations: [] }),
  readConsents: () => someConsents(),
  readAccessLog: () => someAccesses({ entries: [] }),
  listExports: () => ({ exports: [] }),
  readInbox: () => anInbox({ notices: [], unread: 0 }),
};
