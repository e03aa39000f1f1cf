import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerOf, callerAccount, stackOutputs, timestreamEndpoints } from '../../adapters/aws/deploy-account.ts';
import { publishWeb } from '../../adapters/aws/deploy-web.ts';
import { ASSEMBLY, readAssembly, ROOT, stagesOf, type Assembly, type TelemetryStore } from './deploy-assembly.ts';
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

const askAccount = async ({ assemblies }: Wanted): Promise<AccountAnswers> => {
  const account = await answerOf(callerAccount(assemblies.blocks.region));
  if ('refused' in account) return { account, regions: {}, timestream: account };
  const stages = await stagesOf(ASSEMBLY);
  const regions = [...new Set([assemblies.timestream.region, assemblies.blocks.region])];
  const answers = await Promise.all(regions.map(async (region) => [region, await askRegion(region, stages)] as const));
  return {
    account,
    regions: Object.fromEntries(answers),
    timestream: await answerOf(timestreamEndpoints(assemblies.timestream.region)),
  };
};

const bringUp = async (assembly: Assembly): Promise<void> => {
  const { stage, telemetryStore, region } = assembly;
  await run('npm', ...CDK, 'deploy', `${stage}-${telemetryStore}/*`, '--app', ASSEMBLY, '--require-approval', 'never');
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

const plan = ({ assemblies }: Wanted): number => {
  console.log('The account is asked first; it decides between these two, and nothing is changed before.\n');
  for (const assembly of [assemblies.timestream, assemblies.blocks])
    console.log([...planLines(assembly), quotaHint(assembly.region), ''].join('\n'));
  return 0;
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { stage: { type: 'string' }, plan: { type: 'boolean', default: false } } });
  await run('npm', 'run', '-s', 'synth');
  const stages = await stagesOf(ASSEMBLY);
  const { stage } = values;
  if (stage === undefined || !stages.includes(stage)) {
    console.error(`npm run deploy -- --stage ${stages.join('|')} [--plan]`);
    return 2;
  }
  const assemblies = {
    timestream: await readAssembly(ASSEMBLY, stage, 'timestream'),
    blocks: await readAssembly(ASSEMBLY, stage, 'blocks'),
  };
  return values.plan ? plan({ stage, assemblies }) : await deploy({ stage, assemblies });
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`deploy: ${String(error)}`);
  process.exitCode = 1;
}
