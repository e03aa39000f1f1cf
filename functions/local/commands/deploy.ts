import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerOf, callerAccount, stackOutputs, timestreamEndpoints } from '../../adapters/aws/deploy-account.ts';
import { publishWeb } from '../../adapters/aws/deploy-web.ts';
import { streamLeft } from '../../adapters/aws/deploy-stream.ts';
import {
  ASSEMBLY,
  INGEST_MODES,
  nameOf,
  readAssembly,
  ROOT,
  stagesOf,
  type Assembly,
  type IngestMode,
  type TelemetryStore,
} from './deploy-assembly.ts';
import { isIngestMode, type IngestInUse } from './deploy-ingest.ts';
import { readOutputs, webConfig } from './deploy-outputs.ts';
import { planLines, quotaHint } from './deploy-plan.ts';
import { preflight, type AccountAnswers, type RegionAnswers, type Wanted } from './deploy-preflight.ts';
import { webFiles } from './deploy-web-files.ts';
import { smokeStage } from './smoke-stage.ts';

const VITE = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
const BUILT_WEB = join(ROOT, 'web', 'dist');
/** the pinned CLI; another cannot read what the pinned library writes */
const CDK = ['run', '-s', 'cdk', '-w', 'infra', '--'];

const run = async (command: string, ...args: string[]): Promise<void> => {
  console.log(`> ${[command, ...args].join(' ')}`);
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit' });
  await once(child, 'exit');
  if (child.exitCode !== 0)
    throw new Error(
      `${[command, ...args].join(' ')} ended with ${child.exitCode ?? child.signalCode}; what it said stands above`,
    );
};

const stagesIn = async (region: string, stages: readonly string[]): Promise<Record<string, TelemetryStore>> => {
  const found: Record<string, TelemetryStore> = {};
  for (const stage of stages) {
    const outputs = await stackOutputs(region, `hems-${stage}-foundation`);
    if (outputs) found[stage] = outputs['TelemetryStore'] === 'timestream' ? 'timestream' : 'blocks';
  }
  return found;
};

const askRegion = async (region: string, stages: readonly string[]): Promise<RegionAnswers> => ({
  bootstrap: await answerOf(
    stackOutputs(region, 'CDKToolkit').then((outputs) => (outputs ? Number(outputs['BootstrapVersion']) : undefined)),
  ),
  stages: await answerOf(stagesIn(region, stages)),
});

/** A stage from before there was a choice takes each message by itself. */
const ingestIn = async (region: string, stage: string): Promise<IngestInUse | undefined> => {
  const outputs = await stackOutputs(region, `hems-${stage}-ingest`);
  if (!outputs) return undefined;
  const { IngestMode: mode = 'direct', Stream: stream, StreamFunction: functionName, SetAside: setAside } = outputs;
  if (!isIngestMode(mode)) throw new Error(`the stack hems-${stage}-ingest tells a mode that is not known: ${mode}`);
  if (stream === undefined || functionName === undefined || setAside === undefined) return { mode };
  return { mode, left: await streamLeft(region, { stream, functionName, setAside }, Date.now()) };
};

const ingestOf = async (regions: readonly string[], stage: string): Promise<IngestInUse | undefined> => {
  const found = await Promise.all(regions.map(async (region) => await ingestIn(region, stage)));
  return found.find((inUse) => inUse !== undefined);
};

const askAccount = async ({ stage, assemblies }: Wanted): Promise<AccountAnswers> => {
  const account = await answerOf(callerAccount(assemblies.blocks.direct.region));
  if ('refused' in account) return { account, regions: {}, timestream: account, ingest: account };
  const stages = await stagesOf(ASSEMBLY);
  const regions = [...new Set([assemblies.timestream.direct.region, assemblies.blocks.direct.region])];
  const answers = await Promise.all(regions.map(async (region) => [region, await askRegion(region, stages)] as const));
  return {
    account,
    regions: Object.fromEntries(answers),
    timestream: await answerOf(timestreamEndpoints(assemblies.timestream.direct.region)),
    ingest: await answerOf(ingestOf(regions, stage)),
  };
};

const bringUp = async (assembly: Assembly): Promise<void> => {
  const { region } = assembly;
  await run('npm', ...CDK, 'deploy', `${nameOf(assembly)}/*`, '--app', ASSEMBLY, '--require-approval', 'never');
  const outputs = await readOutputs(assembly);
  await run(process.execPath, VITE, 'build', 'web', '--logLevel', 'warn');
  const files = await webFiles(BUILT_WEB, webConfig(outputs), outputs.web.Headers);
  console.log(`uploading ${files.size} files to ${outputs.web.Url}`);
  await publishWeb({ region }, { appId: outputs.web.AppId, branchName: outputs.web.BranchName }, files);
};

const deploy = async (wanted: Wanted): Promise<number> => {
  const verdict = preflight(await askAccount(wanted), wanted);
  if (!verdict.go) {
    console.error(`not deployed: ${verdict.why}\nto do: ${verdict.todo}`);
    return 1;
  }
  const { assembly, account, because } = verdict;
  console.log(`account ${account}: ${because}`);
  console.log([...planLines(assembly), quotaHint(assembly.region)].join('\n'));
  await bringUp(assembly);
  return await smokeStage(assembly);
};

const plan = ({ assemblies, ingest = 'direct' }: Wanted): number => {
  console.log('The account is asked first; it decides between these two, and nothing is changed before.\n');
  for (const assembly of [assemblies.timestream[ingest], assemblies.blocks[ingest]])
    console.log([...planLines(assembly), quotaHint(assembly.region), ''].join('\n'));
  return 0;
};

const OPTIONS = {
  stage: { type: 'string' },
  /** as `infra/config.ts` explains them; without it the stage keeps the mode it has */
  ingest: { type: 'string' },
  plan: { type: 'boolean', default: false },
} as const;

const assembliesOf = async (stage: string, telemetryStore: TelemetryStore): Promise<Record<IngestMode, Assembly>> => ({
  direct: await readAssembly(ASSEMBLY, { stage, telemetryStore, ingestMode: 'direct' }),
  stream: await readAssembly(ASSEMBLY, { stage, telemetryStore, ingestMode: 'stream' }),
  drain: await readAssembly(ASSEMBLY, { stage, telemetryStore, ingestMode: 'drain' }),
});

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: OPTIONS });
  const { stage = '', ingest } = values;
  await run('npm', 'run', '-s', 'synth', '--', '--stage', stage);
  const stages = await stagesOf(ASSEMBLY);
  if (!stages.includes(stage) || (ingest !== undefined && !isIngestMode(ingest))) {
    console.error(`npm run deploy -- --stage ${stages.join('|')} [--ingest ${INGEST_MODES.join('|')}] [--plan]`);
    return 2;
  }
  const wanted: Wanted = {
    stage,
    ingest,
    assemblies: { timestream: await assembliesOf(stage, 'timestream'), blocks: await assembliesOf(stage, 'blocks') },
  };
  return values.plan ? plan(wanted) : await deploy(wanted);
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`deploy: ${String(error)}`);
  process.exitCode = 1;
}
