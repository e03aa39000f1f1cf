import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { repeatErasures } from '../../use-cases/erasure/repeat-erasures.ts';
import { systemClock } from '../clock.ts';
import { FORMAT } from '../data-directory.ts';
import { StartRefused } from '../start-refused.ts';
import { erasedSince, type ErasedSince } from './erased-since.ts';
import { faultsOf, readManifest, type Manifest } from './manifest.ts';

const DATABASE = 'hems.sqlite';
/** Stands for the payment rail, which is no part of what is restored: what it has paid stays paid. */
const PAYMENTS = join('outbox', 'payments.jsonl');
const MOST_TOLD = 10;

export type RestoreOrder = {
  readonly backup: string;
  readonly dataDirectory: string;
  /** a later state, a backup or the data directory that was lost: says who was erased since */
  readonly newer: string | undefined;
};
export type Restored = {
  readonly manifest: Manifest;
  readonly erasures: readonly string[];
  readonly erased: ErasedSince;
};

const checkBackup = async (folder: string): Promise<Manifest> => {
  const manifest = await readManifest(folder);
  if (!manifest)
    throw new StartRefused(
      `${folder} is no whole backup: its manifest.json is missing or not ours. Choose a folder that hems backup has finished.`,
    );
  if (manifest.dataFormat !== FORMAT)
    throw new StartRefused(
      `${folder} is of data format ${manifest.dataFormat}, this code reads ${FORMAT}. Restore it with the commit that made it${manifest.commit === null ? '' : `, ${manifest.commit}`}.`,
    );
  const faults = await faultsOf(folder, manifest);
  if (faults.length > 0)
    throw new StartRefused(
      `${folder} was altered or damaged, and nothing was restored:\n${faults
        .slice(0, MOST_TOLD)
        .map((fault) => `  ${fault}`)
        .join('\n')}\nChoose another backup.`,
    );
  return manifest;
};

const checkTarget = async (folder: string): Promise<void> => {
  if (existsSync(folder) && (await readdir(folder)).length > 0)
    throw new StartRefused(
      `${folder} is not empty, and nothing in it is touched. Choose a folder that is new or empty: --data DIR`,
    );
};

const copyAll = async (from: string, to: string, { files }: Manifest): Promise<void> => {
  for (const { path } of files) {
    await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 });
    await copyFile(join(from, path), join(to, path));
    await chmod(join(to, path), 0o600);
  }
  const database = new DatabaseSync(join(to, DATABASE));
  try {
    const said = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
    if (said !== 'ok')
      throw new StartRefused(`the database of the backup is damaged: ${String(said)}. Choose another backup.`);
  } finally {
    database.close();
  }
};

const whoWasErased = (folder: string, newer: string): ErasedSince => {
  const file = join(newer, DATABASE);
  if (!existsSync(file))
    throw new StartRefused(`${newer} holds no ${DATABASE}; --newer is a data directory or a later backup.`);
  const open = (one: string): DatabaseSync => new DatabaseSync(join(one, DATABASE), { readOnly: true });
  const [older, later] = [open(folder), open(newer)] as const;
  try {
    return erasedSince({ older, newer: later });
  } finally {
    older.close();
    later.close();
  }
};

const eraseAgain = async (folder: string, erased: ErasedSince): Promise<string[]> => {
  const database = openDatabase(join(folder, DATABASE));
  try {
    const table = sqliteTable({ database, clock: systemClock });
    const ids = { next: () => randomBytes(16).toString('base64url') };
    return await repeatErasures({ table, clock: systemClock, ids }, erased);
  } finally {
    await database.close();
  }
};

/** All of a backup, or nothing. Whoever was erased after it is erased again: the host that opens the folder carries that out. */
export const restoreBackup = async ({ backup, dataDirectory, newer }: RestoreOrder): Promise<Restored> => {
  const manifest = await checkBackup(backup);
  await checkTarget(dataDirectory);
  const part = `${dataDirectory}.part`;
  if (existsSync(part))
    throw new StartRefused(`${part} is there: a restore that was cut off left it. Delete it and restore again.`);
  await mkdir(part, { recursive: true, mode: 0o700 });
  try {
    await copyAll(backup, part, manifest);
    const erased = newer === undefined ? { households: [], people: [] } : whoWasErased(part, newer);
    const erasures = await eraseAgain(part, erased);
    if (newer !== undefined && existsSync(join(newer, PAYMENTS)))
      await copyFile(join(newer, PAYMENTS), join(part, PAYMENTS));
    await rm(dataDirectory, { recursive: true, force: true });
    await rename(part, dataDirectory);
    return { manifest, erasures, erased };
  } catch (error) {
    await rm(part, { recursive: true });
    throw error;
  }
};
