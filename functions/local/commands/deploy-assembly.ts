import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** What `npm run synth` wrote for one stage and store: the one source of stack names, order and Region. */
export type Assembly = {
  readonly stage: string;
  readonly telemetryStore: TelemetryStore;
  readonly region: string;
  /** in deployment order */
  readonly stackNames: readonly string[];
  readonly bootstrapVersion: number;
};

export type TelemetryStore = 'timestream' | 'blocks';

/** The repository, and where `npm run synth` writes. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const ASSEMBLY = join(ROOT, 'cdk.out');

const manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ type: z.string(), environment: z.string().optional(), properties: z.unknown() }),
  ),
});
const assemblies = z.object({
  artifacts: z.record(z.string(), z.object({ type: z.string(), properties: z.unknown() })),
});
const stackProperties = z.object({ stackName: z.string(), requiresBootstrapStackVersion: z.number() });
const stageName = z.object({ displayName: z.string() });

const readJson = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} is not there; run npm run synth`);
  });
  return JSON.parse(text);
};

const regionOf = (environment = ''): string => environment.slice(environment.lastIndexOf('/') + 1);

/** The stages that were synthesised. */
export const stagesOf = async (directory: string): Promise<string[]> => {
  const { artifacts } = assemblies.parse(await readJson(join(directory, 'manifest.json')));
  const names = Object.values(artifacts)
    .filter(({ type }) => type === 'cdk:cloud-assembly')
    .map(({ properties }) => stageName.parse(properties).displayName.replace(/-[^-]+$/, ''));
  return [...new Set(names)];
};

export const readAssembly = async (
  directory: string,
  stage: string,
  telemetryStore: TelemetryStore,
): Promise<Assembly> => {
  const { artifacts } = manifest.parse(
    await readJson(join(directory, `assembly-${stage}-${telemetryStore}`, 'manifest.json')),
  );
  const stacks = Object.values(artifacts)
    .filter(({ type }) => type === 'aws:cloudformation:stack')
    .map(({ environment, properties }) => ({ region: regionOf(environment), ...stackProperties.parse(properties) }));
  const [first] = stacks;
  if (!first) throw new Error(`${directory} holds no stack of ${stage} with ${telemetryStore}; run npm run synth`);
  return {
    stage,
    telemetryStore,
    region: first.region,
    stackNames: stacks.map(({ stackName }) => stackName),
    bootstrapVersion: Math.max(...stacks.map(({ requiresBootstrapStackVersion }) => requiresBootstrapStackVersion)),
  };
};
