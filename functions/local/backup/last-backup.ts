import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { DAY_MS } from '@hems/models/calendar/seoul';
import { writeWhole } from '../whole-file.ts';

/** As long as tables in the cloud can be restored: what was erased is in no copy after this, and the receipt of an erasure says so. */
export const BACKUPS_KEPT_DAYS = 35;

/** In the data directory: when it was last backed up, and where. */
export const LAST_BACKUP = 'last-backup';
const lastBackup = z.object({ madeMs: z.int(), folder: z.string() });
export type LastBackup = z.infer<typeof lastBackup>;

export const writeLastBackup = async (dataDirectory: string, last: LastBackup): Promise<void> =>
  await writeWhole(join(dataDirectory, LAST_BACKUP), JSON.stringify(last));

/** `unreadable`: one was made, and nobody knows when. undefined: none was made. */
export const readLastBackup = async (dataDirectory: string): Promise<LastBackup | 'unreadable' | undefined> => {
  const file = join(dataDirectory, LAST_BACKUP);
  if (!existsSync(file)) return undefined;
  try {
    return lastBackup.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return 'unreadable';
  }
};

/** For the receipt of an erasure: rows of whoever is erased now stay in the backups that were made of the folder. */
export const remainsBeside = async (dataDirectory: string, nowMs: number): Promise<string> => {
  const last = await readLastBackup(dataDirectory);
  if (last === undefined) return '';
  return last === 'unreadable' || nowMs - last.madeMs <= BACKUPS_KEPT_DAYS * DAY_MS
    ? `backups=${BACKUPS_KEPT_DAYS}`
    : '';
};
