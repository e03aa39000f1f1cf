import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';

const WORKER = 'sw.js';
/** What stands in `public/sw.js` for the list. */
export const BLANK = "{ VERSION: '', FILES: [] }";

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== WORKER)
    .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/')}`)
    .toSorted((a, b) => (a < b ? -1 : 1));

/** The worker with the files of a built app in it. Its version is that of their bytes and of its own. */
export const workerWith = (folder: string): string => {
  const worker = readFileSync(join(folder, WORKER), 'utf8');
  if (!worker.includes(BLANK)) throw new Error(`${WORKER} has no place for its files: it must hold ${BLANK}`);
  const files = filesIn(folder);
  const bytes = files.map((path) => readFileSync(join(folder, path)));
  // A host may lead `/index.html` on to `/`, and a page that was led on is refused as the answer to another address.
  const addresses = files.map((path) => (path === '/index.html' ? '/' : path));
  const version = [worker, ...files, ...bytes]
    .reduce((hash, part) => hash.update(part), createHash('sha256'))
    .digest('hex')
    .slice(0, 16);
  return worker.replace(BLANK, JSON.stringify({ VERSION: version, FILES: addresses }));
};

/** Tells the service worker which files make up the app, once all of them are written. */
export const precache = (): Plugin => {
  let folder = '';
  return {
    name: 'hems-precache',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    writeBundle: () => writeFileSync(join(folder, WORKER), workerWith(folder)),
  };
};
