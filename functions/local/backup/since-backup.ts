import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../clock.ts';
import { StartRefused } from '../start-refused.ts';
import { accountsIn, erasedSince, homesIn, type ErasedSince } from './erased-since.ts';
import { cameAfter } from './lineage.ts';
import type { Manifest } from './manifest.ts';
import { endingsSince, type Ending } from './take-endings.ts';

const DATABASE = 'hems.sqlite';
/** Homes and accounts together that are erased again without the number being named. */
const HANDFUL = 5;

type Count = { readonly older: number; readonly newer: number; readonly erased: number };
export type Counts = { readonly homes: Count; readonly accounts: Count };
export type Since = { readonly erased: ErasedSince; readonly endings: readonly Ending[]; readonly counts: Counts };
type Asked = {
  readonly newer: string;
  /** what was copied out of the backup */
  readonly part: string;
  readonly manifest: Manifest;
  readonly erase: number | undefined;
};

const WHAT_IT_IS = '--newer is the data directory that the backup was made of, or a later backup of it.';

const checkNewer = (database: DatabaseSync, { newer, manifest }: Asked): void => {
  const said = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
  if (said !== 'ok')
    throw new StartRefused(
      `${newer} is damaged (${String(said)}): homes that cannot be read would count as erased. Name a later backup by --newer.`,
    );
  if (!cameAfter(database, manifest))
    throw new StartRefused(
      `${newer} is not a later state of what was backed up: another data directory, or older than the backup. ${WHAT_IT_IS}`,
    );
};

const countsOf = (older: DatabaseSync, newer: DatabaseSync, erased: ErasedSince): Counts => ({
  homes: { older: homesIn(older).length, newer: homesIn(newer).length, erased: erased.households.length },
  accounts: { older: accountsIn(older).length, newer: accountsIn(newer).length, erased: erased.people.length },
});

const checkCount = ({ newer, erase }: Asked, { homes, accounts }: Counts): void => {
  const all = homes.erased + accounts.erased;
  if (erase === all || (erase === undefined && all <= HANDFUL)) return;
  throw new StartRefused(
    `By ${newer}, ${homes.erased} of ${homes.older} homes and ${accounts.erased} of ${accounts.older} accounts were erased after the backup (it has ${homes.newer} and ${accounts.newer}), and nothing was restored. If that is so, say it: --erase ${all}`,
  );
};

const compare = (older: DatabaseSync, newer: DatabaseSync, asked: Asked): Since => {
  checkNewer(newer, asked);
  const erased = erasedSince({ older, newer });
  const counts = countsOf(older, newer, erased);
  checkCount(asked, counts);
  const gone = new Set(erased.households.map(({ id }) => id));
  return { erased, counts, endings: endingsSince({ older, newer }, gone, systemClock.now()) };
};

/** What a later state says of who was erased after the backup, and of who may not see any more what they could see then. */
export const sinceBackup = (asked: Asked): Since => {
  const file = join(asked.newer, DATABASE);
  if (!existsSync(file)) throw new StartRefused(`${asked.newer} holds no ${DATABASE}; ${WHAT_IT_IS}`);
  const opened: DatabaseSync[] = [];
  const open = (one: string): DatabaseSync => {
    const database = new DatabaseSync(one, { readOnly: true, timeout: 5000 });
    opened.push(database);
    return database;
  };
  try {
    return compare(open(join(asked.part, DATABASE)), open(file), asked);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(`${file} cannot be read (${String(error)}). ${WHAT_IT_IS}`, { cause: error });
  } finally {
    for (const database of opened) database.close();
  }
};
