import { Refused } from './refusal.ts';
import type { LedgerDeps } from './stores/ledger.ts';
import { movePayout, type KeptPayout, type PayoutRef } from './stores/payouts.ts';

/** An operator lets a payout go, or refuses it and so gives the amount back. Saying the same again changes nothing. */
export const decidePayout = async (
  deps: LedgerDeps,
  ref: PayoutRef,
  { decision, by }: { decision: 'approve' | 'reject'; by: string },
): Promise<KeptPayout> => {
  const moved = await movePayout(deps, ref, { event: decision, by });
  if (!moved) throw new Refused('not-found', `household ${ref.householdId} has no payout ${ref.payoutId}`);
  if (moved.outcome === 'impossible')
    throw new Refused(
      'conflict',
      `payout ${ref.payoutId} is ${moved.payout.state}; it cannot be ${PAST[decision]} now`,
    );
  return moved.payout;
};

const PAST = { approve: 'approved', reject: 'rejected' };
