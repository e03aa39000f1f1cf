import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BACKUPS_KEPT_DAYS } from '../backup/last-backup.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { restoreBackup, type Restored } from '../backup/restore-backup.ts';
import { NEWEST_KEPT } from '../backup/thin-backups.ts';
import { StartRefused } from '../start-refused.ts';
import { CommandRefused } from './sign-in.ts';

const BACKUP_USAGE = `hems backup --to FOLDER [--data DIR]
Copies a data directory (default .data) into a new folder below FOLDER/ID, ID being that of the data directory, also while a host runs on it: one moment of the database, then keys,
authority, sign-ins, files and outbox. The copy holds the keys, so it is as secret as the original: its folder opens for you alone.
Of its older backups one an hour is kept for a day and one a day for ${BACKUPS_KEPT_DAYS} days; the others are deleted, of those past their days one a call, and the
newest ${NEWEST_KEPT} never. Until then they hold rows of people who were erased since. Ends with 1 when something is not as it should be beside a backup
that is whole.`;
const RESTORE_USAGE = `hems restore BACKUP --data DIR [--newer FOLDER [--erase N]]
Brings a backup back into a new or empty folder, if it is whole and unaltered. FOLDER is a later backup or the data directory that is left
behind: homes and accounts that are missing there were erased after the backup was made and are erased again by the host that opens DIR;
members who have left, consents and partners are as FOLDER says. More than five erasures are named by --erase N, their exact number, which the
refusal tells. Without FOLDER nobody can know of them: no list of the erased is kept.`;

const BACKUP_OPTIONS = {
  to: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;
const RESTORE_OPTIONS = {
  data: { type: 'string' },
  newer: { type: 'string' },
  erase: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Of the system or of SQLite: a full disk, a folder that is a file, a right that is missing. */
const isOfSystem = (error: unknown): error is Error =>
  error instanceof Error && ('code' in error || isOfSystem(error.cause));

const told = async <T>(work: Promise<T>, outcome: string): Promise<T> =>
  await work.catch((error: unknown) => {
    if (error instanceof StartRefused) throw new CommandRefused(error.message, { cause: error });
    if (!isOfSystem(error)) throw error;
    throw new CommandRefused(
      `${outcome}: ${error.message}. Look at the folder and its disk (room, rights), or choose another.`,
      {
        cause: error,
      },
    );
  });

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** The command `hems backup`. */
export const runBackup = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: BACKUP_OPTIONS, allowPositionals: true });
  if (values.help || positionals.length > 0) {
    console.log(BACKUP_USAGE);
    return values.help ? 0 : 1;
  }
  if (values.to === undefined) throw new CommandRefused(`Say where to with --to FOLDER.\n${BACKUP_USAGE}`);
  const began = performance.now();
  const order = { dataDirectory: resolve(values.data ?? '.data'), to: resolve(values.to), nowMs: Date.now() };
  const { folder, manifest, removed, warnings } = await told(makeBackup(order), 'nothing was backed up');
  const bytes = manifest.files.reduce((sum, one) => sum + one.bytes, 0);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${folder}\n${manifest.files.length} files, ${megabytes(bytes)} MB, in ${seconds} s`);
  console.log('It holds keys: keep it as secret as the data directory itself.');
  for (const name of removed)
    console.log(`deleted ${name}: others stand for it, it is older than ${BACKUPS_KEPT_DAYS} days, or was cut off`);
  for (const warning of warnings) console.error(`the backup is whole, but ${warning}`);
  return warnings.length === 0 ? 0 : 1;
};

/** What no state says in a way that could be taken over, and who does it again. */
const BY_HAND = `What happened after the backup and has to be done again, where it did: gateways that were shut out (hems gateway), access keys of
gateways' partners that were ended (hems partner end-access-key) and OpenADR clients (hems openadr-client), sessions that people ended (they sign out once more,
or wait a day), payouts that were asked for (the payer's statement against hems' reconciliation says which were paid).`;

const linesOf = ({ manifest, counts, endings, erasures }: Restored, dataDirectory: string): string[] => {
  const made = new Date(manifest.madeMs).toISOString();
  if (!counts)
    return [
      `Erasures that were asked for after ${made} are not in it and could not be looked up without --newer. If a later backup or the lost folder
can still be read, delete ${dataDirectory} and restore again with --newer; else ask everybody who was erased since then, by your records of mails, to ask again.
The same holds of members who have left and of consents that were withdrawn (they do it again in the app), and of partners (hems partner suspend, revoke-key).`,
      BY_HAND,
    ];
  const { homes, accounts } = counts;
  return [
    `erased again: ${homes.erased} of ${homes.older} homes (${homes.newer} later), ${accounts.erased} of ${accounts.older} accounts (${accounts.newer} later)`,
    ...erasures.map((id) => `  erasure ${id} begins with the next start; hems scan-erasure ${id} follows it`),
    `taken from the later state: ${endings.members} memberships, ${endings.consents} consents, ${endings.partners} partners and keys of theirs`,
    BY_HAND,
  ];
};

const numberOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new CommandRefused('--erase takes a whole number.');
  return Number(text);
};

/** The command `hems restore`. */
export const runRestore = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: RESTORE_OPTIONS, allowPositionals: true });
  const [backup, ...more] = positionals;
  if (values.help || backup === undefined || more.length > 0) {
    console.log(RESTORE_USAGE);
    return values.help ? 0 : 1;
  }
  if (values.data === undefined) throw new CommandRefused(`Say where to with --data DIR.\n${RESTORE_USAGE}`);
  const order = {
    backup: resolve(backup),
    dataDirectory: resolve(values.data),
    newer: values.newer === undefined ? undefined : resolve(values.newer),
    erase: numberOf(values.erase),
  };
  const restored = await told(restoreBackup(order), 'nothing was restored');
  const made = new Date(restored.manifest.madeMs).toISOString();
  console.log(`${order.dataDirectory} is as it was at ${made}; open it with npm start -- --data ${values.data}`);
  for (const line of linesOf(restored, order.dataDirectory)) console.log(line);
  return 0;
};
