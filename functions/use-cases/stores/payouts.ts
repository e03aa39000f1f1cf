import * as z from 'zod';
import { localDate } from '@hems/models/calendar/seoul';
import { afterEvent, type Payout, type PayoutEvent, type PayoutState } from '@hems/models/ledger/payout';
import { afterPayout } from '@hems/models/ledger/tally';
import { payoutState } from '@hems/shared/api/rewards';
import { unit } from '@hems/shared/api/programmes';
import type { Item, Key, Put, Table } from '../../ports/table.ts';
import { untilWon } from '../until-won.ts';
import { readTallies, tallyPut } from './balances.ts';
import type { LedgerDeps } from './ledger.ts';

/**
 * Payouts, `H#<household>` / `PAY#<payoutId>` of table `ledger`. While someone has to act the payout is in index i1: an operator
 * (`PAYOUTS#pending`) or the sweep, which pays (`OUTBOX#approved`), asks (`OUTBOX#unknown`) or tells that it was paid (`OUTBOX#paid`). Once paid it is in i2 under the
 * month, `PAID#<yyyy-mm>`.
 */
const payout = z.object({
  unit,
  amount: z.int(),
  state: payoutState,
  askedMs: z.int(),
  changedMs: z.int(),
  /** the operator who let it go or refused it */
  decidedBy: z.exactOptional(z.string()),
});
export type KeptPayout = Payout & z.infer<typeof payout>;
export type PayoutRef = Pick<Payout, 'householdId' | 'payoutId'>;

const PREFIX = 'PAY#';
const WAITS_IN: Record<PayoutState, string | undefined> = {
  pending: 'PAYOUTS#pending',
  approved: 'OUTBOX#approved',
  unknown: 'OUTBOX#unknown',
  paid: 'OUTBOX#paid',
  refused: undefined,
};
export type WaitingState = 'pending' | 'approved' | 'unknown' | 'paid';

const key = ({ householdId, payoutId }: PayoutRef): Key => ({
  table: 'ledger',
  pk: `H#${householdId}`,
  sk: `${PREFIX}${payoutId}`,
});
const refOf = ({ pk, sk }: Key): PayoutRef => ({
  householdId: pk.slice('H#'.length),
  payoutId: sk.slice(PREFIX.length),
});
const toPayout = (item: Item): KeptPayout => ({ ...payout.parse(item.data), ...refOf(item) });
const paidPartition = (month: string): string => `PAID#${month}`;

/** The write of a payout that was read at `version`, or is new (0). */
export const payoutPut = (kept: KeptPayout, version: number): Put => {
  const { householdId: _h, payoutId: _p, ...data } = kept;
  const i1 = WAITS_IN[kept.state];
  return {
    ...key(kept),
    data,
    ...(i1 !== undefined && { i1 }),
    ...(kept.state === 'paid' && { i2: paidPartition(localDate(kept.changedMs).slice(0, 7)) }),
    if: version === 0 ? { absent: true } : { version },
  };
};

/** The write by which a payout that was read at `version` waits for nobody any more: it is paid, and the household was told. */
export const toldPut = (paid: KeptPayout, version: number): Put => {
  const { i1: _, ...put } = payoutPut(paid, version);
  return put;
};

export const readPayout = async (
  table: Table,
  ref: PayoutRef,
): Promise<{ payout: KeptPayout; version: number; waits: boolean } | undefined> => {
  const item = await table.get(key(ref));
  return item && { payout: toPayout(item), version: item.version, waits: item.i1 !== undefined };
};

/** Those of the payouts that exist, as they are now. */
export const readPayouts = async (table: Table, refs: readonly PayoutRef[]): Promise<KeptPayout[]> => {
  const found = refs.length === 0 ? [] : await table.batchGet(refs.map(key));
  return found.flatMap((item) => (item ? [toPayout(item)] : []));
};

export const payoutsOf = async (table: Table, householdId: string): Promise<KeptPayout[]> => {
  const { items } = await table.query({ table: 'ledger', value: `H#${householdId}`, prefix: PREFIX });
  return items.map(toPayout);
};

/** What the index says waits: it may lag, so whoever acts on a payout reads it again. */
export const waitingPayouts = async (
  table: Table,
  state: WaitingState,
  page: { readonly cursor?: string | undefined; readonly limit?: number } = {},
): Promise<{ refs: PayoutRef[]; cursor?: string }> => {
  const { cursor: from, limit } = page;
  const { items, cursor } = await table.query({
    table: 'ledger',
    by: 'i1',
    value: WAITS_IN[state] ?? '',
    ...(from !== undefined && { cursor: from }),
    ...(limit !== undefined && { limit }),
  });
  return { refs: items.map(refOf), ...(cursor !== undefined && { cursor }) };
};

/** Paid in the month, by an index that may lag: a payment of the last second may be missing. */
export const paidInMonth = async (table: Table, month: string): Promise<KeptPayout[]> => {
  const { items } = await table.query({ table: 'ledger', by: 'i2', value: paidPartition(month) });
  return items.map(toPayout);
};

export type Moved = { readonly outcome: 'moved' | 'already' | 'impossible'; readonly payout: KeptPayout };

/**
 * One step of a payout, with the balance it moves, in one transact. Of several that try the same step at once, one has
 * `moved` it, and only that one may act on it. With a `version` the step is of the payout as it was then, and of no later state
 * that looks the same. Undefined: there is no such payout.
 */
export const movePayout = (
  { table, clock, pause }: LedgerDeps,
  ref: PayoutRef,
  { event, by, version }: { event: PayoutEvent; by?: string; version?: number },
): Promise<Moved | undefined> =>
  untilWon(pause, async () => {
    const kept = await readTallies(table, ref.householdId);
    const found = await readPayout(table, ref);
    if (!found) return undefined;
    const before = found.payout;
    const next = afterEvent(before, event);
    if (!next || (version !== undefined && version !== found.version)) return { outcome: 'impossible', payout: before };
    if (next === before) return { outcome: 'already', payout: before };
    const after: KeptPayout = {
      ...before,
      state: next.state,
      changedMs: clock.now(),
      ...(by !== undefined && { decidedBy: by }),
    };
    const tally = kept.tallies[after.unit];
    const moved = afterPayout(tally, before, after);
    const put = { put: payoutPut(after, found.version) };
    await table.transact(
      moved === tally ? [put] : [put, { put: tallyPut(ref.householdId, kept, { [after.unit]: moved }) }],
    );
    return { outcome: 'moved', payout: after };
  });
