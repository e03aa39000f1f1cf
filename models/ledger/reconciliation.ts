import type { Payout } from './payout.ts';

/** A payment as the rail reports it, under the key it was called with. */
export type RailPayment = { readonly key: string; readonly amount: number };

export type Difference =
  | { readonly kind: 'paid-here-only'; readonly payoutId: string; readonly amount: number }
  | { readonly kind: 'paid-there-only'; readonly key: string; readonly amount: number }
  | { readonly kind: 'amount-differs'; readonly payoutId: string; readonly ours: number; readonly theirs: number }
  | { readonly kind: 'paid-twice'; readonly key: string; readonly times: number };

export type Reconciliation = {
  readonly agreed: number;
  readonly oursTotal: number;
  readonly theirsTotal: number;
  readonly differences: readonly Difference[];
};

const total = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((sum, { amount }) => sum + amount, 0);

/** Holds the payouts we believe paid against the payments the rail reports. A payout whose outcome is unknown and that the rail paid is a difference. */
export const reconcile = (payouts: readonly Payout[], payments: readonly RailPayment[]): Reconciliation => {
  const paid = payouts.filter(({ state }) => state === 'paid');
  const byKey = Map.groupBy(payments, ({ key }) => key);
  const oursByKey = new Map(paid.map((payout) => [payout.payoutId, payout]));
  const ours = paid.flatMap(({ payoutId, amount }): Difference[] => {
    const [payment] = byKey.get(payoutId) ?? [];
    if (!payment) return [{ kind: 'paid-here-only', payoutId, amount }];
    return payment.amount === amount
      ? []
      : [{ kind: 'amount-differs', payoutId, ours: amount, theirs: payment.amount }];
  });
  const theirs = [...byKey].flatMap(([key, own]): Difference[] => [
    ...(oursByKey.has(key) ? [] : [{ kind: 'paid-there-only' as const, key, amount: total(own) }]),
    ...(own.length > 1 ? [{ kind: 'paid-twice' as const, key, times: own.length }] : []),
  ]);
  return {
    agreed: paid.length - ours.length,
    oursTotal: total(paid),
    theirsTotal: total(payments),
    differences: [...ours, ...theirs],
  };
};
