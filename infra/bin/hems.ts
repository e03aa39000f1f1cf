import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { STAGES, TELEMETRY_STORES } from '../config.ts';
import { RULES_OF_THE_LIBRARY } from '../library-rules.ts';
import { hemsStage } from '../stage.ts';

/** Every stage with either telemetry store, as `cdk.out/assembly-<stage>-<store>`: `npm run deploy` takes the one that fits the account. */
const app = new App({ outdir: 'cdk.out', analyticsReporting: false, context: RULES_OF_THE_LIBRARY });

for (const stage of STAGES) for (const telemetryStore of TELEMETRY_STORES) hemsStage(app, stage, telemetryStore);

Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const { nestedAssemblies } = app.synth();
console.log(`${nestedAssemblies.flatMap(({ nestedAssembly }) => nestedAssembly.stacks).length} stacks in cdk.out`);
