import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import * as z from 'zod';
import { DAY_MS, HOUR_MS, localDate } from '@hems/models/calendar/seoul';
import { formatOf, OURS } from '../data-directory.ts';
import { StartRefused } from '../start-refused.ts';
import { filesBelow, MANIFEST, readManifest, sha256Of, type Manifest } from './manifest.ts';

/** As long as tables in the cloud can be restored: what was erased is in no copy after this, and the receipt of an erasure says so. */
export const BACKUPS_KEPT_DAYS = 35;
const DATABASE = 'hems.sqlite';
/** Holds keys: for whoever made it alone. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** In the data directory: when it was last backed up, and where. */
const LAST_BACKUP = 'last-backup';
const lastBackup = z.object({ madeMs: z.int(), folder: z.string() });
export type LastBackup = z.infer<typeof lastBackup>;
export const readLastBackup = async (dataDirectory: string): Promise<LastBackup | undefined> => {
  const text = await readFile(join(dataDirectory, LAST_BACKUP), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : lastBackup.parse(JSON.parse(text));
};

/** For the receipt of an erasure: rows of whoever is erased now stay in the backups that were made of the folder. */
export const remainsBeside = async (dataDirectory: string, nowMs: number): Promise<string> => {
  const last = await readLastBackup(dataDirectory);
  return last && nowMs - last.madeMs <= BACKUPS_KEPT_DAYS * DAY_MS ? `backups=${BACKUPS_KEPT_DAYS}` : '';
};

export type MadeBackup = { readonly folder: string; readonly manifest: Manifest; readonly removed: readonly string[] };
export type BackupOrder = { readonly dataDirectory: string; readonly to: string; readonly nowMs: number };

const commitOf = async (): Promise<string | null> => {
  const said = await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: import.meta.dirname }).catch(
    () => undefined,
  );
  return said?.stdout.trim() ?? null;
};

/** When the newest live reading of a database was measured, ms. */
export const newestReadingMs = (database: DatabaseSync): number | null => {
  const row = database
    .prepare(`SELECT max(json_extract(data, '$.ts')) AS ms FROM energy WHERE sk >= 'LIVE#' AND sk < 'LIVE$'`)
    .get();
  return typeof row?.['ms'] === 'number' ? row['ms'] : null;
};

/**
 * One moment of the database, while a host writes on: a single read transaction, however long it takes. Rows that were deleted do not come
 * along, which they would in a copy of the pages.
 */
const copyDatabase = (from: string, to: string): number | null => {
  const database = new DatabaseSync(from, { timeout: 5000 });
  try {
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
  const copy = new DatabaseSync(to, { readOnly: true });
  try {
    return newestReadingMs(copy);
  } finally {
    copy.close();
  }
};

/** A file that its host has taken away meanwhile is none of the backup. */
const copyOne = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true, mode: FOLDER_MODE });
  try {
    await copyFile(from, to);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  await chmod(to, FILE_MODE);
};

/** What the files say may be ahead of the database and never behind it: a payment that the rail has recorded is not called again. */
const copyFiles = async (from: string, to: string): Promise<void> => {
  const names = OURS.filter((name) => !name.startsWith(DATABASE) && name !== LAST_BACKUP);
  for (const name of names) {
    const source = join(from, name);
    if (!existsSync(source)) continue;
    const files = (await stat(source)).isDirectory()
      ? (await filesBelow(source)).map((one) => join(name, one))
      : [name];
    for (const one of files) await copyOne(join(from, one), join(to, one));
  }
};

const writeManifest = async (folder: string, facts: Omit<Manifest, 'files' | 'kind'>): Promise<Manifest> => {
  const files = [];
  for (const path of await filesBelow(folder))
    files.push({ path, bytes: (await stat(join(folder, path))).size, sha256: await sha256Of(join(folder, path)) });
  const manifest: Manifest = { kind: 'hems-backup', ...facts, files };
  const draft = join(folder, `${MANIFEST}.part`);
  await writeFile(draft, `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: FILE_MODE });
  const handle = await open(draft);
  await handle.sync();
  await handle.close();
  await rename(draft, join(folder, MANIFEST));
  return manifest;
};

/** Of the last hour every backup, of the last day one an hour, before that one a day: backups of one slot make room for its last. */
const slotOf = (madeMs: number, nowMs: number): string => {
  if (nowMs - madeMs <= HOUR_MS) return String(madeMs);
  return nowMs - madeMs <= DAY_MS ? `hour ${Math.floor(madeMs / HOUR_MS)}` : localDate(madeMs);
};

/** Only what a manifest of ours says is old goes; whatever else lies there is somebody else's. */
const removeOld = async (to: string, nowMs: number): Promise<string[]> => {
  const found = await Promise.all(
    (await readdir(to)).map(async (name) => ({ name, made: await readManifest(join(to, name)) })),
  );
  const backups = found.flatMap(({ name, made }) => (made ? [{ name, madeMs: made.madeMs }] : []));
  const slots = new Set<string>();
  const removed: string[] = [];
  for (const { name, madeMs } of backups.toSorted((a, b) => b.madeMs - a.madeMs)) {
    const slot = slotOf(madeMs, nowMs);
    if (nowMs - madeMs > BACKUPS_KEPT_DAYS * DAY_MS || slots.has(slot)) {
      await rm(join(to, name), { recursive: true });
      removed.push(name);
    }
    slots.add(slot);
  }
  return removed;
};

const nameOf = (ms: number): string => new Date(ms).toISOString().replaceAll(':', '-').replace('.', '-');

/** Copies a data directory into a new folder below `to`, also while a host runs on it, and takes out backups that are too old. */
export const makeBackup = async ({ dataDirectory, to, nowMs }: BackupOrder): Promise<MadeBackup> => {
  const dataFormat = await formatOf(dataDirectory);
  if (dataFormat === undefined)
    throw new StartRefused(`${dataDirectory} holds no hems.sqlite; name the host's folder by --data DIR.`);
  await mkdir(to, { recursive: true, mode: FOLDER_MODE });
  const folder = join(to, nameOf(nowMs));
  await mkdir(folder, { mode: FOLDER_MODE });
  try {
    const newest = copyDatabase(join(dataDirectory, DATABASE), join(folder, DATABASE));
    await chmod(join(folder, DATABASE), FILE_MODE);
    await copyFiles(dataDirectory, folder);
    const manifest = await writeManifest(folder, {
      madeMs: nowMs,
      dataFormat,
      commit: await commitOf(),
      newestReadingMs: newest,
    });
    await writeFile(join(dataDirectory, LAST_BACKUP), JSON.stringify({ madeMs: nowMs, folder }));
    return { folder, manifest, removed: await removeOld(to, nowMs) };
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }
};
