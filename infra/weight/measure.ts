import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLE } from '../constructs/function.ts';
import { bundleFile, ENTRIES } from '../bundles.ts';
import { fakeAws, type FakeAws } from './fake-aws.ts';
import { firstEvent } from './first-events.ts';
import type { Seen, Task } from './probe.ts';

/** A process that takes longer is stopped, and the run with it. */
const GIVEN_MS = 60_000;
/** A bare handler is loaded before every so many functions: what the machine does to one it does to the other. */
const EACH = 6;

/** A name of everything that the stacks tell their functions, in neither's format: no function may need more to start. */
const environmentFor = ({ url }: FakeAws): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'weight',
  AWS_SECRET_ACCESS_KEY: 'weight',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: 'weight',
  LAMBDA_TASK_ROOT: '/var/task',
  _X_AMZN_TRACE_ID: 'Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=1',
  NODE_DISABLE_COMPILE_CACHE: '1',
  STAGE: 'prod',
  LOG_LEVEL: 'CRITICAL',
  TELEMETRY_STORE: 'timestream',
  ...Object.fromEntries(NAMED.map((name) => [name, `weight-${name.toLowerCase().replaceAll('_', '-')}`])),
  ...Object.fromEntries(MACHINES.map((name) => [name, `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`])),
  ...Object.fromEntries(QUEUES.map((name) => [name, `${url}/000000000000/${name.toLowerCase()}`])),
  WEB_URL: 'https://weight.example',
  API_URL: 'https://weight.example',
  OPENADR_TOKEN_URL: 'https://weight.example/token',
  MAIL_FROM: 'weight@weight.example',
  CONNECTORS: '',
  REMAINS: 'backups=35 logs=180',
});
const TABLES = ['HOMES', 'ENERGY', 'HISTORY', 'OPERATIONS', 'LEDGER', 'COMMUNITY', 'PEOPLE'];
const NAMED = [
  ...TABLES.map((table) => `TABLE_${table}`),
  'TIMESTREAM_DATABASE',
  'TIMESTREAM_TABLE',
  'TIMESTREAM_ENVIRONMENT_TABLE',
  'INGEST_FUNCTION',
  'WEATHER_KEY_SECRET',
  'FIELD_KEY',
  'INDEX_KEY',
  'USER_POOL',
  'EVENT_BUS',
  'PUSH_KEYS_SECRET',
  'OBJECTS',
  'GATEWAY_POLICY',
  'FORECAST_ENDPOINT_PARAMETER',
  'SETTLEMENT_KEYS',
];
const MACHINES = ['DAILY_RUN', 'ERASURE', 'FORECAST_TRAINING'];
const QUEUES = ['FILES_QUEUE', 'RECHECKS', 'PLAN_QUEUE', 'WEBHOOK_QUEUE', 'INGEST_DEAD_LETTERS'];

type Run = { readonly probe: string; readonly env: Record<string, string> };

const once = async ({ probe, env }: Run, task: Task): Promise<Seen> =>
  await new Promise((resolve, reject) => {
    const child = fork(probe, { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'], timeout: GIVEN_MS });
    let seen: Seen | undefined;
    child.once('message', (message: Seen) => {
      seen = message;
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      seen ? resolve(seen) : reject(new Error(`${task.file} said nothing and ended with ${signal ?? code}`)),
    );
    child.send(task);
  });

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export type Measured = {
  readonly entry: string;
  /** median of the rounds, less the bare handler's */
  readonly loadMs: number;
  readonly firstMs: number;
  /** the AWS services that the first invocation spoke to */
  readonly asked: readonly string[];
  /** how the first invocation failed, if it threw */
  readonly failure?: string;
};

const probeIn = async (directory: string): Promise<{ readonly probe: string; readonly bare: string }> => {
  const [probe, bare] = [join(directory, 'probe.mjs'), join(directory, 'bare.mjs')];
  const entry = join(import.meta.dirname, 'probe.ts');
  await build({ ...BUNDLE, entryPoints: [entry], outfile: probe, bundle: true, format: 'esm', platform: 'node' });
  writeFileSync(bare, `${BUNDLE.banner.js}\nexport const handler = async () => ({ statusCode: 200 });\n`);
  return { probe, bare };
};

/** Loads and calls every bundled function `rounds` times, each time in a process of its own, one after the other. */
export const measure = async (directory: string, rounds: number) => {
  const { probe, bare } = await probeIn(directory);
  const aws = await fakeAws();
  const run = { probe, env: environmentFor(aws) };
  const bares: Seen[] = [];
  const seen = new Map<string, { readonly runs: Seen[]; readonly asked: Set<string> }>(
    ENTRIES.map((entry) => [entry, { runs: [], asked: new Set<string>() }]),
  );
  for (let round = 0; round < rounds; round += 1)
    for (const [index, [entry, { runs, asked }]] of [...seen].entries()) {
      if (index % EACH === 0) bares.push(await once(run, { file: bare, event: {} }));
      runs.push(await once(run, { file: bundleFile(directory, entry), event: firstEvent(entry) }));
      for (const service of aws.asked()) asked.add(service);
    }
  aws.close();
  const bareLoadMs = median(bares.map(({ loadMs }) => loadMs));
  const measured = [...seen].map(([entry, { runs, asked }]): Measured => {
    const failure = runs.at(-1)?.failure;
    return {
      entry,
      loadMs: median(runs.map(({ loadMs }) => loadMs)) - bareLoadMs,
      firstMs: median(runs.map(({ firstMs }) => firstMs)),
      asked: [...asked].toSorted(),
      ...(failure !== undefined && { failure }),
    };
  });
  return { bareLoadMs, measured };
};
