import type { TableName } from './table.ts';

/** What the stacks tell a function; a test compares the names with those that `functions/runtime/env.ts` reads. */
export type FunctionEnvironment = Record<`TABLE_${Uppercase<TableName>}`, string> & {
  readonly STAGE: string;
  readonly TELEMETRY_STORE: string;
  readonly TIMESTREAM_DATABASE?: string;
  readonly TIMESTREAM_TABLE?: string;
  readonly TIMESTREAM_ENVIRONMENT_TABLE?: string;
};
