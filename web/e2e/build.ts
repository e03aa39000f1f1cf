import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

const WEB = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(WEB, 'dist');
const CACHE = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
// the runner of a global setup has no import.meta.resolve
const VITE = createRequire(import.meta.url)
  .resolve('vite/package.json')
  .replace(/package\.json$/, 'bin/vite.js');

/**
 * Builds into a folder that the local host serves. Specs run side by side and build the same bytes, so each builds beside
 * and moves the result into place; whoever comes second leaves it at that.
 */
const build = async (dist: string, ...options: string[]): Promise<void> => {
  const place = await mkdtemp(join(CACHE, 'web-build-'));
  const outDir = join(place, 'new');
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [VITE, 'build', WEB, '--outDir', outDir, ...options], { env });
  await rename(dist, join(place, 'old')).catch(unless('ENOENT'));
  await rename(outDir, dist).catch(unless('ENOTEMPTY'));
  await rm(place, { recursive: true });
};

/** Builds the app as it is deployed, into `web/dist`. */
export const buildWeb = async (): Promise<void> => build(DIST);

/** Builds the gallery, into `web/dist-gallery`: `/gallery/<screen>` of a local host, in no deployment. */
export const buildGallery = async (): Promise<void> => build(`${DIST}-gallery`, '--mode', 'gallery');

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

const namesIn = (text: string, extension: string): string[] =>
  [...text.matchAll(/"\/assets\/([^"]+)"/g)].map(([, name = '']) => name).filter((name) => name.endsWith(extension));

/** Names of the files that the page names itself: they are fetched before anything of the app is on the screen. */
export const namedByPage = async (extension: string): Promise<string[]> =>
  namesIn(await readFile(join(DIST, 'index.html'), 'utf8'), extension);

/** Names of the files that the first script of the page fetches beside them, for a screen of a home or for a `visitor` who is not signed in. */
export const namedFor = async (screen: string, extension: string): Promise<string[]> => {
  const first = await readFile(join(DIST, 'first.js'), 'utf8');
  const { [screen]: links } = JSON.parse(/const NEXT = (\{.*\});/.exec(first)?.[1] ?? '{}');
  return namesIn(JSON.stringify(links ?? []), extension);
};
