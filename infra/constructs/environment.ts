import type { TableName } from './table.ts';

/** What the stacks tell every function; a test compares the names with those that `functions/runtime/env.ts` reads. */
export type FunctionEnvironment = Record<`TABLE_${Uppercase<TableName>}`, string> & {
  readonly STAGE: string;
  readonly TELEMETRY_STORE: string;
  readonly TIMESTREAM_DATABASE?: string;
  readonly TIMESTREAM_TABLE?: string;
  readonly TIMESTREAM_ENVIRONMENT_TABLE?: string;
};

/** What they tell those that need it. */
export type MoreEnvironment = {
  readonly FIELD_KEY?: string;
  readonly INDEX_KEY?: string;
  readonly USER_POOL?: string;
  readonly EVENT_BUS?: string;
  readonly MAIL_FROM?: string;
  readonly WEB_URL?: string;
  readonly API_URL?: string;
  readonly PUSH_KEYS_SECRET?: string;
  readonly OBJECTS?: string;
  readonly FILES_QUEUE?: string;
  readonly DAILY_RUN?: string;
  readonly ERASURE?: string;
  readonly REMAINS?: string;
  readonly GATEWAY_POLICY?: string;
  readonly RECHECKS?: string;
  readonly WEATHER_KEY_SECRET?: string;
  readonly FORECAST_ENDPOINT_PARAMETER?: string;
  readonly FORECAST_TRAINING?: string;
  readonly PLAN_QUEUE?: string;
  readonly WEBHOOK_QUEUE?: string;
  readonly SETTLEMENT_KEYS?: string;
  readonly OPENADR_TOKEN_URL?: string;
  readonly CONNECTORS?: string;
  readonly INGEST_MODE?: string;
  readonly INGEST_FUNCTION?: string;
  readonly INGEST_DEAD_LETTERS?: string;
  readonly INGEST_STREAM_FUNCTION?: string;
  readonly INGEST_STREAM_MAPPING?: string;
  readonly INGEST_SET_ASIDE?: string;
};
