/** Where the raw history lives. LiveAnalytics is closed to new accounts and not in Seoul; `blocks` runs in any account and Region. */
export const TELEMETRY_STORES = ['timestream', 'blocks'] as const;
export type TelemetryStore = (typeof TELEMETRY_STORES)[number];

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
  /** HTTP API, requests a second over all residents */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** homes are connected, so a quarter of an hour without a reading is a fault */
  readonly expectsReadings: boolean;
};

type LogLevel = 'debug' | 'info' | 'warn' | 'error';

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
    throttle: { rate: 100, burst: 200 },
    expectsReadings: false,
  },
  prod: {
    region: { timestream: TOKYO, blocks: SEOUL },
    logRetentionDays: 180,
    eventArchiveDays: 365,
    logLevel: { api: 'info', ingest: 'warn' },
    signInTier: 'ESSENTIALS',
    mailDomain: 'hems.example',
    throttle: { rate: 2000, burst: 4000 },
    expectsReadings: true,
  },
};

/**
 * How long a resource keeps what it holds, the same on every stage. Days of points and quarter hours: `@hems/models/reading/retention`;
 * what DynamoDB holds expires item by item (attribute `expiresAt`, written by the noun stores).
 */
export const RETENTION_DAYS = {
  /** Timestream memory store, hours: late points within a day are readable at once */
  historyMemoryHours: 24,
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
  'api',
  'planning',
  'notifications',
  'ops',
] as const;
export type StackName = (typeof STACKS)[number];

export const stackNameOf = (stage: StageName, stack: StackName): string => `hems-${stage}-${stack}`;
