import * as z from 'zod';
import { accessEntry, type AccessEntry } from '@hems/shared/api/access';
import type { Item, Key, Table, Write } from '../../ports/table.ts';
import { canonicalHash } from '../canonical-hash.ts';

/**
 * Who is not of a household and read or changed something of it: `H#<household>` / `ACCESS#<seq>` of table `homes`, each entry with the
 * hash of the one before, and `ACCESS` with the last one. Writers take turns by the version of `ACCESS`, which stays when the entries have
 * gone by time: the numbers go on, so a log never begins anew.
 */
const KEPT_DAYS = 731;
export const ACCESS_KEPT_MS = KEPT_DAYS * 86_400_000;

const stored = z.object({
  ...accessEntry.shape,
  /** of the entry before; null: there is none */
  previous: z.nullable(z.object({ hash: z.string(), atMs: z.int() })),
});
export type StoredAccess = z.infer<typeof stored>;
const last = z.object({ seq: z.int(), hash: z.string(), atMs: z.int() });
/** The last entry as it was read; version 0: there is none. */
export type AccessHead = { readonly last: z.infer<typeof last> | undefined; readonly version: number };

const PREFIX = 'ACCESS#';
const SEQ_DIGITS = 10;
const home = (householdId: string, sk: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk });
const entryKey = (householdId: string, seq: number): Key =>
  home(householdId, `${PREFIX}${String(seq).padStart(SEQ_DIGITS, '0')}`);
const headKey = (householdId: string): Key => home(householdId, 'ACCESS');
const parse = ({ data }: Item): StoredAccess => stored.parse(data);

export const readAccessHead = async (table: Table, householdId: string): Promise<AccessHead> => {
  const item = await table.get(headKey(householdId));
  return item ? { last: last.parse(item.data), version: item.version } : { last: undefined, version: 0 };
};

/** What an entry's hash is of: the entry, the one before, and whose log it stands in. */
export const hashOfAccess = (householdId: string, { hash: _hash, ...entry }: StoredAccess): string =>
  canonicalHash({ householdId, ...entry });

/** The entry after the head. Time does not run backwards in a log: a clock that is behind takes the time of the entry before. */
export const nextAccess = (
  householdId: string,
  { last: before }: AccessHead,
  { nowMs, ...said }: Pick<AccessEntry, 'who' | 'what' | 'why'> & { readonly nowMs: number },
): StoredAccess => {
  const entry = {
    ...said,
    seq: (before?.seq ?? 0) + 1,
    atMs: Math.max(nowMs, before?.atMs ?? 0),
    previous: before ? { hash: before.hash, atMs: before.atMs } : null,
    hash: '',
  };
  return { ...entry, hash: hashOfAccess(householdId, entry) };
};

export const accessWrites = (householdId: string, { version }: AccessHead, entry: StoredAccess): Write[] => {
  const { seq, hash, atMs } = entry;
  const expiresAt = Math.ceil((atMs + ACCESS_KEPT_MS) / 1000);
  return [
    {
      put: {
        ...headKey(householdId),
        data: { seq, hash, atMs },
        if: version === 0 ? { absent: true } : { version },
      },
    },
    { put: { ...entryKey(householdId, seq), data: entry, expiresAt, if: { absent: true } } },
  ];
};

type AccessPage = { readonly entries: StoredAccess[]; readonly cursor: string | null };

/** Newest first. */
export const accessPage = async (
  table: Table,
  householdId: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<AccessPage> => {
  const page = await table.query({
    table: 'homes',
    value: `H#${householdId}`,
    prefix: PREFIX,
    descending: true,
    limit,
    ...(cursor !== undefined && { cursor }),
  });
  return { entries: page.items.map(parse), cursor: page.cursor ?? null };
};

/** All that are kept, oldest first. */
export const readAccesses = async (table: Table, householdId: string): Promise<StoredAccess[]> => {
  const { items } = await table.query({ table: 'homes', value: `H#${householdId}`, prefix: PREFIX });
  return items.map(parse);
};
