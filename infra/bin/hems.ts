import { parseArgs } from 'node:util';
import { App, type Stage, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { INGEST_MODES, STAGES, TELEMETRY_STORES, type IngestMode, type StageName } from '../config.ts';
import type { Choice } from '../constructs/house.ts';
import { totalUsd } from '../cost/monthly.ts';
import { brokenBudget, linesOf } from '../cost/stage-lines.ts';
import { RULES_OF_THE_LIBRARY } from '../library-rules.ts';
import { hemsStage } from '../stage.ts';

/**
 * Every stage with either telemetry store, as `cdk.out/assembly-<stage>-<store>`, and prod also with a stream
 * (`…-stream`): `npm run deploy` takes the one that fits the account. `--stage NAME`: that stage in every mode of ingest.
 */
const { values } = parseArgs({ options: { stage: { type: 'string' } } });

const modesOf = (stage: StageName): readonly IngestMode[] => {
  if (stage === values.stage) return INGEST_MODES;
  return stage === 'prod' && values.stage === undefined ? ['direct', 'stream'] : ['direct'];
};

const app = new App({ outdir: 'cdk.out', analyticsReporting: false, context: RULES_OF_THE_LIBRARY });

const made: { readonly chosen: Omit<Choice, 'config'>; readonly whole: Stage }[] = [];
for (const stage of STAGES)
  for (const telemetryStore of TELEMETRY_STORES)
    for (const ingestMode of modesOf(stage)) {
      const chosen = { stage, telemetryStore, ingestMode };
      made.push({ chosen, whole: hemsStage(app, chosen).whole });
    }

Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const assembly = app.synth();

for (const { chosen, whole } of made) {
  const { stacks } = assembly.getNestedAssembly(whole.artifactId);
  const templates = Object.fromEntries(
    stacks.map(({ stackName, template }): [string, unknown] => [stackName, template]),
  );
  const lines = linesOf({ ...chosen, templates });
  const broken = brokenBudget(chosen, lines);
  console.log(
    `${whole.node.id}: $${Math.round(totalUsd(lines)).toLocaleString('en-US')} a month by the plan of infra/config.ts`,
  );
  if (broken === undefined) continue;
  console.error(`${whole.node.id}: ${broken}`);
  process.exitCode = 1;
}

console.log(
  `${assembly.nestedAssemblies.flatMap(({ nestedAssembly }) => nestedAssembly.stacks).length} stacks in cdk.out`,
);
