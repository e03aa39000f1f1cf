import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { checkedKey } from '../object-key.ts';
import type { ObjectLinks } from './object-links.ts';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const orWhenMissing = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return otherwise;
    throw error;
  }
};

/** Opens, writes where there is something to write, and is done when it is on disk. */
const synced = async (
  path: string,
  flags: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = [],
): Promise<void> => {
  const file = await open(path, flags);
  try {
    for await (const chunk of chunks) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
};

export type FolderDoors = {
  /** where `/uploads/` and `/downloads/` are answered, `http://127.0.0.1:8000` */
  readonly origin: string;
  readonly links: ObjectLinks;
  readonly clock: Clock;
};

/** `ObjectStore` in a folder; the key is the path. A reader sees the whole old or the whole new object, also after a power cut. */
export const folderObjectStore = (folder: string, { origin, links, clock }: FolderDoors): ObjectStore => {
  // No key begins with a dot, so no key names a half-written object.
  const unfinished = join(folder, '.unfinished');
  const pathOf = (key: string): string => join(folder, ...checkedKey(key).split('/'));
  const untilMs = (seconds: number): number => clock.now() + seconds * 1000;
  const keysIn = async (): Promise<string[]> => {
    const entries = await orWhenMissing(readdir(folder, { recursive: true, withFileTypes: true }), []);
    return entries
      .filter((entry) => entry.isFile() && entry.parentPath !== unfinished)
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  };
  const write = async (key: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> => {
    const path = pathOf(key);
    const draft = join(unfinished, randomUUID());
    await Promise.all([mkdir(dirname(path), { recursive: true }), mkdir(unfinished, { recursive: true })]);
    try {
      await synced(draft, 'w', chunks);
      await rename(draft, path);
    } finally {
      await rm(draft, { force: true });
    }
    await synced(dirname(path), 'r');
  };
  return {
    put: async (key, body) => await write(key, [body]),
    putStream: write,
    get: async (key) => {
      const bytes = await orWhenMissing(readFile(pathOf(key)), undefined);
      return bytes && new Uint8Array(bytes);
    },
    getStream: async (key) => {
      const path = pathOf(key);
      const found = await orWhenMissing(stat(path), undefined);
      return found && createReadStream(path);
    },
    list: async (prefix) => (await keysIn()).filter((key) => key.startsWith(prefix)).toSorted(),
    delete: async (key) => rm(pathOf(key), { force: true }),
    uploadForm: async (key, { maxBytes, seconds }) => ({
      url: `${origin}/uploads/${links.sign({ may: 'write', key: checkedKey(key), maxBytes, untilMs: untilMs(seconds) })}`,
      fields: {},
    }),
    downloadUrl: async (key, { fileName, seconds }) =>
      `${origin}/downloads/${links.sign({ may: 'read', key: checkedKey(key), fileName, untilMs: untilMs(seconds) })}`,
  };
};

/** What the bucket's lifecycle does: removes objects under `prefix` that were written `days` ago. */
export const expireObjects = async (
  folder: string,
  { prefix, days, nowMs }: { prefix: string; days: number; nowMs: number },
): Promise<number> => {
  const root = join(folder, prefix);
  const entries = await orWhenMissing(readdir(root, { recursive: true, withFileTypes: true }), []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const ages = await Promise.all(paths.map(async (path) => ({ path, mtimeMs: (await stat(path)).mtimeMs })));
  const old = ages.filter(({ mtimeMs }) => mtimeMs + days * 86_400_000 <= nowMs);
  await Promise.all(old.map(async ({ path }) => await rm(path, { force: true })));
  return old.length;
};
