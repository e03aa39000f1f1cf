import { beforeEach, expect, test } from 'vitest';
import { recordedPayments, type Fate } from '../adapters/embedded/recorded-payments.ts';
import type { Payments } from '../ports/payments.ts';
import { aSettling } from '../testing/ledger.ts';
import { aWorld, HOME, type World } from '../testing/world.ts';
import { askPayout } from './ask-payout.ts';
import { decidePayout } from './decide-payout.ts';
import { CALL_MS, dispatchPayouts } from './dispatch-payouts.ts';
import { reconcilePayments } from './reconcile-payments.ts';
import { settle } from './stores/ledger.ts';

const { householdId } = HOME;
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };
const END_OF_OCTOBER = Date.UTC(2026, 9, 31, 14, 59, 30);

let world: World;
let fate: Fate;
let payments: Payments;
beforeEach(async () => {
  world = await aWorld();
  fate = 'paid';
  payments = recordedPayments({ clock: world.clock, fate: () => fate });
  world.clock.set(END_OF_OCTOBER);
  await settle(world, aSettling(), {});
  await settle(world, aSettling({ period: 'in points', unit: 'points', total: 500 }), {});
});

const payOut = async (payoutId: string, amount: number, unit: 'won' | 'points' = 'won') => {
  await askPayout(world, { householdId, sub: 'owner', role: 'owner' }, { payoutId, unit, amount });
  await decidePayout(world, { householdId, payoutId }, { decision: 'approve', by: 'staff' });
  await dispatchPayouts({ ...world, payments });
};
const report = (days = OCTOBER, by = payments) => reconcilePayments({ ...world, payments: by }, days);

test('books and rail agree, won and points apart', async () => {
  await payOut('payout-1', 1000);
  await payOut('payout-2', 500);
  await payOut('payout-3', 500, 'points');
  expect(await report()).toEqual({
    won: { agreed: 2, oursTotal: 1500, theirsTotal: 1500, differences: [] },
    points: { agreed: 1, oursTotal: 500, theirsTotal: 500, differences: [] },
  });
});

test('a payment of October that we learnt of in November is in the reports of both months, and agrees', async () => {
  fate = 'answer-lost';
  await payOut('payout-1', 1000);
  expect((await report()).won.differences).toEqual([{ kind: 'paid-there-only', key: 'h-1.payout-1', amount: 1000 }]);
  world.clock.set(END_OF_OCTOBER + CALL_MS);
  await dispatchPayouts({ ...world, payments });
  const agreed = { agreed: 1, oursTotal: 1000, theirsTotal: 1000, differences: [] };
  expect((await report(OCTOBER)).won).toEqual(agreed);
  expect((await report(NOVEMBER)).won).toEqual(agreed);
});

test('names what is paid on one side only, in another amount, in another unit, or twice', async () => {
  await payOut('payout-1', 1000);
  await payOut('payout-2', 500);
  await payOut('payout-3', 400, 'points');
  await payOut('payout-4', 300);
  const theirs = [
    { key: 'h-1.payout-1', unit: 'won' as const, amount: 900 },
    { key: 'h-1.payout-3', unit: 'won' as const, amount: 400 },
    { key: 'h-1.payout-4', unit: 'won' as const, amount: 300 },
    { key: 'h-1.payout-4', unit: 'won' as const, amount: 300 },
    { key: 'of someone else', unit: 'won' as const, amount: 7 },
  ];
  const { won, points } = await report(OCTOBER, { ...payments, payments: async () => theirs });
  expect(won).toMatchObject({ agreed: 1, oursTotal: 1800, theirsTotal: 1907 });
  expect(won.differences).toEqual([
    { kind: 'amount-differs', key: 'h-1.payout-1', ours: 1000, theirs: 900 },
    { kind: 'paid-here-only', key: 'h-1.payout-2', amount: 500 },
    { kind: 'paid-there-only', key: 'h-1.payout-3', amount: 400 },
    { kind: 'paid-twice', key: 'h-1.payout-4', times: 2 },
    { kind: 'paid-there-only', key: 'of someone else', amount: 7 },
  ]);
  expect(points.differences).toEqual([{ kind: 'paid-here-only', key: 'h-1.payout-3', amount: 400 }]);
});

test.each([
  ['2026-10-02', '2026-10-01'],
  ['2026-01-01', '2026-12-31'],
])('refuses %s to %s', async (from, to) => {
  await expect(report({ from, to })).rejects.toMatchObject({ kind: 'invalid' });
});
