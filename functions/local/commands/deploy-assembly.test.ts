import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAssembly, stagesOf } from './deploy-assembly.ts';
import { planLines, quotaHint } from './deploy-plan.ts';

/** Manifests as the pinned CDK writes them, without what nobody reads. */
const nested = (name: string) => ({
  type: 'cdk:cloud-assembly',
  properties: { directoryName: `assembly-${name}`, displayName: name },
});
const stack = (name: string) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/ap-northeast-2',
  properties: { templateFile: `${name}.template.json`, stackName: name, requiresBootstrapStackVersion: 6 },
});
const assets = { type: 'cdk:asset-manifest', properties: { file: 'x.assets.json', requiresBootstrapStackVersion: 6 } };

const DEV = { stage: 'dev', telemetryStore: 'blocks', ingestMode: 'direct' } as const;

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hems-assembly-'));
  const names = [
    'dev-timestream',
    'dev-blocks',
    'dev-blocks-stream',
    'prod-timestream',
    'prod-blocks',
    'prod-blocks-drain',
  ];
  const tree = { type: 'cdk:tree', properties: { file: 'tree.json' } };
  await writeFile(
    join(directory, 'manifest.json'),
    JSON.stringify({ artifacts: { ...Object.fromEntries(names.map((name) => [name, nested(name)])), Tree: tree } }),
  );
  await mkdir(join(directory, 'assembly-dev-blocks'));
  const stacks = ['hems-dev-foundation', 'hems-dev-data', 'hems-dev-web', 'hems-dev-identity', 'hems-dev-api'].map(
    (name) => [name, stack(name)],
  );
  await writeFile(
    join(directory, 'assembly-dev-blocks', 'manifest.json'),
    JSON.stringify({ artifacts: { assets, ...Object.fromEntries(stacks) } }),
  );
});
afterAll(() => rm(directory, { recursive: true }));

describe('what was synthesised', () => {
  it('are two stages', async () => {
    expect(await stagesOf(directory)).toEqual(['dev', 'prod']);
  });

  it('says Region, stacks in order and the bootstrap it needs', async () => {
    expect(await readAssembly(directory, DEV)).toEqual({
      ...DEV,
      region: 'ap-northeast-2',
      stackNames: ['hems-dev-foundation', 'hems-dev-data', 'hems-dev-web', 'hems-dev-identity', 'hems-dev-api'],
      bootstrapVersion: 6,
    });
  });

  it('is asked for when it is not there', async () => {
    await expect(readAssembly(directory, { ...DEV, ingestMode: 'stream' })).rejects.toThrow('run npm run synth');
  });
});

describe('the plan', () => {
  it('names every step in order, and the quota that no template can raise', async () => {
    const lines = planLines(await readAssembly(directory, DEV));
    expect(lines[0]).toBe('dev with telemetryStore=blocks and ingest direct in ap-northeast-2:');
    expect(lines.slice(1).map((line) => line.trim())).toEqual([
      '1. cdk deploy hems-dev-foundation',
      '2. cdk deploy hems-dev-data',
      '3. cdk deploy hems-dev-web',
      '4. cdk deploy hems-dev-identity',
      '5. cdk deploy hems-dev-api',
      '6. config.json from the outputs of hems-dev-identity and hems-dev-api',
      '7. build web/ and upload it to Amplify Hosting',
      '8. npm run smoke -- --stage dev',
    ]);
    expect(quotaHint('ap-northeast-2')).toContain('L-4B33E451');
  });
});
