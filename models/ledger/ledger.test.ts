import { describe, expect, test } from 'vitest';
import { balanceOf, newPayout, type Account } from './balance.ts';
import { settlementEntry, type Entry, type Settlement } from './entry.ts';
import { afterEvent, type Payout, type PayoutEvent } from './payout.ts';
import { reconcile } from './reconciliation.ts';

const settlement = (over: Partial<Settlement> = {}): Settlement => ({
  householdId: 'home-1',
  programme: 'community-challenge',
  period: '2026-10',
  unit: 'won',
  payer: 'us',
  endsOn: '2026-10-31',
  total: 3000,
  evidence: { inputsHash: 'abc', version: 'community-challenge/2026-01-01' },
  recordedMs: 1,
  ...over,
});
const entry = (over: Partial<Settlement> = {}): Entry => settlementEntry([], settlement(over))!;
const account = (over: Partial<Account> = {}): Account => ({
  entries: [],
  payouts: [],
  confirmations: [],
  approvedFiles: new Set(),
  ...over,
});
const payout = (over: Partial<Payout> = {}): Payout => ({
  payoutId: 'p-1',
  householdId: 'home-1',
  unit: 'won',
  amount: 1000,
  state: 'pending',
  ...over,
});

describe('an entry of the ledger', () => {
  test('late data that lower October from 3,000 to 2,400 won write a second entry of −600', () => {
    const first = entry();
    const second = settlementEntry([first], settlement({ total: 2400, recordedMs: 2 }))!;
    expect([first.revision, first.amount, second.revision, second.amount]).toEqual([0, 3000, 1, -600]);
    expect(balanceOf(account({ entries: [first, second] }), 'won').earned).toBe(2400);
  });

  test('a reversal settles at 0, and the entries stay', () => {
    const first = entry();
    expect(settlementEntry([first], settlement({ total: 0 }))).toMatchObject({ revision: 1, amount: -3000 });
  });

  test('a period settled at 0 has its entry: it was looked at', () => {
    expect(entry({ total: 0 })).toMatchObject({ revision: 0, amount: 0 });
  });
});

describe('who pays', () => {
  test('cashback that the utility owes is expected, apart, and cannot be withdrawn', () => {
    const entries = [entry(), entry({ programme: 'energy-cashback', payer: 'utility', total: 2720 })];
    expect(balanceOf(account({ entries }), 'won')).toMatchObject({
      earned: 3000,
      withdrawable: 3000,
      expected: 2720,
      confirmed: 0,
    });
  });

  test('it becomes confirmed when the bill says so, at the bill’s amount', () => {
    const entries = [entry({ programme: 'energy-cashback', payer: 'utility', total: 2720 })];
    const confirmations = [
      { householdId: 'home-1', programme: 'energy-cashback', period: '2026-10', amount: 2700, report: 'bill 2026-11' },
    ];
    expect(balanceOf(account({ entries, confirmations }), 'won')).toMatchObject({
      withdrawable: 0,
      expected: 0,
      confirmed: 2700,
    });
  });

  test('a partner’s reward can be withdrawn from the moment its settlement file is approved', () => {
    const entries = [entry({ payer: 'partner', settlementFile: 'file-7' })];
    expect(balanceOf(account({ entries }), 'won')).toMatchObject({ withdrawable: 0, expected: 3000 });
    expect(balanceOf(account({ entries, approvedFiles: new Set(['file-7']) }), 'won')).toMatchObject({
      withdrawable: 3000,
      expected: 0,
    });
  });

  test('points are never added to won', () => {
    const entries = [entry(), entry({ programme: 'apartment-mission', unit: 'points', total: 1000 })];
    expect(balanceOf(account({ entries }), 'won').earned).toBe(3000);
    expect(balanceOf(account({ entries }), 'points').earned).toBe(1000);
  });
});

describe('a payout', () => {
  test('takes no more than there is, and only whole won above 0', () => {
    const has = balanceOf(account({ entries: [entry()] }), 'won');
    const ask = (amount: number) => newPayout(has, { payoutId: 'p-1', householdId: 'home-1', unit: 'won', amount });
    expect(ask(3000)).toMatchObject({ state: 'pending' });
    expect([ask(3001), ask(0), ask(-5), ask(10.5)]).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('a correction after payment leaves nothing to withdraw, and no debt is asked back', () => {
    const entries = [entry(), settlementEntry([entry()], settlement({ total: 500 }))!];
    const balance = balanceOf(account({ entries, payouts: [payout({ amount: 3000, state: 'paid' })] }), 'won');
    expect(balance).toMatchObject({ earned: 500, paid: 3000, withdrawable: 0 });
  });

  test('a refused one gives its won back', () => {
    expect(
      balanceOf(account({ entries: [entry()], payouts: [payout({ state: 'refused' })] }), 'won').withdrawable,
    ).toBe(3000);
  });

  test.each([
    [['approve', 'call', 'rail-paid'], 'paid'],
    [['approve', 'call', 'rail-never-heard', 'call', 'rail-paid'], 'paid'],
    [['approve', 'call', 'rail-declined'], 'refused'],
    [['reject'], 'refused'],
    [['approve', 'approve', 'call', 'call'], 'unknown'],
  ] as [PayoutEvent[], string][])('%j leads to %s', (events, state) => {
    expect(events.reduce<Payout | undefined>((now, event) => now && afterEvent(now, event), payout())?.state).toBe(
      state,
    );
  });

  test.each([
    ['pending', 'call'],
    ['pending', 'rail-paid'],
    ['approved', 'rail-paid'],
    // a call that was given up for lost may still arrive
    ['approved', 'reject'],
    ['paid', 'reject'],
    ['paid', 'call'],
    ['refused', 'approve'],
    ['unknown', 'reject'],
  ] as const)('from %s there is no way by %s', (state, event) => {
    expect(afterEvent(payout({ state }), event)).toBeUndefined();
  });
});

test('the reconciliation names what is paid on one side only, in another amount, or twice', () => {
  const payouts = [
    payout({ payoutId: 'a', state: 'paid' }),
    payout({ payoutId: 'b', state: 'paid' }),
    payout({ payoutId: 'c', state: 'paid' }),
    payout({ payoutId: 'd', state: 'unknown' }),
  ];
  const payments = (
    [
      ['home-1.a', 1000],
      ['home-1.b', 900],
      ['home-1.d', 1000],
      ['home-1.d', 1000],
    ] as const
  ).map(([key, amount]) => ({ key, unit: 'won' as const, amount }));
  expect(reconcile(payouts, payments)).toEqual({
    agreed: 1,
    oursTotal: 3000,
    theirsTotal: 3900,
    differences: [
      { kind: 'amount-differs', key: 'home-1.b', ours: 1000, theirs: 900 },
      { kind: 'paid-here-only', key: 'home-1.c', amount: 1000 },
      { kind: 'paid-there-only', key: 'home-1.d', amount: 2000 },
      { kind: 'paid-twice', key: 'home-1.d', times: 2 },
    ],
  });
});
