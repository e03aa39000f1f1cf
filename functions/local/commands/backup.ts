import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BACKUPS_KEPT_DAYS, makeBackup } from '../backup/make-backup.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { StartRefused } from '../start-refused.ts';
import { CommandRefused } from './sign-in.ts';

const BACKUP_USAGE = `hems backup --to FOLDER [--data DIR]
Copies a data directory (default .data) into a new folder below FOLDER, also while a host runs on it: one moment of the database, then keys,
authority, sign-ins, files and outbox. The copy holds the keys, so it is as secret as the original: its folder opens for you alone.
Of older backups below FOLDER one an hour is kept for a day and one a day for ${BACKUPS_KEPT_DAYS} days; the others are deleted. Until then they hold rows
of people who were erased since.`;
const RESTORE_USAGE = `hems restore BACKUP --data DIR [--newer FOLDER]
Brings a backup back into a new or empty folder, if it is whole and unaltered. FOLDER is a later backup or the data directory that is left
behind: homes and accounts that are missing there were erased after the backup was made and are erased again by the host that opens DIR.
Without it nobody can know of them: no list of the erased is kept.`;

const OPTIONS = {
  to: { type: 'string' },
  data: { type: 'string' },
  newer: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;
const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });

const told = async <T>(work: Promise<T>): Promise<T> =>
  await work.catch((error: unknown) => {
    throw error instanceof StartRefused ? new CommandRefused(error.message, { cause: error }) : error;
  });

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** The command `hems backup`. */
export const runBackup = async (args: string[]): Promise<number> => {
  const { values, positionals } = parse(args);
  if (values.help || positionals.length > 0 || values.newer !== undefined) {
    console.log(BACKUP_USAGE);
    return values.help ? 0 : 1;
  }
  if (values.to === undefined) throw new CommandRefused(`Say where to with --to FOLDER.\n${BACKUP_USAGE}`);
  const began = performance.now();
  const order = { dataDirectory: resolve(values.data ?? '.data'), to: resolve(values.to), nowMs: Date.now() };
  const { folder, manifest, removed } = await told(makeBackup(order));
  const bytes = manifest.files.reduce((sum, one) => sum + one.bytes, 0);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${folder}\n${manifest.files.length} files, ${megabytes(bytes)} MB, in ${seconds} s`);
  console.log('It holds keys: keep it as secret as the data directory itself.');
  for (const name of removed)
    console.log(`deleted ${name}, which others stand for or which is older than ${BACKUPS_KEPT_DAYS} days`);
  return 0;
};

/** The command `hems restore`. */
export const runRestore = async (args: string[]): Promise<number> => {
  const { values, positionals } = parse(args);
  const [backup, ...more] = positionals;
  if (values.help || backup === undefined || more.length > 0) {
    console.log(RESTORE_USAGE);
    return values.help ? 0 : 1;
  }
  if (values.data === undefined) throw new CommandRefused(`Say where to with --data DIR.\n${RESTORE_USAGE}`);
  const newer = values.newer === undefined ? undefined : resolve(values.newer);
  const order = { backup: resolve(backup), dataDirectory: resolve(values.data), newer };
  const { manifest, erasures, erased } = await told(restoreBackup(order));
  const made = new Date(manifest.madeMs).toISOString();
  console.log(`${order.dataDirectory} is as it was at ${made}; open it with npm start -- --data ${values.data}`);
  if (newer === undefined)
    console.log(
      `Erasures that were asked for after ${made} are not in it and could not be looked up without --newer. If a later backup or the lost folder
can still be read, delete ${order.dataDirectory} and restore again with --newer; else ask everybody who was erased since then, by your records of mails, to ask again.`,
    );
  else console.log(`erased again: ${erased.households.length} homes, ${erased.people.length} accounts`);
  for (const erasureId of erasures)
    console.log(`  erasure ${erasureId} begins with the next start; hems scan-erasure ${erasureId} follows it`);
  return 0;
};
