import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartRefused } from './start-refused.ts';

/** Everything the host keeps below the folder. `--fresh` removes these and nothing else: the folder may hold other things. */
export const OURS = [
  'hems.sqlite',
  'hems.sqlite-wal',
  'hems.sqlite-shm',
  'ca',
  'idp',
  'demo',
  'gateways',
  'objects',
  'outbox',
  'format',
  'last-backup',
];

/** In a data directory that a restore has not finished. */
export const RESTORING = '.part';

/** Grows when what is kept cannot be read by the code before it, or the other way round. 2: households have a shard, days are daily items. 3: what
 * says which home it is, is sealed, and a residence is proved. 4: days have their hours, and what is foreseen rests on them. 5: messages that wait or were kept out say their correlation id. */
export const FORMAT = '5';

export type DataDirectory = {
  readonly path: string;
  readonly database: string;
  readonly authority: string;
  readonly identity: string;
  /** lets another host in */
  release(): void;
};

/** Makes the folder where it is missing, and keeps other hosts out of it. The lock ends with the process, however it ends. */
export const openDataDirectory = async (folder: string, fresh: boolean): Promise<DataDirectory> => {
  const path = resolve(folder);
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw new StartRefused(`${path} cannot be used as a folder (${String(error)}). Choose another: --data DIR`, {
      cause: error,
    });
  });
  if (existsSync(join(path, RESTORING)))
    throw new StartRefused(
      `${path} was not restored to its end (${RESTORING} is in it). Empty it and restore again, or choose another folder: --data DIR`,
    );
  const lock = new DatabaseSync(join(path, 'host.lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    throw new StartRefused(`Another local host is using ${path}. Stop it, or choose another folder: --data DIR`, {
      cause: error,
    });
  }
  if (fresh) await Promise.all(OURS.map(async (name) => await rm(join(path, name), { recursive: true, force: true })));
  await checkFormat(path).catch((error: unknown) => {
    lock.close();
    throw error;
  });
  return {
    path,
    database: join(path, 'hems.sqlite'),
    authority: join(path, 'ca'),
    identity: join(path, 'idp'),
    release: () => lock.close(),
  };
};

/** What the folder says of how it was written; undefined: it is no data directory. */
export const formatOf = async (path: string): Promise<string | undefined> => {
  if (!existsSync(join(path, 'hems.sqlite'))) return undefined;
  const file = join(path, 'format');
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : '1';
};

/** Whether a host has the folder now. */
export const isInUse = (path: string): boolean => {
  const file = join(path, 'host.lock');
  if (!existsSync(file)) return false;
  const lock = new DatabaseSync(file);
  try {
    lock.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch {
    return true;
  } finally {
    lock.close();
  }
};

/** Demo data are made again sooner than converted; what another version wrote is refused, not misread. */
const checkFormat = async (path: string): Promise<void> => {
  const file = join(path, 'format');
  const isNew = !existsSync(join(path, 'hems.sqlite'));
  if (isNew) return await writeFile(file, FORMAT);
  const found = await formatOf(path);
  if (found !== FORMAT)
    throw new StartRefused(
      `${path} was written by another version of HEMS (format ${found}, this one writes ${FORMAT}). Keep it and choose another folder: -- --data DIR; or, where nothing in it matters, begin again with -- --fresh`,
    );
};
