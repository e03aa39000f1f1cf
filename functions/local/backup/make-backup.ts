import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { formatOf, OURS } from '../data-directory.ts';
import { StartRefused } from '../start-refused.ts';
import { LAST_BACKUP, writeLastBackup } from './last-backup.ts';
import { markBackup, type Lineage } from './lineage.ts';
import { filesBelow, MANIFEST, sha256Of, type Manifest } from './manifest.ts';
import { PART, thinBackups, type Thinned } from './thin-backups.ts';

const DATABASE = 'hems.sqlite';
/** Holds keys: for whoever made it alone. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** `warnings`: the backup is whole, something after it is not as it should be. */
export type MadeBackup = Thinned & { readonly folder: string; readonly manifest: Manifest };
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

const nameOf = (ms: number): string => new Date(ms).toISOString().replaceAll(':', '-').replace('.', '-');

/** Of a folder that may not be there yet. */
const realOf = async (path: string): Promise<string> =>
  existsSync(path) ? await realpath(path) : join(await realOf(dirname(path)), basename(path));

const checkPlaces = async ({ dataDirectory, to }: BackupOrder): Promise<string> => {
  const dataFormat = await formatOf(dataDirectory);
  if (dataFormat === undefined)
    throw new StartRefused(`${dataDirectory} holds no hems.sqlite; name the host's folder by --data DIR.`);
  const way = relative(await realOf(dataDirectory), await realOf(to));
  if (way === '' || !(way.startsWith('..') || isAbsolute(way)))
    throw new StartRefused(
      `${to} lies in the data directory, and would be lost with it. Choose a folder elsewhere, on another disk: --to FOLDER`,
    );
  return dataFormat;
};

type Making = { readonly part: string; readonly dataFormat: string; readonly lineage: Lineage };

const copyInto = async (
  { part, dataFormat, lineage }: Making,
  { dataDirectory, nowMs }: BackupOrder,
): Promise<Manifest> => {
  await mkdir(part, { mode: FOLDER_MODE });
  const newest = copyDatabase(join(dataDirectory, DATABASE), join(part, DATABASE));
  await chmod(join(part, DATABASE), FILE_MODE);
  await copyFiles(dataDirectory, part);
  return await writeManifest(part, {
    ...lineage,
    madeMs: nowMs,
    dataFormat,
    commit: await commitOf(),
    newestReadingMs: newest,
  });
};

/** The backup is whole: whatever fails from here on is told and costs no backup. */
const tidyUp = async (own: string, folder: string, { dataDirectory, nowMs }: BackupOrder): Promise<Thinned> => {
  const noted = await writeLastBackup(dataDirectory, { madeMs: nowMs, folder }).then(
    () => [],
    (error: unknown) => [`${dataDirectory} could not be told of it (hems doctor will not know): ${String(error)}`],
  );
  const thinned = await thinBackups(own, nowMs).catch((error: unknown) => ({
    removed: [],
    warnings: [`older backups in ${own} could not be looked at: ${String(error)}`],
  }));
  return { removed: thinned.removed, warnings: [...noted, ...thinned.warnings] };
};

/**
 * Copies a data directory into a new folder below `to`, also while a host runs on it, and takes out backups that are too old. Each data
 * directory has a folder of its own there, so that hosts may share one `to`.
 */
export const makeBackup = async (order: BackupOrder): Promise<MadeBackup> => {
  const dataFormat = await checkPlaces(order);
  const lineage = markBackup(join(order.dataDirectory, DATABASE));
  const own = join(order.to, lineage.directory);
  await mkdir(own, { recursive: true, mode: FOLDER_MODE });
  const folder = join(own, nameOf(order.nowMs));
  const part = `${folder}${PART}`;
  try {
    const manifest = await copyInto({ part, dataFormat, lineage }, order);
    await rename(part, folder);
    return { folder, manifest, ...(await tidyUp(own, folder, order)) };
  } catch (error) {
    // a piece that stays is deleted by a later backup
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
};
