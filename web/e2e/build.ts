import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const WEB = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(WEB, 'dist');
const CACHE = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
const VITE = fileURLToPath(import.meta.resolve('vite/package.json')).replace(/package\.json$/, 'bin/vite.js');

/**
 * Builds the app as it is deployed, into `web/dist`, which the local host serves. Specs run side by side and build the
 * same bytes, so each builds beside and moves the result into place; whoever comes second leaves it at that.
 */
export const buildWeb = async (): Promise<void> => {
  const place = await mkdtemp(join(CACHE, 'web-build-'));
  const outDir = join(place, 'new');
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [VITE, 'build', WEB, '--outDir', outDir], { env });
  await rename(DIST, join(place, 'old')).catch(unless('ENOENT'));
  await rename(outDir, DIST).catch(unless('ENOTEMPTY'));
  await rm(place, { recursive: true });
};

const unless =
  (expected: string) =>
  (error: unknown): void => {
    if (!(error instanceof Error && 'code' in error && error.code === expected)) throw error;
  };

/** Bytes of the built files of a kind after gzip, by name. */
export const gzippedAssets = async (extension: string): Promise<Record<string, number>> => {
  const folder = join(DIST, 'assets');
  const names = (await readdir(folder)).filter((name) => name.endsWith(extension));
  const sizes = names.map(async (name): Promise<[string, number]> => {
    const bytes = await readFile(join(folder, name));
    return [name, gzipSync(bytes, { level: 9 }).length];
  });
  return Object.fromEntries(await Promise.all(sizes));
};

/** Names of the files that the page names itself: they are fetched before anything is on the screen. */
export const namedByPage = async (extension: string): Promise<string[]> => {
  const page = await readFile(join(DIST, 'index.html'), 'utf8');
  return [...page.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)]
    .map(([, name = '']) => name)
    .filter((name) => name.endsWith(extension));
};
