import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

export type TelemetryStore = 'timestream' | 'blocks';
/** As `infra/config.ts` explains them. */
export const INGEST_MODES = ['direct', 'stream', 'drain'] as const;
export type IngestMode = (typeof INGEST_MODES)[number];

/** What was chosen of what was synthesised. */
export type Kind = { readonly stage: string; readonly telemetryStore: TelemetryStore; readonly ingestMode: IngestMode };

/** What `npm run synth` wrote for one stage, store and mode of ingest: the one source of stack names, order and Region. */
export type Assembly = Kind & {
  readonly region: string;
  /** in deployment order */
  readonly stackNames: readonly string[];
  readonly bootstrapVersion: number;
};

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
    .map(({ properties }) => stageName.parse(properties).displayName.replace(/-(timestream|blocks)(-\w+)?$/, ''));
  return [...new Set(names)];
};

/** The name under which it was written, and by which the CDK deploys it. */
export const nameOf = ({ stage, telemetryStore, ingestMode }: Kind): string =>
  [stage, telemetryStore, ...(ingestMode === 'direct' ? [] : [ingestMode])].join('-');

export const readAssembly = async (directory: string, kind: Kind): Promise<Assembly> => {
  const name = nameOf(kind);
  const { artifacts } = manifest.parse(await readJson(join(directory, `assembly-${name}`, 'manifest.json')));
  const stacks = Object.values(artifacts)
    .filter(({ type }) => type === 'aws:cloudformation:stack')
    .map(({ environment, properties }) => ({ region: regionOf(environment), ...stackProperties.parse(properties) }));
  const [first] = stacks;
  if (!first) throw new Error(`${directory} holds no stack of ${name}; run npm run synth`);
  return {
    ...kind,
    region: first.region,
    stackNames: stacks.map(({ stackName }) => stackName),
    bootstrapVersion: Math.max(...stacks.map(({ requiresBootstrapStackVersion }) => requiresBootstrapStackVersion)),
  };
};
