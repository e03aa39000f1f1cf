import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { repeatErasures } from '../../use-cases/erasure/repeat-erasures.ts';
import { systemClock } from '../clock.ts';
import { FORMAT, OURS, RESTORING as PART } from '../data-directory.ts';
import { StartRefused } from '../start-refused.ts';
import { faultsOf, readManifest, type Manifest } from './manifest.ts';
import { sinceBackup, type Counts, type Since } from './since-backup.ts';
import { takeEndings, type Endings } from './take-endings.ts';

const DATABASE = 'hems.sqlite';
/** Stands for the payment rail, which is no part of what is restored: what it has paid stays paid. */
const PAYMENTS = join('outbox', 'payments.jsonl');
const MOST_TOLD = 10;

export type RestoreOrder = {
  readonly backup: string;
  readonly dataDirectory: string;
  /** a later state, a backup or the data directory that was lost: says who was erased since */
  readonly newer: string | undefined;
  /** how many homes and accounts together may be erased, where that is more than a handful */
  readonly erase: number | undefined;
};
export type Restored = {
  readonly manifest: Manifest;
  /** ids of the erasures that begin again */
  readonly erasures: readonly string[];
  readonly endings: Endings;
  /** undefined: there was no newer state to look at */
  readonly counts: Counts | undefined;
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

/** Of a file system, not of anybody. */
const NOBODYS = 'lost+found';

/** Answers whether the folder is there already, as an empty mount point is. */
const checkTarget = async (folder: string): Promise<boolean> => {
  if (!existsSync(folder)) return false;
  const names = (await readdir(folder)).filter((name) => name !== NOBODYS);
  if (names.includes(PART))
    throw new StartRefused(
      `${join(folder, PART)} is there: a restore that was cut off left it. Empty ${folder} and restore again.`,
    );
  if (names.length > 0)
    throw new StartRefused(
      `${folder} is not empty, and nothing in it is touched. Choose a folder that is new or empty: --data DIR`,
    );
  return true;
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

type Changed = Pick<Restored, 'erasures' | 'endings'>;
const NOTHING: Changed = { erasures: [], endings: { members: 0, consents: 0, partners: 0 } };

/** The erasures first: they look for homes by the memberships. */
const carryOver = async (folder: string, { erased, endings }: Since): Promise<Changed> => {
  const database = openDatabase(join(folder, DATABASE));
  try {
    const table = sqliteTable({ database, clock: systemClock });
    const ids = { next: () => randomBytes(16).toString('base64url') };
    return {
      erasures: await repeatErasures({ table, clock: systemClock, ids }, erased),
      endings: await takeEndings({ table, clock: systemClock }, endings),
    };
  } finally {
    await database.close();
  }
};

const takePayments = async (newer: string, part: string): Promise<void> => {
  if (!existsSync(join(newer, PAYMENTS))) return;
  await mkdir(dirname(join(part, PAYMENTS)), { recursive: true, mode: 0o700 });
  await copyFile(join(newer, PAYMENTS), join(part, PAYMENTS));
  await chmod(join(part, PAYMENTS), 0o600);
};

/** The database last: no host takes what is there before it for a data directory, and none starts while `.part` is there. */
const moveUp = async (part: string, folder: string): Promise<void> => {
  const isDatabase = (name: string): number => Number(name.startsWith(DATABASE));
  for (const name of (await readdir(part)).toSorted((a, b) => isDatabase(a) - isDatabase(b)))
    await rename(join(part, name), join(folder, name));
  await rmdir(part);
};

const takeBack = async (folder: string, wasThere: boolean): Promise<void> => {
  if (!wasThere) return await rm(folder, { recursive: true, force: true });
  for (const name of [PART, ...OURS]) await rm(join(folder, name), { recursive: true, force: true });
};

/** All of a backup, or nothing. Whoever was erased after it is erased again: the host that opens the folder carries that out. */
export const restoreBackup = async (order: RestoreOrder): Promise<Restored> => {
  const { backup, dataDirectory, newer } = order;
  const manifest = await checkBackup(backup);
  const wasThere = await checkTarget(dataDirectory);
  const part = join(dataDirectory, PART);
  try {
    await mkdir(part, { recursive: true, mode: 0o700 });
    await copyAll(backup, part, manifest);
    const since = newer === undefined ? undefined : sinceBackup({ ...order, newer, part, manifest });
    const changed = since ? await carryOver(part, since) : NOTHING;
    if (newer !== undefined) await takePayments(newer, part);
    await moveUp(part, dataDirectory);
    return { manifest, counts: since?.counts, ...changed };
  } catch (error) {
    await takeBack(dataDirectory, wasThere);
    throw error;
  }
};
