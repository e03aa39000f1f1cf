import type { DatabaseSync } from 'node:sqlite';
import type { Gone, Terms } from '../../use-cases/erasure/repeat-erasures.ts';
import { parsePointer, parseScope } from '../../use-cases/stores/erasures.ts';

/** Who is in the restored state and no more in a newer one. Homes and accounts leave the tables by an erasure and by nothing else. */
export type ErasedSince = { readonly households: readonly Gone[]; readonly people: readonly Gone[] };

export type States = { readonly older: DatabaseSync; readonly newer: DatabaseSync };
type Kind = { readonly table: string; readonly prefix: string; readonly sk: string };
const HOMES: Kind = { table: 'homes', prefix: 'H#', sk: 'PROFILE' };
const ACCOUNTS: Kind = { table: 'operations', prefix: 'ACCOUNT#', sk: 'ACCOUNT' };
/** of an erasure that is under way in the newer state */
const POINTERS = { households: { ...HOMES, sk: 'ERASURE' }, people: { table: 'people', prefix: 'U#', sk: 'ERASURE' } };

const rowsIn = (database: DatabaseSync, { table, prefix, sk }: Kind): { id: string; data: unknown }[] =>
  database
    .prepare(`SELECT pk, data FROM ${table} WHERE sk = ? AND pk LIKE ? ORDER BY pk`)
    .all(sk, `${prefix}%`)
    .map((row) => {
      const data: unknown = JSON.parse(String(row['data']));
      return { id: String(row['pk']).slice(prefix.length), data };
    });
export const homesIn = (database: DatabaseSync): string[] => rowsIn(database, HOMES).map(({ id }) => id);
export const accountsIn = (database: DatabaseSync): string[] => rowsIn(database, ACCOUNTS).map(({ id }) => id);

/** null: it has let go of its scope, which is the last thing that it does. */
const termsOf = (newer: DatabaseSync, pointer: unknown): Terms | null => {
  const { erasureId } = parsePointer(pointer);
  const row = newer.prepare(`SELECT data FROM operations WHERE pk = ? AND sk = 'SCOPE'`).get(`ERASURE#${erasureId}`);
  if (!row) return null;
  const { forfeit, askedBy } = parseScope(JSON.parse(String(row['data'])));
  return { forfeit, askedBy };
};

const gone = ({ older, newer }: States, kind: Kind, pointer: Kind): Gone[] => {
  const erasing = new Map(rowsIn(newer, pointer).map(({ id, data }) => [id, termsOf(newer, data)]));
  const staying = new Set(rowsIn(newer, kind).flatMap(({ id }) => (erasing.has(id) ? [] : [id])));
  return rowsIn(older, kind)
    .filter(({ id }) => !staying.has(id))
    .map(({ id }) => ({ id, underWay: erasing.get(id) ?? null }));
};

export const erasedSince = (states: States): ErasedSince => ({
  households: gone(states, HOMES, POINTERS.households),
  people: gone(states, ACCOUNTS, POINTERS.people),
});
