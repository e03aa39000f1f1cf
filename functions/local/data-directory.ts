import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartRefused } from './start-refused.ts';

/** Everything the host keeps below the folder. `--fresh` removes these and nothing else: the folder may hold other things. */
const OURS = [
  'hems.sqlite',
  'hems.sqlite-wal',
  'hems.sqlite-shm',
  'ca',
  'idp',
  'demo',
  'gateways',
  'objects',
  'outbox',
];

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
  const lock = new DatabaseSync(join(path, 'host.lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    throw new StartRefused(`Another local host is using ${path}. Stop it, or choose another folder: --data DIR`, {
      cause: error,
    });
  }
  if (fresh) await Promise.all(OURS.map(async (name) => await rm(join(path, name), { recursive: true, force: true })));
  return {
    path,
    database: join(path, 'hems.sqlite'),
    authority: join(path, 'ca'),
    identity: join(path, 'idp'),
    release: () => lock.close(),
  };
};
