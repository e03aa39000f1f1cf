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
  readonly DAILY_RUN?: string;
  readonly WEATHER_KEY_SECRET?: string;
  readonly INGEST_FUNCTION?: string;
  readonly INGEST_DEAD_LETTERS?: string;
};
