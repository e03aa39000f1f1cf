import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { App } from 'aws-cdk-lib';
import type { TelemetryStore } from '../config.ts';
import { standing, template } from '../cost/estimate.ts';
import type { Lines, Plan } from '../cost/monthly.ts';
import { page } from '../cost/page.ts';
import { RULES_OF_THE_LIBRARY } from '../library-rules.ts';
import { hemsStage } from '../stage.ts';

const USAGE = `npm run cost -- --homes 1000000 --cadence 60   (homes; seconds between two readings of a home)
npm run cost -- --write                        docs/reports/cost.md, of a million homes at one reading a minute`;
const REPORT = join(import.meta.dirname, '../../docs/reports/cost.md');

const whole = (text: string, name: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1 on:\n${USAGE}`);
  return value;
};

/** By the templates, without their bundles. */
const standingOf = (telemetryStore: TelemetryStore, ingestMode: Plan['mode']): Lines => {
  const context = { ...RULES_OF_THE_LIBRARY, 'aws:cdk:bundling-stacks': [] };
  const app = new App({ analyticsReporting: false, context });
  const { whole: stage } = hemsStage(app, { stage: 'prod', telemetryStore, ingestMode });
  const { stacks } = stage.synth();
  return standing(Object.fromEntries(stacks.map((one) => [one.stackName, template.parse(one.template)])));
};

const main = (): void => {
  const { values } = parseArgs({
    options: {
      homes: { type: 'string', default: '1000000' },
      cadence: { type: 'string', default: '60' },
      write: { type: 'boolean', default: false },
    },
  });
  const asked = { homes: whole(values.homes, 'homes'), cadenceS: whole(values.cadence, 'cadence') };
  const text = page(asked, {
    timestream: { direct: standingOf('timestream', 'direct'), stream: standingOf('timestream', 'stream') },
    blocks: { direct: standingOf('blocks', 'direct'), stream: standingOf('blocks', 'stream') },
  });
  if (values.write) writeFileSync(REPORT, text);
  else console.log(text);
};

try {
  main();
} catch (error) {
  console.error(`cost: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
