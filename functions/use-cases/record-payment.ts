import { railKey } from '@hems/models/ledger/payout';
import type { PaymentAnswer } from '../ports/payments.ts';
import { Refused } from './refusal.ts';
import { answeredPut, readHandPayment, type HandPayment } from './stores/hand-payments.ts';
import type { LedgerDeps } from './stores/ledger.ts';
import type { PayoutRef } from './stores/payouts.ts';
import { untilWon } from './until-won.ts';

type Answered = { readonly outcome: PaymentAnswer; readonly reference: string; readonly by: string };

/** What a person did with a payment order: the rail's answer, which the next sweep takes up. It is given once. */
export const recordPayment = (
  { table, clock, pause }: LedgerDeps,
  ref: PayoutRef,
  { outcome, reference, by }: Answered,
): Promise<HandPayment> =>
  untilWon(pause, async () => {
    const key = railKey(ref);
    const found = await readHandPayment(table, key);
    if (!found)
      throw new Refused('not-found', `no payment by hand is ordered for payout ${ref.payoutId}; do not pay it`);
    const { payment: before, version } = found;
    if (before.state === outcome) return before;
    if (before.state !== 'taken')
      throw new Refused('conflict', `payout ${ref.payoutId} was recorded as ${before.state} before`);
    const payment = { ...before, state: outcome, decided: { ms: clock.now(), by, reference } };
    await table.put(answeredPut(key, { payment, version }));
    return payment;
  });
