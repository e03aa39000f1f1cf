import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { ObjectStore } from '../../ports/object-store.ts';
import { checkedKey } from '../object-key.ts';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const orWhenMissing = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return otherwise;
    throw error;
  }
};

const synced = async (path: string, flags: string, body?: Uint8Array): Promise<void> => {
  const file = await open(path, flags);
  try {
    if (body) await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** `ObjectStore` in a folder; the key is the path. A reader sees the whole old or the whole new object, also after a power cut. */
export const folderObjectStore = (folder: string): ObjectStore => {
  // No key begins with a dot, so no key names a half-written object.
  const unfinished = join(folder, '.unfinished');
  const pathOf = (key: string): string => join(folder, ...checkedKey(key).split('/'));
  const keysIn = async (): Promise<string[]> => {
    const entries = await orWhenMissing(readdir(folder, { recursive: true, withFileTypes: true }), []);
    return entries
      .filter((entry) => entry.isFile() && entry.parentPath !== unfinished)
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  };
  return {
    put: async (key, body) => {
      const path = pathOf(key);
      const draft = join(unfinished, randomUUID());
      await Promise.all([mkdir(dirname(path), { recursive: true }), mkdir(unfinished, { recursive: true })]);
      try {
        await synced(draft, 'w', body);
        await rename(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
      await synced(dirname(path), 'r');
    },
    get: async (key) => {
      const bytes = await orWhenMissing(readFile(pathOf(key)), undefined);
      return bytes && new Uint8Array(bytes);
    },
    list: async (prefix) => (await keysIn()).filter((key) => key.startsWith(prefix)).toSorted(),
    delete: async (key) => rm(pathOf(key), { force: true }),
  };
};
