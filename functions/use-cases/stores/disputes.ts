import * as z from 'zod';
import { DISPUTE_OUTCOMES } from '@hems/models/partner/dispute';
import { disputeReason } from '@hems/shared/api/disputes';
import { sealed } from '../seal.ts';
import type { Item, Key, Put, Query, Table } from '../../ports/table.ts';

/**
 * Disputes about entries of the ledger: `H#<household>` / `DISPUTE#<programme>#<period>#<revision>` of table `ledger`, one an entry at a time; the entry itself
 * knows nothing of it. Index `i1` lists those of a programme, `i2` those that wait for the operator: for an answer, or for the correction that was
 * promised.
 */
/** Words are sealed with the household's key, as field `dispute`: they may name somebody. */
const said = z.object({ text: sealed, atMs: z.int() });
const answered = z.object({
  reasonCode: disputeReason,
  opened: z.object({ ...said.shape, by: z.object({ kind: z.enum(['resident', 'partner']), id: z.string() }) }),
  answer: z.object({ ...said.shape, outcome: z.enum(DISPUTE_OUTCOMES), by: z.string() }),
});
export type Answered = z.infer<typeof answered>;
const stored = z.object({
  ...answered.shape,
  programme: z.string(),
  period: z.string(),
  revision: z.int(),
  answer: answered.shape.answer.nullable(),
  closedMs: z.int().nullable(),
  /** those of others about the entry that were answered and are over */
  earlier: z.array(answered).optional(),
});
export type StoredDispute = z.infer<typeof stored>;
export type KeptDispute = { readonly dispute: StoredDispute; readonly householdId: string; readonly version: number };

export type DisputeRef = {
  readonly householdId: string;
  readonly programme: string;
  readonly period: string;
  readonly revision: number;
};
const PREFIX = 'DISPUTE#';
const REVISION_DIGITS = 4;
const keyOf = ({ householdId, programme, period, revision }: DisputeRef): Key => ({
  table: 'ledger',
  pk: `H#${householdId}`,
  sk: `${PREFIX}${programme}#${period}#${String(revision).padStart(REVISION_DIGITS, '0')}`,
});
const listOf = (of: string): string => `DISPUTES#${of}`;

export type Waiting = 'answer' | 'correction';
const waitingOf = ({ answer, closedMs }: StoredDispute): Waiting | undefined => {
  if (closedMs !== null) return undefined;
  if (answer === null) return 'answer';
  return answer.outcome === 'upheld' ? 'correction' : undefined;
};

const parse = (item: Item): KeptDispute => ({
  dispute: stored.parse(item.data),
  householdId: item.pk.slice('H#'.length),
  version: item.version,
});

export const readDispute = async (table: Table, ref: DisputeRef): Promise<KeptDispute | undefined> => {
  const item = await table.get(keyOf(ref));
  return item && parse(item);
};

export const disputePut = ({ dispute, householdId, version }: KeptDispute): Put => {
  const waiting = waitingOf(dispute);
  return {
    ...keyOf({ ...dispute, householdId }),
    data: dispute,
    i1: listOf(dispute.programme),
    ...(waiting && { i2: listOf(waiting) }),
    if: version === 0 ? { absent: true } : { version },
  };
};

/** Whether a dispute about one of the entries is still to be answered, or was upheld. */
export const waitsForOperator = async (table: Table, entries: readonly DisputeRef[]): Promise<boolean> =>
  entries.length > 0 &&
  (await table.batchGet(entries.map(keyOf))).some((item) => item && waitingOf(parse(item).dispute) !== undefined);

type Page = { readonly disputes: KeptDispute[]; readonly cursor: string | undefined };
const page = async (table: Table, query: Pick<Query, 'by' | 'value' | 'limit' | 'cursor'>): Promise<Page> => {
  const { items, cursor } = await table.query({ table: 'ledger', ...query });
  const now = items.length === 0 ? [] : await table.batchGet(items.map(({ pk, sk }) => ({ table: 'ledger', pk, sk })));
  return { disputes: now.flatMap((item) => (item ? [parse(item)] : [])), cursor };
};

/** Of a programme; found by an index, which may lag, and read as they are. */
export const disputesOf = (table: Table, programme: string, at: Pick<Query, 'limit' | 'cursor'>): Promise<Page> =>
  page(table, { by: 'i1', value: listOf(programme), ...at });

/** Those that wait for the operator. */
export const waitingDisputes = async (
  table: Table,
  waiting: Waiting,
  at: Pick<Query, 'limit' | 'cursor'>,
): Promise<Page> => {
  const { disputes, cursor } = await page(table, { by: 'i2', value: listOf(waiting), ...at });
  return { disputes: disputes.filter(({ dispute }) => waitingOf(dispute) === waiting), cursor };
};
