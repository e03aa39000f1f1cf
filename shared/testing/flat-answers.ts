import { aSession } from './answers.ts';
import { seriesOf } from './asked-series.ts';
import { grainOf, spanOf, type Answers } from './asked.ts';
import { someChallenges } from './community-answers.ts';
import { flatAccuracy, flatAdvice, flatForecast, flatPlan } from './flat-assistant.ts';
import { flatDeviceUsage, flatEnvironment, flatLive, flatSeries, flatUsage } from './flat-energy.ts';
import { flatBill, flatDays, FLAT_SUPPLY, flatToday } from './flat-money.ts';
import {
  flatCommunity,
  flatEquipment,
  flatEvidence,
  flatOnboarding,
  flatProgrammes,
  flatRewards,
} from './flat-people.ts';
import { anEventDetail, someEvents } from './event-answers.ts';
import { anAccount, anImport, someMembers } from './joining-answers.ts';
import { aScore } from './money-answers.ts';
import { anErasure, anExport, anInbox, someAccesses, someConsents, someNoticeSettings } from './privacy-answers.ts';
import { aSimulation, someProgrammes } from './reward-answers.ts';

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
  readHouseholdEvents: () => someEvents(),
  readHouseholdEvent: () => anEventDetail(),
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
