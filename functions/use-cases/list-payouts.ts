import type { Table } from '../ports/table.ts';
import { readPayouts, waitingPayouts, type KeptPayout, type WaitingState } from './stores/payouts.ts';

const PAGE = 100;

/** Payouts that wait in a state, as they are now. The index may lag: one of the last second may still be missing. */
export const listPayouts = async (
  table: Table,
  { state, cursor }: { state: WaitingState; cursor?: string | undefined },
): Promise<{ payouts: KeptPayout[]; cursor: string | null }> => {
  const waiting = await waitingPayouts(table, state, { cursor, limit: PAGE });
  const payouts = await readPayouts(table, waiting.refs);
  return { payouts: payouts.filter((payout) => payout.state === state), cursor: waiting.cursor ?? null };
};
