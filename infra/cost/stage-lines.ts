import { config, type IngestMode, type StageName, type TelemetryStore } from '../config.ts';
import { overBudget, standing, template } from './estimate.ts';
import { monthly, type Lines } from './monthly.ts';

export type Deployment = {
  readonly stage: StageName;
  readonly telemetryStore: TelemetryStore;
  readonly ingestMode: IngestMode;
  /** of all its stacks, by name, as the CDK synthesised them */
  readonly templates: Readonly<Record<string, unknown>>;
};

/** What a deployment costs in a month by its templates and by the use that `infra/config.ts` plans. A drain lasts a quarter of an hour. */
export const linesOf = ({ stage, telemetryStore: store, ingestMode, templates }: Deployment): Lines => {
  const { use, signInTier: signIn } = config[stage];
  const mode = ingestMode === 'stream' ? 'stream' : 'direct';
  const parsed = Object.entries(templates).map(([name, one]) => [name, template.parse(one)] as const);
  return { ...standing(Object.fromEntries(parsed)), ...monthly({ ...use, mode, store, signIn }) };
};

/** Undefined within the budget of its stage; else a sentence for whoever broke it. */
export const brokenBudget = (
  { stage, telemetryStore }: Pick<Deployment, 'stage' | 'telemetryStore'>,
  lines: Lines,
): string | undefined => {
  const { use, budget } = config[stage];
  return overBudget(lines, use.homes, budget[telemetryStore]);
};
