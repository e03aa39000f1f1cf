import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '@hems/shared/api/contract';
import { TASKS } from '../stacks/workflow-tasks.ts';
import { BUNDLE } from '../constructs/function.ts';

/** Every function bundled as `npm run synth` does, and loaded. */
const ROOT = join(import.meta.dirname, '../..');
const JOBS = [...Object.values(TASKS).map(({ entry }) => entry), 'start-run', 'check-run', 'dispatch-payouts'];
const ENTRIES = [
  ...Object.keys(contract).map((noun) => `api/${noun}`),
  'events/ingest',
  'events/command-result',
  ...JOBS.map((job) => `jobs/${job}`),
];

let directory = '';
let metafile: Metafile;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hems-bundles-'));
  const bundled = await build({
    ...BUNDLE,
    entryPoints: ENTRIES.map((entry) => join(ROOT, 'functions', `${entry}.ts`)),
    outbase: join(ROOT, 'functions'),
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    logLevel: 'silent',
  });
  ({ metafile } = bundled);
}, 30_000);
afterAll(() => rm(directory, { recursive: true }));

describe.each(ENTRIES)('bundle %s', (entry) => {
  const path = () => join(directory, `${entry}.mjs`);

  it('weighs less than a megabyte', async () => {
    expect((await stat(path())).size).toBeLessThan(1_000_000);
  });

  it('loads by itself and exports its handler', async () => {
    const loaded = await import(pathToFileURL(path()).href);
    expect(loaded.handler).toBeTypeOf('function');
  });
});

describe('bundles', () => {
  it('hold nothing of the local host, the CDK or the tests', () => {
    const foreign = Object.values(metafile.outputs)
      .flatMap(({ inputs }) => Object.keys(inputs))
      .filter((path) =>
        /functions\/(local|edge|adapters\/embedded)\/|\.test\.ts$|node_modules\/(aws-cdk|aws-local-stepfunctions|aedes|oidc-provider|vitest)/.test(
          path,
        ),
      );
    expect(foreign).toEqual([]);
  });

  it('hold an SDK client only where its service is used', () => {
    const holders = (client: string) =>
      Object.entries(metafile.outputs)
        .filter(([, { inputs }]) => Object.keys(inputs).some((path) => path.includes(`@aws-sdk/${client}/`)))
        .map(([path]) => /(?:api|events|jobs)\/[\w-]+(?=\.mjs$)/.exec(path)?.[0])
        .toSorted();
    expect(holders('client-iot-data-plane')).toEqual(['api/live', 'api/orders']);
    expect(holders('client-sfn')).toEqual(['api/runs', 'jobs/start-run']);
    expect(holders('client-cloudwatch')).toEqual(['jobs/freeze-day']);
    expect(holders('client-sqs')).toEqual(['jobs/freeze-day']);
    expect(holders('client-timestream-write')).toEqual(['api/devices', 'api/quarantine', 'events/ingest']);
  });
});
