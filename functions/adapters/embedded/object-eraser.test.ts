import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { objectEraser } from './object-eraser.ts';
import { objectLinks } from './object-links.ts';
import { folderObjectStore } from './object-store.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-eraser-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

test('takes away the files of one household and the folders called after it, and a second time there is nothing to take', async () => {
  const clock = { now: () => 0 };
  const links = objectLinks(new Uint8Array(32), clock);
  const store = folderObjectStore(folder, { origin: 'http://127.0.0.1:8000', links, clock });
  for (const key of ['imports/h-1/a/file', 'imports/h-1/b/file', 'imports/h-10/a/file'])
    await store.put(key, new Uint8Array([1]));
  // its file is gone by age already
  await store.delete('imports/h-1/b/file');
  const eraser = objectEraser(folder, store);
  expect(await eraser.count('imports/h-1/')).toBe(1);
  await eraser.erase('imports/h-1/');
  await eraser.erase('imports/h-1/');
  expect(await eraser.count('imports/h-1/')).toBe(0);
  expect(await readdir(join(folder, 'imports'))).toEqual(['h-10']);
  expect(await store.list('imports/')).toEqual(['imports/h-10/a/file']);
});

test('takes away nothing outside of its folder', async () => {
  const eraser = objectEraser(folder, { list: async () => [] });
  await expect(eraser.erase('../')).rejects.toThrow(/is no object key/);
  await expect(eraser.erase('')).rejects.toThrow(/is no object key/);
});
