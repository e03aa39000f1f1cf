import type { Unit } from '@hems/models/incentive/programme';
import type { RailPayment } from '@hems/models/ledger/reconciliation';

/** A payment as the rail is asked for it. The key is the rail's idempotency key: the same key is the same payment. */
export type PaymentOrder = {
  readonly key: string;
  readonly householdId: string;
  readonly unit: Unit;
  /** whole won or points, above 0 */
  readonly amount: number;
};
export type PaymentAnswer = 'paid' | 'declined';

/**
 * The rail that money leaves by. `pay` may throw after the payment was made: then nothing is known, and only `find` may say.
 * A rail that has taken an order and not yet decided answers 'taken'. What it answered once of a key it answers always; the
 * same key over another amount is refused by an error. Contract suite: `adapters/contract/payments.contract.ts`.
 */
export type Payments = {
  pay(order: PaymentOrder): Promise<PaymentAnswer | 'taken'>;
  find(key: string): Promise<PaymentAnswer | 'taken' | 'never-heard'>;
  /** every payment the rail made in the range, epoch ms, from inclusive, to exclusive */
  payments(range: { readonly fromMs: number; readonly toMs: number }): Promise<RailPayment[]>;
};
