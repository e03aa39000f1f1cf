import { isQuantity } from '@hems/models/reading/quantities';
import type { Grain } from '../api/usage.ts';
import { aSession } from './answers.ts';
import { someChallenges } from './community-answers.ts';
import { flatAccuracy, flatAdvice, flatForecast, flatPlan } from './flat-assistant.ts';
import {
  flatDeviceUsage,
  flatEnvironment,
  flatLive,
  flatSeries,
  flatUsage,
  type SeriesAsked,
  type Span,
} from './flat-energy.ts';
import { flatBill, flatDays, FLAT_SUPPLY, flatToday } from './flat-money.ts';
import {
  flatCommunity,
  flatEquipment,
  flatEvidence,
  flatOnboarding,
  flatProgrammes,
  flatRewards,
} from './flat-people.ts';
import { anAccount, anImport, someMembers } from './joining-answers.ts';
import { aScore } from './money-answers.ts';
import { anErasure, anExport, anInbox, someAccesses, someConsents, someNoticeSettings } from './privacy-answers.ts';
import { aSimulation, someProgrammes } from './reward-answers.ts';

/** What a call asks for, and the time by the clock of the service. */
export type Asked = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly nowMs: number;
};
/** By the name of a route. The contract is for whoever hands an answer on to check. */
export type Answers = Readonly<Record<string, (asked: Asked) => unknown>>;

export const spanOf = ({ query: { from = '', to = '' } }: Asked): Span => ({ from, to });
const GRAINS: readonly Grain[] = ['15min', 'hour', 'day', 'month'];
export const grainOf = ({ query }: Asked): Grain => GRAINS.find((grain) => grain === query['grain']) ?? 'day';

export const seriesOf = (asked: Asked): SeriesAsked => {
  const { quantity = '' } = asked.query;
  return {
    ...spanOf(asked),
    deviceId: asked.params['deviceId'] ?? '',
    quantity: isQuantity(quantity) ? quantity : 'power_w',
    grain: asked.query['grain'] === 'hour' ? 'hour' : '15min',
  };
};

/** What the service says of the flat. */
export const flatAnswers: Answers = {
  readSession: () => aSession(),
  readLive: ({ nowMs }) => flatLive(nowMs),
  readUsage: (asked) => flatUsage(grainOf(asked), spanOf(asked)),
  readDeviceUsage: (asked) => flatDeviceUsage(spanOf(asked)),
  readDeviceSeries: (asked) => flatSeries(seriesOf(asked)),
  readEnvironment: ({ nowMs }) => flatEnvironment(nowMs),
  readToday: () => flatToday(),
  readDays: (asked) => flatDays(spanOf(asked)),
  readScore: () => aScore(),
  readRunningBill: ({ query }) => flatBill(query['date']),
  readSupply: () => ({ supply: FLAT_SUPPLY, assumed: false }),
  readForecast: () => flatForecast(),
  readForecastAccuracy: (asked) => flatAccuracy(spanOf(asked)),
  listAdvice: () => flatAdvice(),
  readPlan: () => flatPlan(),
  listProgrammes: () => someProgrammes(flatProgrammes()),
  simulateProgramme: () => aSimulation(),
  readRewards: () => flatRewards(),
  readEvidence: () => flatEvidence(),
  readCommunity: () => flatCommunity(),
  listChallenges: () => someChallenges(),
  readOnboarding: () => flatOnboarding(),
  listGateways: ({ nowMs }) => flatEquipment(nowMs),
  listDevices: ({ nowMs }) => flatEquipment(nowMs),
  listMembers: () => someMembers(),
  readAccount: () => anAccount(),
  readConsents: () => someConsents(),
  readAccessLog: () => someAccesses(),
  listExports: () => ({ exports: [anExport()] }),
  listImports: () => ({ imports: [] }),
  readImport: () => anImport(),
  readErasure: () => anErasure(),
  readInbox: () => anInbox(),
  readNoticeSettings: () => someNoticeSettings(),
};
