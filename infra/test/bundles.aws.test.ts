import { readdirSync } from 'node:fs';
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUNDLE, HIGHS_WASM } from '../constructs/function.ts';

/** Every function bundled as `npm run synth` does, and loaded. */
const ROOT = join(import.meta.dirname, '../..');
const ENTRIES = ['api', 'events', 'jobs', 'partner', 'partner/openadr'].flatMap((room) =>
  readdirSync(join(ROOT, 'functions', room))
    .filter((file) => /^[\w-]+\.ts$/.test(file))
    .map((file) => `${room}/${file.slice(0, -'.ts'.length)}`),
);

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
}, 90_000);
afterAll(() => rm(directory, { recursive: true }));

describe.each(ENTRIES)('bundle %s', (entry) => {
  const path = () => join(directory, `${entry}.mjs`);

  it('weighs less than a megabyte, or half as much again where nobody waits for its start, beside the model of forecasts', async () => {
    const most = entry.startsWith('jobs/') ? 1_500_000 : 1_000_000;
    const [, bundle] = Object.entries(metafile.outputs).find(([output]) => output.endsWith(`${entry}.mjs`)) ?? [];
    const model = Object.entries(bundle?.inputs ?? {}).find(([input]) => input.endsWith('forecast/shipped-model.json'));
    expect((await stat(path())).size).toBeLessThan(most + (model?.[1].bytesInOutput ?? 0));
  });

  it('loads by itself and exports its handler', async () => {
    const loaded = await import(pathToFileURL(path()).href);
    expect(loaded.handler).toBeTypeOf('function');
  });
});

describe('bundles', () => {
  it('load the solver’s WebAssembly from beside themselves, and hold the solver only where homes are planned by the clock', async () => {
    const holders = Object.entries(metafile.outputs).filter(([, { inputs }]) =>
      Object.keys(inputs).some((path) => path.includes('node_modules/highs/')),
    );
    expect(holders.map(([path]) => /jobs\/[\w-]+(?=\.mjs$)/.exec(path)?.[0])).toEqual(['jobs/plan-shard']);
    const outfile = join(directory, 'solver', 'index.mjs');
    const entry = join(ROOT, 'functions/adapters/providers/highs.ts');
    await build({ ...BUNDLE, entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node' });
    await copyFile(join(ROOT, HIGHS_WASM), join(directory, 'solver', 'highs.wasm'));
    const { highsSolver } = await import(pathToFileURL(outfile).href);
    const solve = await highsSolver();
    expect(solve('Minimize\n cost: 2 x + 3 y\nSubject To\n need: x + y >= 1\nBinary\n x y\nEnd\n').get('x')).toBe(1);
  });

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
        .map(([path]) => /(?:api|events|jobs|partner)(?:\/openadr)?\/[\w-]+(?=\.mjs$)/.exec(path)?.[0])
        .toSorted();
    const clients = [
      'iot-data-plane',
      'sfn',
      'cloudwatch',
      'sqs',
      'kms',
      'sesv2',
      'timestream-write',
      'sagemaker-runtime',
      'ssm',
    ];
    expect(Object.fromEntries(clients.map((client) => [client, holders(`client-${client}`)]))).toEqual({
      'iot-data-plane': [
        // a withdrawal ends what the plan has ordered
        'api/consents',
        'api/devices',
        'api/live',
        'api/orders',
        'api/plan',
        'events/presence',
        'events/provision-hook',
        'jobs/erase',
        'jobs/plan-shard',
      ],
      sfn: ['api/erasures', 'api/runs', 'jobs/check-erasures', 'jobs/start-run', 'jobs/start-training'],
      cloudwatch: ['jobs/freeze-day'],
      sqs: [
        'api/disputes',
        'api/exports',
        'api/programmes',
        'events/presence',
        'events/tell-partners',
        'jobs/freeze-day',
        'jobs/plan-shard',
        'jobs/plan-start',
        'jobs/pull-connectors',
        'jobs/report-openadr',
        'jobs/send-webhooks',
        'jobs/sweep-webhooks',
        'partner/applications',
        'partner/openadr/events',
        'partner/openadr/legacy',
        'partner/openadr/programs',
        'partner/openadr/reports',
        'partner/openadr/resources',
        'partner/openadr/subscriptions',
        'partner/openadr/vens',
        'partner/sandbox',
        'partner/settlements',
        'partner/webhooks',
      ],
      kms: [
        'api/account',
        'api/claims',
        'api/devices',
        'api/disputes',
        'api/environment',
        'api/inbox',
        'api/live',
        'api/members',
        'api/onboarding',
        'api/programmes',
        'api/proofs',
        'api/session',
        'api/sites',
        'api/usage',
        'events/notify',
        'jobs/export-household',
        'jobs/send-notices',
        'jobs/send-webhooks',
        'partner/applications',
        'partner/disputes',
        'partner/greenbutton',
        'partner/openadr/subscriptions',
        'partner/savings',
        'partner/settlements',
        'partner/webhooks',
      ],
      sesv2: ['api/members', 'events/notify', 'jobs/send-notices'],
      'timestream-write': [
        'api/devices',
        'api/plan',
        'api/quarantine',
        'events/ingest',
        'jobs/erase',
        'jobs/export-household',
        'jobs/plan-shard',
      ],
      'sagemaker-runtime': ['api/forecast', 'api/plan', 'jobs/forecast-shard', 'jobs/plan-shard'],
      ssm: ['api/forecast', 'api/plan', 'jobs/forecast-shard', 'jobs/plan-shard'],
    });
  });
});
