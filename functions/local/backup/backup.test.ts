import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { openDatabase, type Database } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { systemClock } from '../clock.ts';
import { FORMAT } from '../data-directory.ts';
import { remainsBeside } from './last-backup.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup } from './restore-backup.ts';

const NOW = Date.parse('2026-11-23T05:00:00Z');
let folder: string;
let data: string;
let to: string;
let database: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hems-backup-'));
  [data, to] = [join(folder, 'data'), join(folder, 'backups')];
  await mkdir(join(data, 'idp'), { recursive: true });
  await mkdir(join(data, 'outbox', 'mail'), { recursive: true });
  await writeFile(join(data, 'format'), FORMAT);
  await writeFile(join(data, 'idp', 'settlement-key.pem'), 'a key');
  await writeFile(join(data, 'outbox', 'payments.jsonl'), '{"key":"p-1"}\n');
  await writeFile(join(data, 'host.lock'), '');
  await writeFile(join(data, 'notes.txt'), 'not ours');
  database = openDatabase(join(data, 'hems.sqlite'));
  await put('DAY#2026-11-20', { importWh: 1 });
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const put = async (sk: string, item: unknown): Promise<void> =>
  await sqliteTable({ database, clock: systemClock }).put({ table: 'energy', pk: 'H#h-1', sk, data: item });
const make = async (nowMs = NOW) => await makeBackup({ dataDirectory: data, to, nowMs });
const restored = join('restored');
const restore = async (backup: string, newer?: string, erase?: number) =>
  await restoreBackup({ backup, dataDirectory: join(folder, restored), newer, erase });
/** Where those of the data directory are. */
const own = async (): Promise<string> => join(to, (await readdir(to)).find((name) => /^[\da-f]{16}$/.test(name)) ?? '');
const rows = async (): Promise<string[]> => {
  const opened = openDatabase(join(folder, restored, 'hems.sqlite'));
  const found = opened.prepare('SELECT sk FROM energy ORDER BY sk').all();
  await opened.close();
  return found.map(({ sk }) => String(sk));
};

describe('a backup', () => {
  test('of a database that is open has what was committed before it, and nothing later', async () => {
    await put('LIVE#meter-1', { ts: NOW - 1000 });
    const { folder: backup, manifest } = await make();
    await put('DAY#2026-11-21', { importWh: 2 });
    await restore(backup);
    expect(await rows()).toEqual(['DAY#2026-11-20', 'LIVE#meter-1']);
    expect(manifest.newestReadingMs).toBe(NOW - 1000);
  });

  test('brings the keys and files of the host along, and no others', async () => {
    const { manifest, folder: backup } = await make();
    expect(manifest.files.map(({ path }) => path)).toEqual([
      'format',
      'hems.sqlite',
      'idp/settlement-key.pem',
      'outbox/payments.jsonl',
    ]);
    await restore(backup);
    expect(await readFile(join(folder, restored, 'idp', 'settlement-key.pem'), 'utf8')).toBe('a key');
  });

  test('goes on without a file that the host has taken away meanwhile', async () => {
    await symlink(join(data, 'gone'), join(data, 'outbox', 'mail', 'taken-away'));
    const { folder: backup, manifest } = await make();
    expect(manifest.files.map(({ path }) => path)).not.toContain('outbox/mail/taken-away');
    await restore(backup);
    expect(await rows()).toHaveLength(1);
  });

  test('opens for its owner alone, restored as well', async () => {
    const { folder: backup } = await make();
    await restore(backup);
    const modes = await Promise.all(
      [backup, to, join(backup, 'idp'), join(folder, restored), join(folder, restored, 'idp')].map(
        async (one) => (await stat(one)).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o700, 0o700, 0o700, 0o700, 0o700]);
    for (const one of [backup, join(folder, restored)])
      expect((await stat(join(one, 'idp', 'settlement-key.pem'))).mode & 0o777).toBe(0o600);
  });

  test('does not bring along what was deleted, although the pages of the file hold it still', async () => {
    await put('NOTE', { text: '심은이름-'.repeat(50) });
    await sqliteTable({ database, clock: systemClock }).delete({ table: 'energy', pk: 'H#h-1', sk: 'NOTE' });
    const { folder: backup } = await make();
    expect((await readFile(join(backup, 'hems.sqlite'))).includes('심은이름-')).toBe(false);
  });

  test('goes after 35 days, and whatever else lies beside it stays', async () => {
    for (const days of [-37, -36, -34, -33, -32]) await make(NOW + days * DAY_MS);
    await mkdir(join(await own(), 'somebody else'));
    await writeFile(join(await own(), 'note.txt'), '');
    const { removed } = await make();
    expect(removed).toEqual(['2026-10-17T05-00-00-000Z']);
    expect(await readdir(await own())).toHaveLength(7);
  });

  test('of every five minutes for two days leaves those of the last hour, one an hour of the last day, one of the day before', async () => {
    const { folder: first } = await make(NOW - 3 * DAY_MS);
    const manifest = await readFile(join(first, 'manifest.json'), 'utf8');
    for (let minutes = 5; minutes < 2 * 1440; minutes += 5) {
      const madeMs = NOW - minutes * 60_000;
      await mkdir(join(await own(), String(madeMs)));
      const facts = manifest.replace(/"madeMs": \d+/, `"madeMs": ${madeMs}`);
      await writeFile(join(await own(), String(madeMs), 'manifest.json'), facts);
    }
    await make();
    const names = await readdir(await own());
    const ages = names
      .map((name) => (NOW - (/^\d+$/.test(name) ? Number(name) : NOW)) / 3_600_000)
      .filter((age) => age > 0);
    expect(ages.filter((age) => age <= 1)).toHaveLength(12);
    expect(ages.filter((age) => age > 1 && age <= 24)).toHaveLength(23);
    expect(ages.filter((age) => age > 24).length).toBeLessThanOrEqual(2);
    expect(names).toContain(basename(first));
  });

  test('is named by the receipt of an erasure for as long as it is kept, and none where none was made', async () => {
    expect(await remainsBeside(data, NOW)).toBe('');
    await make();
    expect(await remainsBeside(data, NOW + DAY_MS)).toBe('backups=35');
    expect(await remainsBeside(data, NOW + 36 * DAY_MS)).toBe('');
  });

  test('of a folder without a database is refused', async () => {
    await expect(makeBackup({ dataDirectory: to, to, nowMs: NOW })).rejects.toThrow(
      /holds no hems\.sqlite.*--data DIR/,
    );
  });
});

describe('a restore is refused, and leaves nothing behind,', () => {
  /** Why, and what it left beside the data and the backups. */
  const refused = async (backup: string): Promise<string> => {
    const why = await restore(backup).then(() => 'restored', String);
    const left = (await readdir(folder)).filter((name) => name.startsWith(restored));
    return [why, ...left].join(' ');
  };

  test('where a byte of a file was altered', async () => {
    const { folder: backup } = await make();
    await chmod(join(backup, 'idp', 'settlement-key.pem'), 0o600);
    await writeFile(join(backup, 'idp', 'settlement-key.pem'), 'b key');
    expect(await refused(backup)).toMatch(/settlement-key\.pem is not what was backed up\nChoose another backup\.$/);
  });

  test('where a file is longer, missing, a link, or was put there by somebody', async () => {
    const { folder: backup } = await make();
    await appendFile(join(backup, 'hems.sqlite'), 'x');
    await rm(join(backup, 'outbox', 'payments.jsonl'));
    await symlink('/etc/hosts', join(backup, 'idp', 'more'));
    expect(await refused(backup)).toMatch(
      /hems\.sqlite has \d+ bytes[\s\S]*payments\.jsonl is missing[\s\S]*idp\/more is not of the backup/,
    );
  });

  test('where the copy was cut off before its manifest', async () => {
    const { folder: backup } = await make();
    await rm(join(backup, 'manifest.json'));
    expect(await refused(backup)).toMatch(/no whole backup/);
  });

  test('where the manifest leads out of its folder', async () => {
    const { folder: backup } = await make();
    const file = join(backup, 'manifest.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('idp/settlement-key.pem', '../../escaped'));
    expect(await refused(backup)).toMatch(/no whole backup/);
  });

  test('where other code wrote the data', async () => {
    const { folder: backup } = await make();
    const file = join(backup, 'manifest.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace(`"dataFormat": "${FORMAT}"`, '"dataFormat": "2"'));
    expect(await refused(backup)).toMatch(/data format 2/);
  });

  test('into a folder that holds something', async () => {
    const { folder: backup } = await make();
    await expect(restoreBackup({ backup, dataDirectory: data, newer: undefined, erase: undefined })).rejects.toThrow(
      /is not empty/,
    );
    expect(await readdir(data)).toContain('notes.txt');
  });
});

test('what the rail has paid since stays paid: its file is that of the newer state', async () => {
  const { folder: backup } = await make();
  await appendFile(join(data, 'outbox', 'payments.jsonl'), '{"key":"p-2"}\n');
  await restore(backup, data);
  expect(await readFile(join(folder, restored, 'outbox', 'payments.jsonl'), 'utf8')).toContain('p-2');
});
