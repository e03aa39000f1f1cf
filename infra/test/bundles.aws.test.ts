import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleAll, bundleFile, clientsIn, ENTRIES } from '../bundles.ts';
import { BUNDLE, HIGHS_WASM } from '../constructs/function.ts';
import { sizesOf, tooLarge } from '../weight/limits.ts';

/** Every function bundled as `npm run synth` does, and loaded. */
const ROOT = join(import.meta.dirname, '../..');
let directory = '';
let metafile: Metafile;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hems-bundles-'));
  metafile = await bundleAll(directory);
}, 240_000);
afterAll(() => rm(directory, { recursive: true }));

describe.each(ENTRIES)('bundle %s', (entry) => {
  it('loads by itself and exports its handler', async () => {
    const loaded = await import(pathToFileURL(bundleFile(directory, entry)).href);
    expect(loaded.handler).toBeTypeOf('function');
  });
});

describe('bundles', () => {
  it('weigh a megabyte at most, or half as much again with more than two SDK clients, beside the model of forecasts', () => {
    expect(tooLarge(sizesOf(metafile))).toEqual([]);
    const usage = sizesOf(metafile).filter(({ entry }) => entry === 'api/usage');
    expect(tooLarge(usage.map((one) => ({ ...one, bytes: 1_000_001 })))).toEqual([
      'api/usage has 1000001 bytes, 1000000 are allowed',
    ]);
  });

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
        .filter(([, bundle]) => clientsIn(bundle).includes(client))
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
    expect(Object.fromEntries(clients.map((client) => [client, holders(client)]))).toEqual({
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
        'events/ingest-stream',
        'jobs/erase',
        'jobs/export-household',
        'jobs/plan-shard',
      ],
      'sagemaker-runtime': ['api/forecast', 'api/plan', 'jobs/forecast-shard', 'jobs/plan-shard'],
      ssm: ['api/forecast', 'api/plan', 'jobs/forecast-shard', 'jobs/plan-shard'],
    });
  });
});
