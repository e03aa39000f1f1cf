import { lookUp, readAccessLog, readAudit } from './access.ts';
import { changeAccount, readAccount, signOutEverywhere } from './account.ts';
import { issueClaims, unlockClaims } from './claims.ts';
import { readConsents, setConsent } from './consents.ts';
import { eraseAccount, eraseHousehold, readErasure, settleErasure } from './erasures.ts';
import { listExports, readExport, startExport } from './exports.ts';
import { listImports, readImport, startImport } from './imports.ts';
import { addPushTarget, markRead, readInbox, readNoticeSettings, setNoticeSettings, unsubscribe } from './inbox.ts';
import {
  acceptInvitation,
  changeRole,
  endMembership,
  inviteMember,
  listMembers,
  withdrawInvitation,
} from './members.ts';
import { confirmSupply, guessSupply, openHousehold, proveResidence, readOnboarding, setPlace } from './onboarding.ts';
import { decideProof, issueCodes, listProofs } from './proofs.ts';
import { readRunningBill } from './bill.ts';
import { announceChallenge, joinChallenge, leaveChallenge, listChallenges } from './challenges.ts';
import { joinCommunity, leaveCommunity, readCommunity } from './community.ts';
import { readDays, readScore, readWeatherSaving } from './days.ts';
import {
  claimGateway,
  listDevices,
  listGateways,
  readDeviceSeries,
  renameDevice,
  replaceDevice,
  retireDevice,
  revokeGateway,
} from './devices.ts';
import { readEnvironment } from './environment.ts';
import { answerAdvice, listAdvice, setSafeguard } from './advice.ts';
import {
  announceEvent,
  declineEvent,
  joinEvent,
  listEvents,
  readHouseholdEvent,
  readHouseholdEvents,
  setEventRule,
} from './events.ts';
import { readForecast, readForecastAccuracy } from './forecast.ts';
import { endOverride, overridePlan, readPlan, setAutomation } from './plan.ts';
import { readLive } from './live.ts';
import { placeOrder, readOrder } from './orders.ts';
import { enrol, listApplications, listProgrammes, moveApplication, simulateProgramme, withdraw } from './programmes.ts';
import { addPartner, addPartnerKey, changePartner, listPartners, readPartner, revokePartnerKey } from './partners.ts';
import { addOpenadrClient, removeOpenadrClient } from './openadr-clients.ts';
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
import { answerDispute, closeDispute, listDisputes, openDispute, readDispute } from './disputes.ts';
import { readRun, startRun } from './runs.ts';
import { readSession } from './session.ts';
import { readConnectors, registerSite, replayConnector } from './sites.ts';
import { readSupply, setSupply } from './supply.ts';
import { readBill } from './tariffs.ts';
import { readToday } from './today.ts';
import { readDeviceUsage, readUsage } from './usage.ts';

/** Every endpoint of the resident API, by the noun whose Lambda answers it. */
export const contract = {
  session: [readSession],
  live: [readLive],
  usage: [readUsage, readDeviceUsage],
  environment: [readEnvironment],
  devices: [
    listDevices,
    readDeviceSeries,
    listGateways,
    claimGateway,
    revokeGateway,
    renameDevice,
    retireDevice,
    replaceDevice,
  ],
  claims: [issueClaims, unlockClaims],
  orders: [placeOrder, readOrder],
  forecast: [readForecast, readForecastAccuracy],
  advice: [listAdvice, answerAdvice, setSafeguard],
  plan: [readPlan, setAutomation, overridePlan, endOverride],
  partners: [
    listPartners,
    readPartner,
    addPartner,
    changePartner,
    addPartnerKey,
    revokePartnerKey,
    addOpenadrClient,
    removeOpenadrClient,
  ],
  quarantine: [listQuarantine, replayQuarantine],
  tariffs: [readBill],
  supply: [readSupply, setSupply],
  bill: [readRunningBill],
  days: [readDays, readToday, readScore, readWeatherSaving],
  disputes: [readDispute, openDispute, closeDispute, listDisputes, answerDispute],
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
  events: [listEvents, announceEvent, readHouseholdEvents, readHouseholdEvent, joinEvent, declineEvent, setEventRule],
  community: [readCommunity, joinCommunity, leaveCommunity],
  challenges: [listChallenges, joinChallenge, leaveChallenge, announceChallenge],
  runs: [readRun, startRun],
  sites: [registerSite, readConnectors, replayConnector],
  account: [readAccount, changeAccount, signOutEverywhere],
  members: [listMembers, inviteMember, withdrawInvitation, acceptInvitation, changeRole, endMembership],
  onboarding: [openHousehold, readOnboarding, setPlace, guessSupply, confirmSupply, proveResidence],
  proofs: [listProofs, decideProof, issueCodes],
  access: [readAccessLog, lookUp, readAudit],
  consents: [readConsents, setConsent],
  imports: [startImport, readImport, listImports],
  exports: [startExport, readExport, listExports],
  erasures: [eraseHousehold, eraseAccount, readErasure, settleErasure],
  inbox: [readInbox, markRead, readNoticeSettings, setNoticeSettings, addPushTarget, unsubscribe],
} as const;

export type Noun = keyof typeof contract;
