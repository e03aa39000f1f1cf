import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { scopePut } from '../../use-cases/stores/erasures.ts';
import { scanErasure } from './scan-erasure.ts';

let folder: string;
let database: Database;
const printed: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-scan-'));
  database = openDatabase(join(folder, 'hems.sqlite'));
  const table = sqliteTable({ database, clock: { now: () => 0 } });
  await table.put({ table: 'energy', pk: 'H#h-1', sk: 'DAY#2026-11-20', data: {} });
  await table.put({ table: 'energy', pk: 'H#h-10', sk: 'DAY#2026-11-20', data: {} });
  const household = {
    householdId: 'h-1',
    telemetryId: 't-1',
    pseudonym: 'p-1',
    gateways: [],
    devices: [],
    memberships: [],
    people: [],
  };
  const scope = { households: [household], person: null, leaves: [], forfeit: false, askedBy: 'owner' };
  await table.put(scopePut('erasure-1', { scope, version: 0 }));
  await table.put({ table: 'operations', pk: 'ERASURE#erasure-1', sk: 'RECEIPT', data: {} });
  await mkdir(join(folder, 'objects', 'imports', 'h-1'), { recursive: true });
  await writeFile(join(folder, 'objects', 'imports', 'h-1', 'file'), '');
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.close();
  await rm(folder, { recursive: true });
});

test('an id is looked for in every row and every file name, beside a running host', async () => {
  expect(await scanErasure(['h-1', '--data', folder])).toBe(1);
  expect(printed).toContain('energy H#h-1 / DAY#2026-11-20');
  expect(printed).toContain('operations ERASURE#erasure-1 / SCOPE');
  expect(printed.some((line) => line.includes('h-10'))).toBe(false);
  expect(printed.at(-1)).toBe('4 found of 1 ids');
});

test('an erasure stands for all that it erases, but for what it wrote down itself', async () => {
  expect(await scanErasure(['erasure-1', '--data', folder])).toBe(1);
  expect(printed).not.toContain('operations ERASURE#erasure-1 / SCOPE');
  expect(printed.at(-1)).toBe('3 found of 2 ids');
});

test('who is nowhere is found nowhere', async () => {
  expect(await scanErasure(['h-2', '--data', folder])).toBe(0);
});

test('a folder without a database is named, not taken for an empty one', async () => {
  await expect(scanErasure(['h-1', '--data', join(folder, 'other')])).rejects.toThrow(/other.*is not there/);
});
