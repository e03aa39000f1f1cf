import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { FORMAT, openDataDirectory } from '../data-directory.ts';
import { readLastBackup, remainsBeside } from './last-backup.ts';
import { makeBackup, type MadeBackup } from './make-backup.ts';
import { faultsOf } from './manifest.ts';

const NOW = Date.parse('2026-11-23T05:00:00Z');
let folder: string;
let data: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-tidy-'));
  data = await aDirectory('data');
});
afterEach(async () => await rm(folder, { recursive: true }));

const aDirectory = async (name: string): Promise<string> => {
  const path = join(folder, name);
  await mkdir(path);
  await writeFile(join(path, 'format'), FORMAT);
  const database = openDatabase(join(path, 'hems.sqlite'));
  database.exec('CREATE TABLE energy (pk TEXT, sk TEXT, data TEXT)');
  await database.close();
  return path;
};
const make = async (nowMs = NOW, over: { dataDirectory?: string; to?: string } = {}): Promise<MadeBackup> =>
  await makeBackup({ dataDirectory: data, to: join(folder, 'backups'), nowMs, ...over });

test('a whole backup stays where its data directory cannot be told of it', async () => {
  await mkdir(join(data, 'last-backup', 'in the way'), { recursive: true });
  const { folder: backup, manifest, warnings } = await make();
  expect(await faultsOf(backup, manifest)).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(/could not be told of it/)]);
});

test('an unreadable note of the last backup stops no erasure, and its receipt still names the backups', async () => {
  for (const text of ['', '{"madeMs":', 'null']) {
    await writeFile(join(data, 'last-backup'), text);
    expect(await readLastBackup(data)).toBe('unreadable');
    expect(await remainsBeside(data, NOW)).toBe('backups=35');
  }
  await make();
  expect(await readLastBackup(data)).toMatchObject({ madeMs: NOW });
});

test('two data directories with one folder for their backups leave those of each other', async () => {
  const other = await aDirectory('other');
  const theirs = [];
  for (const days of [-3.9, -3.6, -3.3, -3]) theirs.push(await make(NOW + days * DAY_MS, { dataDirectory: other }));
  for (const days of [-2, -1, 0]) expect((await make(NOW + days * DAY_MS)).removed).toEqual([]);
  for (const { folder: one } of theirs) expect((await stat(one)).isDirectory()).toBe(true);
  expect(await readdir(join(folder, 'backups'))).toHaveLength(2);
});

test('a clock that is a year ahead takes the oldest backup of those past their age, and never one of the newest three', async () => {
  for (const days of [-5, -4, -3, -2, -1]) await make(NOW + days * DAY_MS);
  const { removed, folder: made } = await make(NOW + 365 * DAY_MS);
  expect(removed).toEqual(['2026-11-18T05-00-00-000Z']);
  for (const hours of [1, 2, 3]) await make(NOW + 365 * DAY_MS + hours);
  const names = await readdir(dirname(made));
  expect(names.length).toBeGreaterThanOrEqual(4);
  expect(names).toContain(basename(made));
});

test('a backup that was cut off is never taken for one, and goes after a day', async () => {
  const { folder: backup } = await make(NOW - 1);
  const [old, young] = [1, 2].map((n) => join(dirname(backup), `2026-11-2${n}T05-00-00-000Z.part`));
  for (const [part, ageMs] of [
    [old!, 1.1 * DAY_MS],
    [young!, DAY_MS / 2],
  ] as const) {
    await mkdir(part);
    await utimes(part, (NOW - ageMs) / 1000, (NOW - ageMs) / 1000);
  }
  expect((await make()).removed).toEqual([basename(old!)]);
  expect(await readdir(dirname(backup))).toContain(basename(young!));
});

test('a backup that fails on its way leaves no piece', async () => {
  const { folder: made } = await make(NOW - 1);
  await rm(join(data, 'hems.sqlite'));
  await writeFile(join(data, 'hems.sqlite'), 'no database');
  await expect(make()).rejects.toThrow(/not a database/);
  expect(await readdir(dirname(made))).toEqual([basename(made)]);
});

test('backups do not go into what they are a copy of', async () => {
  for (const to of [data, join(data, 'backups'), join(data, 'idp', '..', 'deeper', 'still')])
    await expect(make(NOW, { to })).rejects.toThrow(/lies in the data directory/);
  expect((await readdir(data)).toSorted()).toEqual(['format', 'hems.sqlite']);
  await make(NOW, { to: `${data}-backups` });
});

test('a host does not open a folder that a restore has not finished', async () => {
  await mkdir(join(data, '.part'));
  await expect(openDataDirectory(data, false)).rejects.toThrow(/not restored to its end/);
});
