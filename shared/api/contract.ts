import { readRunningBill } from './bill.ts';
import { announceChallenge, joinChallenge, leaveChallenge, listChallenges } from './challenges.ts';
import { joinCommunity, leaveCommunity, readCommunity } from './community.ts';
import { readDays, readScore, readWeatherSaving } from './days.ts';
import { listDevices, readDeviceSeries } from './devices.ts';
import { readEnvironment } from './environment.ts';
import { announceEvent, listEvents } from './events.ts';
import { readLive } from './live.ts';
import { placeOrder, readOrder } from './orders.ts';
import { enrol, listApplications, listProgrammes, moveApplication, simulateProgramme, withdraw } from './programmes.ts';
import { listQuarantine, replayQuarantine } from './quarantine.ts';
import {
  approveFile,
  askPayout,
  confirmCredit,
  decidePayout,
  listPayouts,
  readEvidence,
  readReconciliation,
  readRewards,
  recordPayment,
} from './rewards.ts';
import { readRun, startRun } from './runs.ts';
import { listHouseholds, readSession } from './session.ts';
import { readSupply, setSupply } from './supply.ts';
import { readBill } from './tariffs.ts';
import { readUsage } from './usage.ts';

/** Every endpoint of the resident API, by the noun whose Lambda answers it. */
export const contract = {
  session: [readSession],
  households: [listHouseholds],
  live: [readLive],
  usage: [readUsage],
  environment: [readEnvironment],
  devices: [listDevices, readDeviceSeries],
  orders: [placeOrder, readOrder],
  quarantine: [listQuarantine, replayQuarantine],
  tariffs: [readBill],
  supply: [readSupply, setSupply],
  bill: [readRunningBill],
  days: [readDays, readScore, readWeatherSaving],
  programmes: [listProgrammes, simulateProgramme, enrol, withdraw, listApplications, moveApplication],
  rewards: [
    readRewards,
    readEvidence,
    askPayout,
    listPayouts,
    decidePayout,
    recordPayment,
    confirmCredit,
    approveFile,
    readReconciliation,
  ],
  events: [listEvents, announceEvent],
  community: [readCommunity, joinCommunity, leaveCommunity],
  challenges: [listChallenges, joinChallenge, leaveChallenge, announceChallenge],
  runs: [readRun, startRun],
} as const;

export type Noun = keyof typeof contract;
