import type { OpenadrRole } from '@hems/shared/openadr/scopes';

/** Where the raw history lives. LiveAnalytics is closed to new accounts and not in Seoul; `blocks` runs in any account and Region. */
export const TELEMETRY_STORES = ['timestream', 'blocks'] as const;
export type TelemetryStore = (typeof TELEMETRY_STORES)[number];

/**
 * How a reading gets from the broker to the tables. `direct`: a rule calls the function for each message. `stream`: rules fill a stream,
 * whose readers are called with up to 500 messages. `drain`: rules call the function while what is left in the stream is read: the way
 * back from `stream` to `direct`, on which no message stays behind (`docs/adr/0039-ingest-modes-and-budget.md`).
 */
export const INGEST_MODES = ['direct', 'stream', 'drain'] as const;
export type IngestMode = (typeof INGEST_MODES)[number];

/** `reading`: a message for each reading, as a device without memory sends. `batch`: a message of a quarter hour's readings. */
export const UPLINKS = ['reading', 'batch'] as const;
export type Uplink = (typeof UPLINKS)[number];

/** What a stage may cost in a month, in all and for each of its homes. */
export type Budget = { readonly usdAMonth: number; readonly usdPerHome: number };

export const STAGES = ['dev', 'prod'] as const;
export type StageName = (typeof STAGES)[number];

/** What differs between stages. Each has an account of its own: IoT topics, rules and logging are shared by a whole account and Region. */
export type StageConfig = {
  /** the store decides the Region: Tokyo is the nearest that has LiveAnalytics, Seoul is where the homes are */
  readonly region: Record<TelemetryStore, string>;
  /** CloudWatch log groups, days */
  readonly logRetentionDays: 30 | 90 | 180 | 365;
  /** bus events kept for replay, days */
  readonly eventArchiveDays: number;
  /** `info` costs a line per request; ingest runs per message and has a level of its own */
  readonly logLevel: { readonly api: LogLevel; readonly ingest: LogLevel };
  /** Cognito price class, `docs/adr/0005-sign-in-tier.md` */
  readonly signInTier: 'LITE' | 'ESSENTIALS';
  /** mails come from it; one of yours, whose records you can set: SES refuses to send until they stand */
  readonly mailDomain: string;
  /** what the stage is for: so many homes, with a reading each so many seconds, sent one by one or by the quarter hour */
  readonly use: { readonly homes: number; readonly cadenceS: number; readonly uplink: Uplink };
  /** what that may cost by the list prices of `infra/cost`, whichever store and mode of ingest is deployed; `npm run synth` fails above it */
  readonly budget: Readonly<Record<TelemetryStore, Budget>>;
  /** HTTP API, requests a second over all residents */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** homes are connected, so a quarter of an hour without a reading is a fault */
  readonly expectsReadings: boolean;
  /** names of our own for the two partner APIs; undefined: those that API Gateway gives. A deployment waits until the records of the certificate stand */
  readonly partnerHosts?: { readonly iam: string; readonly signature: string };
  readonly partners: readonly PartnerConfig[];
  /** systems of others that are asked, by the ids of `functions/adapters/providers/connectors`; each needs its secret put in */
  readonly connectors: readonly string[];
};

/** What a partner is given before it can call: a plan of use, and where it is on AWS a role. What it may see is in its profile (`hems partner`). */
export type PartnerConfig = {
  readonly partnerId: string;
  /** the partner's AWS account (`own`: this one), which takes on its role with this external id; undefined: it signs by RFC 9421 */
  readonly account?: { readonly id: string; readonly externalId: string };
  /** takes part in OpenADR 3, as the business side or as an end node: an OAuth client is made for it */
  readonly openadr?: OpenadrRole;
  /** requests */
  readonly limit: { readonly perSecond: number; readonly burst: number; readonly perDay: number };
  /** hours without a request after which somebody should ask the partner why; undefined: it calls when it likes */
  readonly silentHours?: number;
};

type LogLevel = 'debug' | 'info' | 'warn' | 'error';

const SANDBOX_LIMIT: PartnerConfig['limit'] = { perSecond: 5, burst: 10, perDay: 10_000 };
const TOKYO = 'ap-northeast-1';
const SEOUL = 'ap-northeast-2';

export const config: Record<StageName, StageConfig> = {
  dev: {
    region: { timestream: TOKYO, blocks: SEOUL },
    logRetentionDays: 30,
    eventArchiveDays: 30,
    logLevel: { api: 'debug', ingest: 'info' },
    signInTier: 'ESSENTIALS',
    mailDomain: 'dev.hems.example',
    use: { homes: 100, cadenceS: 60, uplink: 'reading' },
    budget: { timestream: { usdAMonth: 1650, usdPerHome: 16.5 }, blocks: { usdAMonth: 110, usdPerHome: 1.1 } },
    throttle: { rate: 100, burst: 200 },
    expectsReadings: false,
    connectors: [],
    partners: [
      { partnerId: 'sandbox', openadr: 'bl', limit: SANDBOX_LIMIT },
      { partnerId: 'sandbox-aws', account: { id: 'own', externalId: 'hems-sandbox' }, limit: SANDBOX_LIMIT },
    ],
  },
  prod: {
    region: { timestream: TOKYO, blocks: SEOUL },
    logRetentionDays: 180,
    eventArchiveDays: 365,
    logLevel: { api: 'info', ingest: 'warn' },
    signInTier: 'ESSENTIALS',
    mailDomain: 'hems.example',
    use: { homes: 100_000, cadenceS: 60, uplink: 'batch' },
    budget: { timestream: { usdAMonth: 10_500, usdPerHome: 0.105 }, blocks: { usdAMonth: 6700, usdPerHome: 0.067 } },
    throttle: { rate: 2000, burst: 4000 },
    expectsReadings: true,
    connectors: ['enterprise-bems', 'smart-energy-platform'],
    partnerHosts: { iam: 'iam.partner.hems.example', signature: 'sig.partner.hems.example' },
    // the accounts are of AWS's documentation: put in those of the partners that you have a contract with
    partners: [
      {
        partnerId: 'office',
        account: { id: '111122223333', externalId: 'hems-office' },
        limit: { perSecond: 10, burst: 20, perDay: 100_000 },
        openadr: 'bl',
        silentHours: 24,
      },
      {
        partnerId: 'building',
        limit: { perSecond: 20, burst: 40, perDay: 200_000 },
        silentHours: 6,
      },
      { partnerId: 'sandbox', openadr: 'ven', limit: SANDBOX_LIMIT },
    ],
  },
};

/**
 * How long a resource keeps what it holds, the same on every stage. Days of points and quarter hours: `@hems/models/reading/retention`;
 * what DynamoDB holds expires item by item (attribute `expiresAt`, written by the noun stores).
 */
export const RETENTION_DAYS = {
  /** Timestream memory store, hours: late points within a day are readable at once */
  historyMemoryHours: 24,
  /** batches of readings that the reader of the stream gave up: as long as what is kept out */
  setAside: 30,
  /** what Timestream refused, object versions and S3 access logs */
  evidence: 90,
} as const;

/** The stacks, in deployment order. */
export const STACKS = [
  'foundation',
  'data',
  'web',
  'identity',
  'devices',
  'ingest',
  'workflows',
  'forecast',
  'privacy',
  'files',
  'partner',
  'openadr',
  'api',
  'planning',
  'notifications',
  'ops',
] as const;
export type StackName = (typeof STACKS)[number];

export const stackNameOf = (stage: StageName, stack: StackName): string => `hems-${stage}-${stack}`;
