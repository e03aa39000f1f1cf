import type { AccessEntry } from '@hems/shared/api/access';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import {
  ACCESS_KEPT_MS,
  accessPage,
  hashOfAccess,
  readAccesses,
  readAccessHead,
  type AccessHead,
  type StoredAccess,
} from '../stores/access-log.ts';
import { readProfile } from '../stores/households.ts';
import { readPartner } from '../stores/partners.ts';
import { recordAccess, type Access, type AccessDeps } from './record-access.ts';

const PAGE = 50;

export type AccessPage = {
  readonly entries: AccessEntry[];
  readonly partners: Record<string, string>;
  readonly cursor: string | null;
};
type Asked = { readonly householdId: string; readonly cursor?: string | undefined };

/** What the partners of a page are called, by their ids. The log holds ids only: a name is as it is today. */
const partnerNames = async (table: Table, entries: readonly AccessEntry[]): Promise<Record<string, string>> => {
  const ids = [...new Set(entries.flatMap(({ who }) => (who.kind === 'partner' ? [who.id] : [])))];
  const partners = await Promise.all(ids.map((id) => readPartner(table, id)));
  return Object.fromEntries(partners.flatMap((one) => (one ? [[one.partnerId, one.name]] : [])));
};

/** Newest first. */
export const readAccessLog = async (table: Table, { householdId, cursor }: Asked): Promise<AccessPage> => {
  const page = await accessPage(table, householdId, { cursor, limit: PAGE });
  const entries = page.entries.map(({ previous: _previous, ...entry }) => entry);
  return { ...page, entries, partners: await partnerNames(table, entries) };
};

const isOver = ({ atMs }: { readonly atMs: number }, nowMs: number): boolean => atMs + ACCESS_KEPT_MS <= nowMs;

/** The one before the oldest that is there: none, or one whose time is over. */
const beginsWhole = ({ seq, previous }: StoredAccess, nowMs: number): boolean =>
  previous === null ? seq === 1 : isOver(previous, nowMs);

const follows = (entry: StoredAccess, before: StoredAccess): boolean =>
  entry.seq === before.seq + 1 && entry.previous?.hash === before.hash;

/** An entry that is known from elsewhere: of an audit before, or from the archive of the bus. */
export type Witness = Pick<StoredAccess, 'seq' | 'hash'>;

export type Chain = {
  readonly householdId: string;
  readonly head: AccessHead;
  /** read after the head, oldest first: there may be newer ones than it */
  readonly entries: readonly StoredAccess[];
  readonly nowMs: number;
  readonly after?: Witness | undefined;
};

const isThere = (entries: readonly StoredAccess[], one: Witness | undefined): boolean =>
  entries.some(({ seq, hash }) => seq === one?.seq && hash === one.hash);

/**
 * No entry was changed, taken out or put in between, none is missing before its time is over, the last one is there, and so is `after`.
 * Without `after` whoever writes all of it anew is not found out.
 */
export const isWhole = ({ householdId, head: { last }, entries, nowMs, after }: Chain): boolean => {
  if (after && !isThere(entries, after)) return false;
  const [oldest] = entries;
  if (!oldest) return last === undefined || isOver(last, nowMs);
  return (
    beginsWhole(oldest, nowMs) &&
    entries.every((entry) => entry.hash === hashOfAccess(householdId, entry)) &&
    entries.slice(1).every((entry, i) => follows(entry, entries[i] ?? entry)) &&
    isThere(entries, last)
  );
};

/** A page of the log and whether all of it is whole. To audit is an access too, and stands in the log that is audited. */
export const auditAccess = async (
  deps: AccessDeps,
  { who, why, after, ...asked }: Asked & Pick<Access, 'who' | 'why'> & Pick<Chain, 'after'>,
): Promise<AccessPage & { isWhole: boolean }> => {
  const { table, clock } = deps;
  const { householdId } = asked;
  if (!(await readProfile(table, householdId)))
    throw new Refused('not-found', `there is no household ${householdId}; of one that was erased no log is kept`);
  await recordAccess(deps, { householdId, who, what: 'audit', why });
  const head = await readAccessHead(table, householdId);
  const entries = await readAccesses(table, householdId);
  const page = await readAccessLog(table, asked);
  return { ...page, isWhole: isWhole({ householdId, head, entries, nowMs: clock.now(), after }) };
};
