import type { PayoutAnswer } from '@hems/shared/api/rewards';
import type { KeptPayout } from './stores/payouts.ts';

/** A payout as its household is shown it. */
export const viewPayout = ({ payoutId, unit, amount, state, askedMs, changedMs }: KeptPayout): PayoutAnswer => ({
  payoutId,
  unit,
  amount,
  state,
  askedMs,
  changedMs,
});
