import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';

/** Written last: a folder without it is no backup, but a piece of one. */
export const MANIFEST = 'manifest.json';

/** Below the folder, by `/`; never out of it. */
const path = z
  .string()
  .regex(/^[^/\\\0]+(\/[^/\\\0]+)*$/)
  .refine((text) => !text.split('/').some((part) => part === '..' || part === '.'), 'leads out of the folder');
const file = z.object({ path, bytes: z.int(), sha256: z.string().regex(/^[\da-f]{64}$/) });
const manifest = z.object({
  kind: z.literal('hems-backup'),
  /** of the copy of the database; what came later is not in it */
  madeMs: z.int(),
  /** names the data directory; a word, as it is the name of a folder */
  directory: z.string().regex(/^\w+$/),
  /** that this backup left in the database: a state without it is not a later one */
  mark: z.string(),
  /** of the data directory */
  dataFormat: z.string(),
  /** of the code that made it; null: not in a checkout */
  commit: z.nullable(z.string()),
  /** when the newest live reading in it was measured */
  newestReadingMs: z.nullable(z.int()),
  files: z.array(file),
});
export type Manifest = z.infer<typeof manifest>;
export type KeptFile = z.infer<typeof file>;

export const sha256Of = async (name: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(name), hash);
  return hash.digest('hex');
};

/** Every file below the folder but the manifest, by `/`. Links and the like are told by their names alone: they fit no manifest. */
export const filesBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll(sep, '/'),
    )
    .filter((name) => name !== MANIFEST)
    .toSorted((a, b) => (a < b ? -1 : 1));
};

/** undefined: there is none, or it is not one of ours. */
export const readManifest = async (folder: string): Promise<Manifest | undefined> => {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

const wrongWith = async (folder: string, { path: name, bytes, sha256 }: KeptFile): Promise<string | undefined> => {
  const facts = await stat(join(folder, name)).catch(() => undefined);
  if (!facts?.isFile()) return `${name} is missing`;
  if (facts.size !== bytes) return `${name} has ${facts.size} bytes, not ${bytes}`;
  return (await sha256Of(join(folder, name))) === sha256 ? undefined : `${name} is not what was backed up`;
};

/** What of a backup is not as its manifest says; nothing: it is whole. */
export const faultsOf = async (folder: string, { files }: Manifest): Promise<string[]> => {
  const named = new Set(files.map((one) => one.path));
  const foreign = (await filesBelow(folder))
    .filter((name) => !named.has(name))
    .map((name) => `${name} is not of the backup`);
  const wrong: string[] = [];
  for (const one of files) wrong.push(...[await wrongWith(folder, one)].filter((text) => text !== undefined));
  return [...wrong, ...foreign];
};
