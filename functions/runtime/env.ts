import * as z from 'zod';

/** The environment of a function as CDK sets it; the one place that reads it. */
const schema = z.object({
  STAGE: z.string().default('local'),
  TABLE_HOMES: z.string().optional(),
  TABLE_ENERGY: z.string().optional(),
  TABLE_HISTORY: z.string().optional(),
  TABLE_OPERATIONS: z.string().optional(),
  TABLE_LEDGER: z.string().optional(),
  TABLE_COMMUNITY: z.string().optional(),
  TELEMETRY_STORE: z.enum(['timestream', 'blocks']).default('blocks'),
  TIMESTREAM_DATABASE: z.string().optional(),
  TIMESTREAM_TABLE: z.string().optional(),
  TIMESTREAM_ENVIRONMENT_TABLE: z.string().optional(),
  /** ARN of the state machine; of the functions that start or follow a run */
  DAILY_RUN: z.string().optional(),
  /** of the function that asks how far the readings are taken in: the name of ingest, the URLs of its dead-letter queues with spaces between */
  INGEST_FUNCTION: z.string().optional(),
  INGEST_DEAD_LETTERS: z.string().optional(),
  /** of the functions that ask for the weather: the name of the secret that holds the key of the public data portal */
  WEATHER_KEY_SECRET: z.string().optional(),
  LOG_LEVEL: z.string().default('INFO'),
});
export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;
/** Parsed at the first need, so that a missing value is told by the function that needs it. */
export const env = (): Env => (parsed ??= schema.parse(process.env));

/** A value this function cannot do without. */
export const required = (name: keyof Env): string => {
  const value = env()[name];
  if (value === undefined) throw new Error(`${name} is not set; the stack that deploys this function sets it`);
  return value;
};
