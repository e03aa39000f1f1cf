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
  TABLE_PEOPLE: z.string().optional(),
  TELEMETRY_STORE: z.enum(['timestream', 'blocks']).default('blocks'),
  /** of the functions that write readings: under `direct` and Timestream, and only there, rules write each single reading to the history */
  INGEST_MODE: z.enum(['direct', 'stream', 'drain']).default('direct'),
  TIMESTREAM_DATABASE: z.string().optional(),
  TIMESTREAM_TABLE: z.string().optional(),
  TIMESTREAM_ENVIRONMENT_TABLE: z.string().optional(),
  /** ARN of the state machine; of the functions that start or follow a run */
  DAILY_RUN: z.string().optional(),
  /** of the function that asks how far the readings are taken in: the name of ingest, the URLs of its dead-letter queues with spaces between */
  INGEST_FUNCTION: z.string().optional(),
  INGEST_DEAD_LETTERS: z.string().optional(),
  /** of the same function, where there is a stream: the name of its reader, the id of what calls the reader, and the bucket of the batches that were given up */
  INGEST_STREAM_FUNCTION: z.string().optional(),
  INGEST_STREAM_MAPPING: z.string().optional(),
  INGEST_SET_ASIDE: z.string().optional(),
  /** of the functions that ask for the weather: the name of the secret that holds the key of the public data portal */
  WEATHER_KEY_SECRET: z.string().optional(),
  /** of the functions that seal or open personal data: the KMS keys of data keys and of the blind index */
  FIELD_KEY: z.string().optional(),
  INDEX_KEY: z.string().optional(),
  /** of the functions that read or end accounts */
  USER_POOL: z.string().optional(),
  /** of the functions that say what happened */
  EVENT_BUS: z.string().optional(),
  /** of the functions that write to people: the sender, and the address of the web app that links lead to */
  MAIL_FROM: z.string().optional(),
  WEB_URL: z.string().optional(),
  /** of the function that sends notices: the address of the API, for mail programs that unsubscribe */
  API_URL: z.string().optional(),
  /** of the functions that wake browsers: the name of the secret that holds the VAPID key pair */
  PUSH_KEYS_SECRET: z.string().optional(),
  /** of the functions that keep files */
  OBJECTS: z.string().optional(),
  /** of the functions that have archives written: the URL of the queue of them */
  FILES_QUEUE: z.string().optional(),
  /** ARN of the state machine; of the functions that start or follow an erasure */
  ERASURE: z.string().optional(),
  /** of the function that erases: days for which what it cannot take out remains, as `backups=35 logs=180` */
  REMAINS: z.string().optional(),
  /** of the functions that enter or end gateways: the fleet's one policy */
  GATEWAY_POLICY: z.string().optional(),
  /** of the function that hears who comes and goes: the URL of the queue of gateways to look at again */
  RECHECKS: z.string().optional(),
  /** of the functions that forecast: the name of the parameter that says which endpoint is in force; without it the model that ships forecasts */
  FORECAST_ENDPOINT_PARAMETER: z.string().optional(),
  /** of the functions that plan homes by the clock: the URL of the queue of them */
  PLAN_QUEUE: z.string().optional(),
  /** of the functions that tell partners: the URL of the queue of endpoints to be looked at */
  WEBHOOK_QUEUE: z.string().optional(),
  /** ARN of the state machine; of the function that starts the weekly training */
  FORECAST_TRAINING: z.string().optional(),
  /** of the function that says where OpenADR clients get their tokens: the token endpoint of the user pool's domain */
  OPENADR_TOKEN_URL: z.string().optional(),
  /** of the function that asks systems of others: the ids of those that this stage is connected to, with spaces between */
  CONNECTORS: z.string().optional(),
  /** of the functions that vouch for settlements: the KMS keys, with spaces between; the first signs */
  SETTLEMENT_KEYS: z.string().optional(),
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

/** Whether this process is a Lambda: tests and the local host are none. */
export const inLambda = (): boolean => process.env['AWS_EXECUTION_ENV'] !== undefined;
