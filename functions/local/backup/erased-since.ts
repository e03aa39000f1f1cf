import type { DatabaseSync } from 'node:sqlite';

/** Who is in the restored state and no more in a newer one. Homes and accounts leave the tables by an erasure and by nothing else. */
export type ErasedSince = { readonly households: readonly string[]; readonly people: readonly string[] };

type States = { readonly older: DatabaseSync; readonly newer: DatabaseSync };
type Kind = { readonly table: string; readonly prefix: string; readonly sk: string };
const HOMES: Kind = { table: 'homes', prefix: 'H#', sk: 'PROFILE' };
const ACCOUNTS: Kind = { table: 'operations', prefix: 'ACCOUNT#', sk: 'ACCOUNT' };
/** of an erasure that is under way in the newer state */
const POINTERS = { households: { ...HOMES, sk: 'ERASURE' }, people: { table: 'people', prefix: 'U#', sk: 'ERASURE' } };

const idsIn = (database: DatabaseSync, { table, prefix, sk }: Kind): string[] =>
  database
    .prepare(`SELECT pk FROM ${table} WHERE sk = ? AND pk LIKE ? ORDER BY pk`)
    .all(sk, `${prefix}%`)
    .map(({ pk }) => String(pk).slice(prefix.length));

const gone = ({ older, newer }: States, kind: Kind, pointer: Kind): string[] => {
  const erasing = new Set(idsIn(newer, pointer));
  const staying = new Set(idsIn(newer, kind).filter((id) => !erasing.has(id)));
  return idsIn(older, kind).filter((id) => !staying.has(id));
};

export const erasedSince = (states: States): ErasedSince => ({
  households: gone(states, HOMES, POINTERS.households),
  people: gone(states, ACCOUNTS, POINTERS.people),
});
