import type { Unit } from '../incentive/programme.ts';
import { railKey, type Payout } from './payout.ts';

/** A payment as the rail reports it, under the key it was called with. */
export type RailPayment = { readonly key: string; readonly unit: Unit; readonly amount: number };

export type Difference =
  | { readonly kind: 'paid-here-only'; readonly key: string; readonly amount: number }
  | { readonly kind: 'paid-there-only'; readonly key: string; readonly amount: number }
  | { readonly kind: 'amount-differs'; readonly key: string; readonly ours: number; readonly theirs: number }
  | { readonly kind: 'paid-twice'; readonly key: string; readonly times: number };

export type Reconciliation = {
  readonly agreed: number;
  readonly oursTotal: number;
  readonly theirsTotal: number;
  readonly differences: Difference[];
};

const total = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((sum, { amount }) => sum + amount, 0);

/** Holds the payouts of one unit that we believe paid against the rail's payments in it. A payout whose outcome is unknown and that the rail paid is a difference. */
export const reconcile = (payouts: readonly Payout[], payments: readonly RailPayment[]): Reconciliation => {
  const paid = payouts.filter(({ state }) => state === 'paid');
  const byKey = Map.groupBy(payments, ({ key }) => key);
  const ourKeys = new Set(paid.map(railKey));
  const ours = paid.flatMap((payout): Difference[] => {
    const { amount } = payout;
    const key = railKey(payout);
    const [payment] = byKey.get(key) ?? [];
    if (!payment) return [{ kind: 'paid-here-only', key, amount }];
    return payment.amount === amount ? [] : [{ kind: 'amount-differs', key, ours: amount, theirs: payment.amount }];
  });
  const theirs = [...byKey].flatMap(([key, own]): Difference[] => [
    ...(ourKeys.has(key) ? [] : [{ kind: 'paid-there-only' as const, key, amount: total(own) }]),
    ...(own.length > 1 ? [{ kind: 'paid-twice' as const, key, times: own.length }] : []),
  ]);
  return {
    agreed: paid.length - ours.length,
    oursTotal: total(paid),
    theirsTotal: total(payments),
    differences: [...ours, ...theirs],
  };
};
