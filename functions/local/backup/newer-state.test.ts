import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { householdsLeftBy } from '../../use-cases/stores/former-members.ts';
import { memberEnd, membersOf, putMember, putProfile, readMember } from '../../use-cases/stores/households.ts';
import type { Table, TableName } from '../../ports/table.ts';
import { systemClock } from '../clock.ts';
import { FORMAT } from '../data-directory.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup, type Restored } from './restore-backup.ts';

const NOW = Date.parse('2026-11-23T05:00:00Z');
const HOMES = 20;
let folder: string;
const opened: Database[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-newer-'));
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  await rm(folder, { recursive: true });
});

const tableIn = (name: string): Table => {
  const database = openDatabase(join(folder, name, 'hems.sqlite'));
  opened.push(database);
  return sqliteTable({ database, clock: systemClock });
};
const close = async (): Promise<void> => {
  for (const database of opened.splice(0)) await database.close();
};
const aHome = (ids: { householdId: string; telemetryId: string }) => ({ buildingType: 'apartment' as const, ...ids });
/** A data directory with so many homes. */
const aDirectory = async (name: string, homes: number): Promise<Table> => {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'format'), FORMAT);
  const table = tableIn(name);
  for (let n = 0; n < homes; n += 1) {
    const householdId = `h-${n}`;
    await putProfile(table, aHome({ householdId, telemetryId: `t-${n}` }));
    for (const sub of ['owner', 'guest'])
      await putMember(table, { householdId, sub, role: sub === 'owner' ? 'owner' : 'member' });
  }
  return table;
};
const backUp = async (name: string, nowMs = NOW): Promise<string> =>
  (await makeBackup({ dataDirectory: join(folder, name), to: join(folder, 'backups'), nowMs })).folder;
const restore = async (backup: string, newer: string, erase?: number): Promise<Restored> =>
  await restoreBackup({ backup, dataDirectory: join(folder, 'restored'), newer, erase });
const refused = async (backup: string, newer: string, erase?: number): Promise<string> => {
  const why = await restore(backup, newer, erase).then(() => 'restored', String);
  return [why, ...(await readdir(folder)).filter((name) => name === 'restored')].join(' and left ');
};
const forget = async (table: Table, homes: number): Promise<void> => {
  for (let n = 0; n < homes; n += 1) await table.delete({ table: 'homes', pk: `H#h-${n}`, sk: 'PROFILE' });
};

describe('a newer state that is none erases nobody:', () => {
  test('another data directory, fresh or full', async () => {
    await aDirectory('data', HOMES);
    await aDirectory('fresh', 0);
    const backup = await backUp('data');
    expect(await refused(backup, join(folder, 'fresh'))).toMatch(
      /^StartRefused.*not a later state.*another data directory/,
    );
    await backUp('fresh');
    expect(await refused(backup, join(folder, 'fresh'))).toMatch(/^StartRefused.*not a later state/);
  });

  test('a backup or a copy that was made before', async () => {
    const table = await aDirectory('data', 1);
    const before = await backUp('data', NOW - 1000);
    await cp(before, join(folder, 'copy'), { recursive: true });
    await putProfile(table, aHome({ householdId: 'h-later', telemetryId: 't-later' }));
    const backup = await backUp('data');
    for (const older of [before, join(folder, 'copy')])
      expect(await refused(backup, older)).toMatch(/older than the backup/);
    expect((await restore(before, backup)).counts?.homes).toEqual({ older: 1, newer: 2, erased: 0 });
  });

  test.each([
    ['is empty', async (file: string) => await truncate(file, 0)],
    ['is cut off', async (file: string) => await truncate(file, 20_000)],
    ['is no database', async (file: string) => await writeFile(file, Buffer.alloc(9000, 'x'))],
  ])('a file that %s', async (_what, spoil) => {
    await aDirectory('data', HOMES);
    const backup = await backUp('data');
    const later = await backUp('data', NOW + 1000);
    await spoil(join(later, 'hems.sqlite'));
    expect(await refused(backup, later)).toMatch(/^StartRefused: [^\n]*(damaged|not a later state|cannot be read)/);
  });

  test('more than a handful is erased only by its exact number', async () => {
    const table = await aDirectory('data', HOMES);
    const backup = await backUp('data');
    await forget(table, 6);
    const data = join(folder, 'data');
    for (const erase of [undefined, 5, 20])
      expect(await refused(backup, data, erase)).toMatch(
        /6 of 20 homes and 0 of 0 accounts .*\(it has 14 and 0\), and nothing was restored.*--erase 6$/,
      );
    const { counts, erasures } = await restore(backup, data, 6);
    expect([counts?.homes.erased, erasures.length]).toEqual([6, 6]);
  });
});

test('who has left a home since, has withdrawn a consent, or was shut out does not come back with the backup', async () => {
  const table = await aDirectory('data', 2);
  const consent = { table: 'homes', pk: 'H#h-0', sk: 'CONSENT#research' } as const;
  const partner = { table: 'operations' as TableName, pk: 'PARTNER#p-1', sk: 'PROFILE', i1: 'PARTNERS' };
  await table.put({ ...consent, data: { history: [{ granted: true }] } });
  await table.put({ ...consent, pk: 'H#h-1', data: { history: [{ granted: true }] } });
  await table.put({ ...partner, data: { status: 'active' } });
  const backup = await backUp('data');
  const guest = await readMember(table, 'h-0', 'guest');
  await table.put(memberEnd(guest!, Date.now() - 1000));
  await table.put({ ...consent, data: { history: [{ granted: true }, { granted: false }] } });
  await table.delete({ ...consent, pk: 'H#h-1' });
  await table.put({ ...partner, data: { status: 'suspended' } });

  const { endings } = await restore(backup, join(folder, 'data'));
  expect(endings).toEqual({ members: 1, consents: 2, partners: 1 });
  const restored = tableIn('restored');
  expect((await membersOf(restored, 'h-0')).map(({ sub }) => sub)).toEqual(['owner']);
  expect(await membersOf(restored, 'h-1')).toHaveLength(2);
  expect(await householdsLeftBy(restored, 'guest')).toEqual(['h-0']);
  expect((await restored.get(consent))?.data).toEqual({ history: [{ granted: true }, { granted: false }] });
  expect(await restored.get({ ...consent, pk: 'H#h-1' })).toBeUndefined();
  expect(await restored.get(partner)).toMatchObject({ data: { status: 'suspended' }, i1: 'PARTNERS' });
});

test('payments of the newer state come along where the backup had no outbox, for its owner alone', async () => {
  await aDirectory('data', 1);
  const backup = await backUp('data');
  await mkdir(join(folder, 'data', 'outbox'));
  await writeFile(join(folder, 'data', 'outbox', 'payments.jsonl'), '{"key":"p-2"}\n');
  await restore(backup, join(folder, 'data'));
  const file = join(folder, 'restored', 'outbox', 'payments.jsonl');
  expect(await readFile(file, 'utf8')).toContain('p-2');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a mount point is filled and stays what it is, and no piece is left in it', async () => {
  await aDirectory('data', 1);
  const backup = await backUp('data');
  await close();
  await mkdir(join(folder, 'restored', 'lost+found'), { recursive: true });
  const { ino } = await stat(join(folder, 'restored'));
  await restore(backup, join(folder, 'data'));
  expect((await stat(join(folder, 'restored'))).ino).toBe(ino);
  expect((await readdir(join(folder, 'restored'))).toSorted()).toEqual(['format', 'hems.sqlite', 'lost+found']);
});
