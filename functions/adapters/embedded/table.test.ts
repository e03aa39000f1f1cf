import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../ports/clock.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { laggingIndex } from '../contract/lagging-index.ts';
import { tableContract, type TableUnderTest } from '../contract/table.contract.ts';
import { openDatabase } from './database.ts';
import { sqliteTable } from './table.ts';

const inNewFolder = async (clock: Clock, wrap: (table: Table) => Table = (table) => table): Promise<TableUnderTest> => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-table-'));
  const database = openDatabase(join(folder, 'hems.sqlite'));
  return {
    table: wrap(sqliteTable({ database, clock })),
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
};

tableContract('SQLite', (clock) => inNewFolder(clock));
tableContract('SQLite behind a lagging index', (clock) => inNewFolder(clock, laggingIndex));

describe('the SQLite file', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hems-file-'));
    file = join(folder, 'hems.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const clock = { now: () => 1_767_582_000_000 };
  const reading = (sk: string) => ({ table: 'energy', pk: 'H#1', sk, data: { wh: 1 } }) as const;

  it('holds every reading whose write has resolved, and takes those of one moment in one transaction', async () => {
    const database = openDatabase(file);
    const table = sqliteTable({ database, clock });
    const observer = new DatabaseSync(file);
    const count = () => observer.prepare('SELECT count(*) AS n FROM energy').get()?.['n'];
    const seenAtFirst: unknown[] = [];
    const writes = Array.from({ length: 200 }, (_, index) =>
      table.put(reading(`Q#${index}`)).then(() => seenAtFirst.push(count())),
    );
    expect(count()).toBe(0);
    await Promise.all(writes);
    expect(seenAtFirst).toEqual(Array.from({ length: 200 }, () => 200));
    observer.close();
    await database.close();
  });

  it('is written ahead and synced at each commit, so that what resolved survives a power cut', async () => {
    const database = openDatabase(file);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    await database.close();
  });

  it('refuses one writer of a shared transaction without losing its neighbours', async () => {
    const database = openDatabase(file);
    const table = sqliteTable({ database, clock });
    const conditions = [{}, { if: { version: 5 } }, {}] as const;
    const results = await Promise.allSettled(
      conditions.map((condition, index) => table.put({ ...reading(`Q#${index}`), ...condition })),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await table.query({ table: 'energy', value: 'H#1' })).items.map(({ sk }) => sk)).toEqual(['Q#0', 'Q#2']);
    await database.close();
  });

  it('takes back the whole transaction when the disk fails, and tells every writer', async () => {
    const database = openDatabase(file);
    const table = sqliteTable({ database, clock });
    database.exec(
      `CREATE TRIGGER full BEFORE INSERT ON energy WHEN new.sk = 'Q#bad' BEGIN SELECT raise(ABORT, 'disk is full'); END`,
    );
    const results = await Promise.allSettled(['Q#1', 'Q#bad', 'Q#2'].map((sk) => table.put(reading(sk))));
    for (const result of results) {
      expect(result.status === 'rejected' && result.reason).not.toBeInstanceOf(ConditionFailed);
      expect(result.status === 'rejected' && String(result.reason)).toMatch(/has space \(disk is full\)/);
    }
    expect((await table.query({ table: 'energy', value: 'H#1' })).items).toEqual([]);
    await table.put(reading('Q#1'));
    await database.close();
  });

  it('finishes what waits when it closes, continues after opening again, and refuses writes in between', async () => {
    const first = openDatabase(file);
    const table = sqliteTable({ database: first, clock });
    const waiting = table.put(reading('Q#1'));
    await first.close();
    await waiting;
    await expect(table.put(reading('Q#2'))).rejects.toThrow(/is closed/);
    const second = openDatabase(file);
    expect(await sqliteTable({ database: second, clock }).get(reading('Q#1'))).toMatchObject({ version: 1 });
    await second.close();
  });

  it('removes expired readings little by little while it writes', async () => {
    let nowMs = clock.now();
    const database = openDatabase(file);
    const table = sqliteTable({ database, clock: { now: () => nowMs } });
    const expiresAt = nowMs / 1000 + 10;
    await Promise.all(Array.from({ length: 450 }, (_, index) => table.put({ ...reading(`Q#${index}`), expiresAt })));
    const rows = () => database.prepare('SELECT count(*) AS n FROM energy').get()?.['n'];
    nowMs += 120_000;
    const left: unknown[] = [];
    for (const sk of ['A', 'B', 'C', 'D']) {
      await table.put(reading(sk));
      left.push(rows());
    }
    expect(left).toEqual([251, 52, 3, 4]);
    await database.close();
  });

  it('that is damaged or locked says what to do', async () => {
    await writeFile(file, 'not a database at all, but long enough to hold a header of one hundred bytes'.repeat(20));
    expect(() => openDatabase(file)).toThrow(/damaged or is not a database.*--fresh/);
    expect(() => openDatabase(join(folder, 'nowhere', 'hems.sqlite'))).toThrow(/Check that its folder exists/);
    const locked = join(folder, 'locked.sqlite');
    const holder = new DatabaseSync(locked);
    holder.exec('CREATE TABLE held (x); BEGIN EXCLUSIVE');
    expect(() => openDatabase(locked)).toThrow(/locked by another process.*--data DIR/);
    holder.close();
  });
});
