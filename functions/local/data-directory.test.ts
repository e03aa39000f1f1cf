import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FORMAT, openDataDirectory } from './data-directory.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-data-'));
});
afterEach(async () => await rm(folder, { recursive: true }));

const database = (): string => join(folder, 'hems.sqlite');

describe('a data directory', () => {
  test('that this version wrote is opened again', async () => {
    (await openDataDirectory(folder, false)).release();
    await writeFile(database(), '');
    (await openDataDirectory(folder, false)).release();
    expect(await readFile(join(folder, 'format'), 'utf8')).toBe(FORMAT);
  });

  test('of an earlier version is refused with what to do, left as it is, and free for another host', async () => {
    await writeFile(database(), 'old');
    await expect(openDataDirectory(folder, false)).rejects.toThrow(/--fresh/);
    await expect(openDataDirectory(folder, false)).rejects.toThrow(/format 1/);
    expect(await readFile(database(), 'utf8')).toBe('old');
  });

  test('begins again with --fresh, and leaves what is not ours', async () => {
    await writeFile(database(), 'old');
    await writeFile(join(folder, 'notes.txt'), 'mine');
    (await openDataDirectory(folder, true)).release();
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
    await expect(readFile(database(), 'utf8')).rejects.toThrow(/ENOENT/);
  });

  test('is used by one host at a time', async () => {
    const first = await openDataDirectory(folder, false);
    await expect(openDataDirectory(folder, false)).rejects.toThrow(/Another local host/);
    first.release();
  });
});
