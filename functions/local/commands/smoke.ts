import { parseArgs } from 'node:util';
import { callerAccount, stackOutputs } from '../../adapters/aws/deploy-account.ts';
import { ASSEMBLY, readAssembly, stagesOf } from './deploy-assembly.ts';
import { smokeStage } from './smoke-stage.ts';

/** The Region in which the stage was deployed: that of one store or of the other. */
const regionOf = async (stage: string): Promise<string> => {
  const assemblies = await Promise.all([
    readAssembly(ASSEMBLY, { stage, telemetryStore: 'timestream', ingestMode: 'direct' }),
    readAssembly(ASSEMBLY, { stage, telemetryStore: 'blocks', ingestMode: 'direct' }),
  ]);
  await callerAccount(assemblies[0].region);
  for (const { region, stackNames } of assemblies) {
    if (await stackOutputs(region, stackNames[0] ?? '')) return region;
  }
  throw new Error(
    `${stage} is deployed neither in ${assemblies.map(({ region }) => region).join(' nor in ')}; npm run deploy -- --stage ${stage}`,
  );
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { stage: { type: 'string' } } });
  const stages = await stagesOf(ASSEMBLY);
  const { stage } = values;
  if (stage === undefined || !stages.includes(stage)) {
    console.error(`npm run smoke -- --stage ${stages.join('|')}`);
    return 2;
  }
  return await smokeStage({ stage, region: await regionOf(stage) });
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`smoke: ${String(error)}`);
  process.exitCode = 1;
}
