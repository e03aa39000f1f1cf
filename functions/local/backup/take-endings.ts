import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Clock } from '../../ports/clock.ts';
import type { Table, TableName } from '../../ports/table.ts';
import { formerPut } from '../../use-cases/stores/former-members.ts';
import { memberEnd, parseMember } from '../../use-cases/stores/households.ts';
import type { States } from './erased-since.ts';

/** Rows that were changed, by what they say. */
export type Endings = { readonly members: number; readonly consents: number; readonly partners: number };

type Kind = { readonly of: keyof Endings; readonly table: TableName; readonly pk: string; readonly sk: string };
/** Who may see what. A key of a partner is never deleted, it is revoked. */
const KINDS: readonly Kind[] = [
  { of: 'members', table: 'homes', pk: 'H#', sk: 'MEMBER#' },
  { of: 'consents', table: 'homes', pk: 'H#', sk: 'CONSENT#' },
  { of: 'partners', table: 'operations', pk: 'PARTNER#', sk: 'PROFILE' },
  { of: 'partners', table: 'operations', pk: 'PARTNER#', sk: 'KEY#' },
];

type Row = {
  readonly pk: string;
  readonly sk: string;
  readonly data: string;
  readonly i1: string | undefined;
  readonly i2: string | undefined;
};
const text = (value: SQLOutputValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

const rowsOf = (database: DatabaseSync, { table, pk, sk }: Kind, nowMs: number): Map<string, Row> =>
  new Map(
    database
      .prepare(
        `SELECT pk, sk, data, i1, i2 FROM ${table} WHERE pk LIKE ? AND sk LIKE ? AND (expires_at IS NULL OR expires_at > ?)`,
      )
      .all(`${pk}%`, `${sk}%`, nowMs / 1000)
      .map((row) => [
        `${String(row['pk'])} ${String(row['sk'])}`,
        {
          pk: String(row['pk']),
          sk: String(row['sk']),
          data: String(row['data']),
          i1: text(row['i1']),
          i2: text(row['i2']),
        },
      ]),
  );

/** What a row of the older state became in the newer one; `row` undefined: it is gone there. */
export type Ending = { readonly kind: Kind; readonly before: Row; readonly row: Row | undefined };

/** Of memberships, consents and partners that the older state knows, those that the newer one has otherwise. `erased`: homes that are none of this. */
export const endingsSince = ({ older, newer }: States, erased: ReadonlySet<string>, nowMs: number): Ending[] =>
  KINDS.flatMap((kind) => {
    const later = rowsOf(newer, kind, nowMs);
    return [...rowsOf(older, kind, nowMs)].flatMap(([id, before]) => {
      const row = later.get(id);
      const isSame = row?.data === before.data;
      return isSame || (kind.pk === 'H#' && erased.has(before.pk.slice(2))) ? [] : [{ kind, before, row }];
    });
  });

type Deps = { readonly table: Table; readonly clock: Clock };

const takeOne = async ({ table, clock }: Deps, { kind, before, row }: Ending): Promise<void> => {
  const key = { table: kind.table, pk: before.pk, sk: before.sk };
  if (row) {
    const { data, i1, i2 } = row;
    return await table.put({
      ...key,
      data: JSON.parse(data),
      ...(i1 !== undefined && { i1 }),
      ...(i2 !== undefined && { i2 }),
    });
  }
  if (kind.of !== 'members') return await table.delete(key);
  const member = parseMember({ ...key, version: 0, data: JSON.parse(before.data) });
  await table.transact([{ put: memberEnd(member, clock.now()) }, { put: formerPut(member.householdId, member.sub) }]);
};

/** Takes the newer state's word on who may see what. */
export const takeEndings = async (deps: Deps, endings: readonly Ending[]): Promise<Endings> => {
  const taken = { members: 0, consents: 0, partners: 0 };
  for (const ending of endings) {
    await takeOne(deps, ending);
    taken[ending.kind.of] += 1;
  }
  return taken;
};
