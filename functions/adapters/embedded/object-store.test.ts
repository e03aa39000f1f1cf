import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { objectStoreContract } from '../contract/object-store.contract.ts';
import { folderObjectStore } from './object-store.ts';

objectStoreContract('folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-objects-'));
  return { store: folderObjectStore(join(folder, 'objects')), close: () => rm(folder, { recursive: true }) };
});

it('a report whose write breaks off leaves the old report, and no half of the new one in the list', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-objects-'));
  const store = folderObjectStore(folder);
  await store.put('reports/h-1', new TextEncoder().encode('old'));
  const broken = (function* () {
    yield 'half of the new ';
    throw new Error('the disk is gone');
  })() as unknown as Uint8Array;
  await expect(store.put('reports/h-1', broken)).rejects.toThrow(/disk/);
  expect(new TextDecoder().decode(await store.get('reports/h-1'))).toBe('old');
  expect(await store.list('')).toEqual(['reports/h-1']);
  expect(await readdir(join(folder, 'reports'))).toEqual(['h-1']);
  expect(await readdir(join(folder, '.unfinished'))).toEqual([]);
  await rm(folder, { recursive: true });
});
