import { readAggregates } from './aggregates.ts';
import { decideApplication, listApplications, readApplication } from './applications.ts';
import { closeLineDispute, listLineDisputes, openLineDispute, readLineDispute } from './disputes.ts';
import {
  listIntervalBlocks,
  listLocalTimes,
  listMeterReadings,
  listReadingTypes,
  listSubscriptions,
  listUsagePoints,
  readBatch,
  readIntervalBlock,
  readLocalTime,
  readMeterReading,
  readReadingType,
  readUsagePoint,
} from './greenbutton.ts';
import { listProgrammes } from './programmes.ts';
import { addHappening, readReport, readSandbox, resetSandbox, setSandboxClock } from './sandbox.ts';
import { listSavings } from './savings.ts';
import { readSelf } from './self.ts';
import { listSites, pushIntervals, readFlexibility, readSiteUsage } from './sites.ts';
import {
  closeSettlement,
  listSettlements,
  readLineEvidence,
  readSettlement,
  readSettlementKeys,
  readSettlementPart,
} from './settlements.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  pingWebhook,
  replayDeliveries,
  rotateWebhookSecret,
} from './webhooks.ts';

/** Every endpoint of the partner API, by the noun whose Lambda answers it. */
export const partnerContract = {
  self: [readSelf],
  sites: [listSites, pushIntervals, readSiteUsage, readFlexibility],
  greenbutton: [
    listSubscriptions,
    readBatch,
    listUsagePoints,
    readUsagePoint,
    listMeterReadings,
    readMeterReading,
    listIntervalBlocks,
    readIntervalBlock,
    listReadingTypes,
    readReadingType,
    listLocalTimes,
    readLocalTime,
  ],
  sandbox: [readSandbox, resetSandbox, setSandboxClock, addHappening, readReport],
  programmes: [listProgrammes],
  applications: [listApplications, readApplication, decideApplication],
  savings: [listSavings],
  aggregates: [readAggregates],
  settlements: [
    closeSettlement,
    listSettlements,
    readSettlementKeys,
    readSettlement,
    readSettlementPart,
    readLineEvidence,
  ],
  disputes: [openLineDispute, readLineDispute, closeLineDispute, listLineDisputes],
  webhooks: [
    listWebhooks,
    createWebhook,
    changeWebhook,
    deleteWebhook,
    rotateWebhookSecret,
    pingWebhook,
    listDeliveries,
    replayDeliveries,
  ],
} as const;

export type PartnerNoun = keyof typeof partnerContract;
