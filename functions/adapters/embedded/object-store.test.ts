import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { objectStoreContract } from '../contract/object-store.contract.ts';
import { objectLinks } from './object-links.ts';
import { expireObjects, folderObjectStore } from './object-store.ts';

const clock = { now: () => 1_795_316_400_000 };
const DOORS = { origin: 'http://127.0.0.1:8000', links: objectLinks(new Uint8Array(32), clock), clock };

objectStoreContract('folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-objects-'));
  return { store: folderObjectStore(join(folder, 'objects'), DOORS), close: () => rm(folder, { recursive: true }) };
});

it('a report whose write breaks off leaves the old report, and no half of the new one in the list', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-objects-'));
  const store = folderObjectStore(folder, DOORS);
  await store.put('reports/h-1', new TextEncoder().encode('old'));
  const broken = (async function* () {
    yield new TextEncoder().encode('half of the new ');
    throw new Error('the disk is gone');
  })();
  await expect(store.putStream('reports/h-1', broken)).rejects.toThrow(/disk/);
  expect(new TextDecoder().decode(await store.get('reports/h-1'))).toBe('old');
  expect(await store.list('')).toEqual(['reports/h-1']);
  expect(await readdir(join(folder, 'reports'))).toEqual(['h-1']);
  expect(await readdir(join(folder, '.unfinished'))).toEqual([]);
  await rm(folder, { recursive: true });
});

it('an archive of eight days ago goes, one of six stays, and so does what lies elsewhere', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-objects-'));
  const store = folderObjectStore(folder, DOORS);
  const nowMs = clock.now();
  for (const [key, days] of [
    ['exports/h-1/old', 8],
    ['exports/h-1/new', 6],
    ['reports/h-1', 8],
  ] as const) {
    await store.put(key, new Uint8Array(1));
    await utimes(join(folder, key), new Date(nowMs), new Date(nowMs - days * 86_400_000));
  }
  expect(await expireObjects(folder, { prefix: 'exports/', days: 7, nowMs })).toBe(1);
  expect(await store.list('')).toEqual(['exports/h-1/new', 'reports/h-1']);
  expect(await expireObjects(folder, { prefix: 'never/', days: 7, nowMs })).toBe(0);
  await rm(folder, { recursive: true });
});

it('a link opens what it was signed for, until it ends, and is no link when a letter of it is changed or something stands behind it', () => {
  let nowMs = 0;
  const links = objectLinks(new Uint8Array(32).fill(7), { now: () => nowMs });
  const token = links.sign({ may: 'read', key: 'exports/h-1/e-1', fileName: 'a.zip', untilMs: 1000 });
  expect(links.openRead(token)).toMatchObject({ key: 'exports/h-1/e-1' });
  expect(links.openWrite(token)).toBeUndefined();
  expect(links.openRead(`A${token}`)).toBeUndefined();
  expect(links.openRead(`${token}.more`)).toBeUndefined();
  expect(links.openRead(`${token}.`)).toBeUndefined();
  expect(links.openRead('')).toBeUndefined();
  expect(objectLinks(new Uint8Array(32), { now: () => 0 }).openRead(token)).toBeUndefined();
  nowMs = 1000;
  expect(links.openRead(token)).toBeUndefined();
});
