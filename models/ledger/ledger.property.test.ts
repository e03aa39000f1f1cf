import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balanceOf, newPayout, type Account } from './balance.ts';
import { entryId, settlementEntry, sumAmounts, type Entry, type Settlement } from './entry.ts';
import { afterEvent, railKey, type Payout } from './payout.ts';
import { reconcile, type RailPayment } from './reconciliation.ts';

/** What can happen, in any order, any number of times. `answer: lost` is a crash or a time-out between the call and its answer. */
type Step =
  | { readonly do: 'settle'; readonly period: number; readonly total: number; readonly twice: boolean }
  | { readonly do: 'ask'; readonly payout: number; readonly amount: number }
  | { readonly do: 'approve' | 'reject'; readonly payout: number }
  | { readonly do: 'call'; readonly payout: number; readonly answer: 'paid' | 'declined' | 'lost-paid' | 'lost-unpaid' }
  | { readonly do: 'query'; readonly payout: number };

const period = fc.integer({ min: 0, max: 4 });
const payout = fc.integer({ min: 0, max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('settle' as const),
    period,
    total: fc.integer({ min: 0, max: 20_000 }),
    twice: fc.boolean(),
  }),
  fc.record({ do: fc.constant('ask' as const), payout, amount: fc.integer({ min: -1, max: 30_000 }) }),
  fc.record({ do: fc.constantFrom('approve' as const, 'reject' as const), payout }),
  fc.record({
    do: fc.constant('call' as const),
    payout,
    answer: fc.constantFrom('paid' as const, 'declined' as const, 'lost-paid' as const, 'lost-unpaid' as const),
  }),
  fc.record({ do: fc.constant('query' as const), payout }),
);

type World = {
  entries: Entry[];
  payouts: Payout[];
  rail: RailPayment[];
  totals: Map<number, number>;
};
const account = ({ entries, payouts }: World): Account => ({
  entries,
  payouts,
  confirmations: [],
  approvedFiles: new Set(),
});
const settlement = (of: number, total: number): Settlement => ({
  householdId: 'home-1',
  programme: 'challenge',
  period: `p${of}`,
  unit: 'won',
  payer: 'us',
  endsOn: '2026-10-31',
  total,
  evidence: { inputsHash: `h${total}`, version: 'challenge/1' },
  recordedMs: 0,
});

const settle = (world: World, { period: of, total, twice }: Extract<Step, { do: 'settle' }>): void => {
  for (let i = 0; i < (twice ? 2 : 1); i++) {
    const entry = settlementEntry(
      world.entries.filter((one) => one.period === `p${of}`),
      settlement(of, total),
    );
    if (entry) world.entries.push(entry);
  }
  world.totals.set(of, total);
};

const move = (world: World, of: number, event: Parameters<typeof afterEvent>[1]): Payout | undefined => {
  const at = world.payouts.findIndex(({ payoutId }) => payoutId === `out-${of}`);
  const before = world.payouts[at];
  const after = before && afterEvent(before, event);
  if (after) world.payouts[at] = after;
  return after && after !== before ? after : undefined;
};

/** The rail pays a key once, however often it is called with it. */
const pay = (world: World, called: Payout): void => {
  const key = railKey(called);
  if (!world.rail.some((one) => one.key === key)) world.rail.push({ key, unit: called.unit, amount: called.amount });
};

const call = (world: World, { payout: of, answer }: Extract<Step, { do: 'call' }>): void => {
  const called = move(world, of, 'call');
  if (!called) return;
  if (answer === 'paid' || answer === 'lost-paid') pay(world, called);
  if (answer === 'paid') move(world, of, 'rail-paid');
  if (answer === 'declined') move(world, of, 'rail-declined');
};

const query = (world: World, of: number): void => {
  const asked = world.payouts.find(({ payoutId }) => payoutId === `out-${of}`);
  if (asked?.state !== 'unknown') return;
  const key = railKey(asked);
  move(world, of, world.rail.some((one) => one.key === key) ? 'rail-paid' : 'rail-never-heard');
};

const apply = (world: World, one: Step): void => {
  if (one.do === 'settle') return settle(world, one);
  if (one.do === 'call') return call(world, one);
  if (one.do === 'query') return query(world, one.payout);
  if (one.do !== 'ask') return void move(world, one.payout, one.do);
  const asked = newPayout(balanceOf(account(world), 'won'), {
    payoutId: `out-${one.payout}`,
    householdId: 'home-1',
    unit: 'won',
    amount: one.amount,
  });
  if (asked && !world.payouts.some(({ payoutId }) => payoutId === asked.payoutId)) world.payouts.push(asked);
};

const live = (steps: readonly Step[]): World => {
  const world: World = { entries: [], payouts: [], rail: [], totals: new Map() };
  for (const one of steps) apply(world, one);
  return world;
};

const histories = fc.array(step, { minLength: 1, maxLength: 40 });

describe('any history of settlements, corrections, payouts, crashes and repetitions', () => {
  test('loses no won: every period stands at its last settled total, and the balance is the sum of the entries', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const world = live(steps);
        for (const [of, total] of world.totals)
          expect(sumAmounts(world.entries.filter((one) => one.period === `p${of}`))).toBe(total);
        expect(balanceOf(account(world), 'won').earned).toBe(
          [...world.totals.values()].reduce((sum, total) => sum + total, 0),
        );
        expect(balanceOf(account(world), 'points')).toEqual({
          earned: 0,
          underway: 0,
          paid: 0,
          withdrawable: 0,
          expected: 0,
          confirmed: 0,
        });
      }),
    );
  });

  test('writes no entry twice: revisions of a period count 0, 1, 2, … and no later one is empty', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { entries } = live(steps);
        expect(new Set(entries.map(entryId)).size).toBe(entries.length);
        for (const own of Map.groupBy(entries, (one) => one.period).values())
          expect(own.map(({ revision }) => revision)).toEqual(own.map((_, i) => i));
        expect(entries.filter(({ revision, amount }) => revision > 0 && amount === 0)).toEqual([]);
      }),
    );
  });

  test('pays none twice: one payment a payout, of its amount, and none for one that was refused', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { rail, payouts } = live(steps);
        expect(new Set(rail.map(({ key }) => key)).size).toBe(rail.length);
        for (const { key, amount } of rail) {
          const of = payouts.find((one) => railKey(one) === key)!;
          expect(of.amount).toBe(amount);
          expect(['paid', 'unknown']).toContain(of.state);
        }
      }),
    );
  });

  test('never hands out more than was earned when it was asked, and the account adds up', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const world = live(steps);
        const { earned, underway, paid, withdrawable } = balanceOf(account(world), 'won');
        expect(withdrawable).toBe(Math.max(0, earned - underway - paid));
        const beforeLast = live(steps.slice(0, -1));
        const before = balanceOf(account(beforeLast), 'won');
        const opened = world.payouts.slice(beforeLast.payouts.length);
        expect(sumAmounts(opened)).toBeLessThanOrEqual(before.withdrawable);
      }),
    );
  });

  test('once every unanswered payout has been asked about, books and rail agree', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const asked = [0, 1, 2, 3, 4, 5].map((of): Step => ({ do: 'query', payout: of }));
        const world = live([...steps, ...asked]);
        const report = reconcile(world.payouts, world.rail);
        expect(report.differences).toEqual([]);
        expect(report.oursTotal).toBe(report.theirsTotal);
      }),
    );
  });
});
