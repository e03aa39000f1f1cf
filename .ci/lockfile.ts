import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ROOT } from './planted.ts';

const versions = z.record(z.string(), z.string()).optional();
const entry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  /** of a workspace */
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  /** unpacked with the package that holds it, whose hash covers it */
  inBundle: z.boolean().optional(),
  optional: z.boolean().optional(),
  os: z.array(z.string()).optional(),
  hasInstallScript: z.boolean().optional(),
});
const manifest = z.object({
  dependencies: versions,
  devDependencies: versions,
  /** of a package wherever it is, or of those that another one brings */
  overrides: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])).optional(),
  allowScripts: z.record(z.string(), z.boolean()).optional(),
});

export type Package = z.infer<typeof entry> & { readonly name: string; readonly path: string };

/** Every package that the lockfile installs, workspaces apart. `dev` is what builds and tests; the rest ships. */
export const packagesIn = (lockfile: unknown): Package[] =>
  Object.entries(z.object({ packages: z.record(z.string(), entry) }).parse(lockfile).packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
    .map(([path, facts]) => ({ ...facts, path, name: path.split('node_modules/').at(-1) ?? path }));

const json = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

export const readPackages = (): Package[] => packagesIn(json('package-lock.json'));
/** Every version that a package.json asks for. */
export const askedBy = ({ dependencies, devDependencies, overrides = {} }: z.infer<typeof manifest>) => {
  const nested = Object.entries(overrides).map(([name, one]) => (typeof one === 'string' ? { [name]: one } : one));
  return [dependencies ?? {}, devDependencies ?? {}, ...nested];
};

/** package.json of the root and of each workspace, by file. */
export const readManifests = (): Record<string, z.infer<typeof manifest>> => {
  const { workspaces } = z.object({ workspaces: z.array(z.string()) }).parse(json('package.json'));
  const files = ['package.json', ...workspaces.map((room) => `${room}/package.json`)];
  return Object.fromEntries(files.map((file) => [file, manifest.parse(json(file))]));
};
