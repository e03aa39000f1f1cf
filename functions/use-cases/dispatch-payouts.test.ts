import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { laggingIndex } from '../adapters/contract/lagging-index.ts';
import { recordedPayments, type Fate } from '../adapters/embedded/recorded-payments.ts';
import type { Payments } from '../ports/payments.ts';
import type { Table } from '../ports/table.ts';
import { aSettling } from '../testing/ledger.ts';
import { bothBalances } from './audit-balances.ts';
import { aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { askPayout } from './ask-payout.ts';
import { decidePayout } from './decide-payout.ts';
import { CALL_MS, dispatchPayouts, MOST_ASKED } from './dispatch-payouts.ts';
import { settle } from './stores/ledger.ts';
import { payoutPut, readPayout } from './stores/payouts.ts';

const { householdId } = HOME;
const ref = { householdId, payoutId: 'payout-1' };

let world: World;
let fate: Fate;
let rail: ReturnType<typeof recordedPayments>;
let calls: string[];
let payments: Payments;
beforeEach(async () => {
  world = await aWorld();
  fate = 'paid';
  calls = [];
  rail = recordedPayments({ clock: world.clock, fate: () => fate });
  payments = {
    ...rail,
    pay: (order) => {
      calls.push(`pay ${order.key}`);
      return rail.pay(order);
    },
    find: (key) => {
      calls.push(`find ${key}`);
      return rail.find(key);
    },
  };
});

/** A payout of 1,000 won out of 3,000 that an operator has let go. */
const anApprovedPayout = async (over: { payoutId?: string; householdId?: string } = {}) => {
  const of = { ...ref, ...over };
  await settle(world, aSettling({ householdId: of.householdId }), {});
  await askPayout(
    world,
    { householdId: of.householdId, sub: 'owner', role: 'owner' },
    { payoutId: of.payoutId, unit: 'won', amount: 1000 },
  );
  await decidePayout(world, of, { decision: 'approve', by: 'staff' });
};
const sweep = (table: Table = world.table) => dispatchPayouts({ ...world, table, payments });
const later = () => world.clock.set(world.clock.now() + CALL_MS);
const state = async (of = ref) => (await readPayout(world.table, of))?.payout.state;
const won = async () => {
  const { kept, addedUp } = await bothBalances(world.table, householdId);
  expect(kept).toEqual(addedUp);
  return kept.won;
};

describe('the sweep', () => {
  test('pays what was approved, once, and leaves the outbox empty', async () => {
    await anApprovedPayout();
    expect(await sweep()).toMatchObject({ paid: 1 });
    expect(await won()).toMatchObject({ paid: 1000, underway: 0, withdrawable: 2000 });
    expect(await sweep()).toMatchObject({ paid: 0, elsewhere: 0 });
    expect(calls).toEqual(['pay h-1.payout-1']);
  });

  test('pays nothing that is pending or rejected', async () => {
    await settle(world, aSettling(), {});
    await askPayout(world, { householdId, sub: 'owner', role: 'owner' }, { ...ref, unit: 'won', amount: 1 });
    await sweep();
    await decidePayout(world, ref, { decision: 'reject', by: 'staff' });
    await sweep();
    expect(calls).toEqual([]);
  });

  test('has written down the call before the rail hears of it', async () => {
    await anApprovedPayout();
    let before: string | undefined;
    const watched = {
      ...payments,
      pay: async (order: Parameters<Payments['pay']>[0]) => {
        before = await state();
        return payments.pay(order);
      },
    };
    await dispatchPayouts({ ...world, payments: watched });
    expect([before, await state()]).toEqual(['unknown', 'paid']);
  });

  test('gives the amount back when the rail declines', async () => {
    await anApprovedPayout();
    fate = 'declined';
    expect(await sweep()).toMatchObject({ refused: 1 });
    expect(await won()).toMatchObject({ paid: 0, underway: 0, withdrawable: 3000 });
  });

  test('asks about a payment whose answer was lost, and never pays it again', async () => {
    await anApprovedPayout();
    fate = 'answer-lost';
    expect(await sweep()).toMatchObject({ unanswered: 1, reasons: [expect.stringContaining('did not answer')] });
    expect(await won()).toMatchObject({ underway: 1000, paid: 0 });
    later();
    expect(await sweep()).toMatchObject({ paid: 1 });
    expect(await won()).toMatchObject({ underway: 0, paid: 1000 });
    expect(calls).toEqual(['pay h-1.payout-1', 'find h-1.payout-1']);
  });

  test('calls again, with the same key, when the rail has never heard of it', async () => {
    await anApprovedPayout();
    fate = 'unreachable';
    await sweep();
    later();
    fate = 'paid';
    expect(await sweep()).toMatchObject({ paid: 1 });
    expect(calls).toEqual(['pay h-1.payout-1', 'find h-1.payout-1', 'pay h-1.payout-1']);
  });

  test('does not ask while the call may still be under way', async () => {
    await anApprovedPayout();
    fate = 'unreachable';
    await sweep();
    world.clock.set(NOON + CALL_MS - 1);
    expect(await sweep()).toMatchObject({ waits: 1 });
    expect(calls).toEqual(['pay h-1.payout-1']);
  });

  test('waits for a rail that has taken the order and not decided', async () => {
    await anApprovedPayout();
    payments = { ...payments, pay: async () => 'taken', find: async () => 'taken' };
    expect(await sweep()).toMatchObject({ waits: 1 });
    later();
    expect(await sweep()).toMatchObject({ waits: 1 });
    expect(await state()).toBe('unknown');
  });

  test('goes on with the others when the rail cannot even be asked about one', async () => {
    await anApprovedPayout();
    fate = 'answer-lost';
    await sweep();
    later();
    fate = 'paid';
    await anApprovedPayout({ payoutId: 'payout-2' });
    const find = async (): Promise<never> => {
      throw new Error('503');
    };
    expect(await dispatchPayouts({ ...world, payments: { ...payments, find } })).toMatchObject({
      paid: 1,
      unanswered: 1,
      reasons: ['503'],
    });
    expect(await state()).toBe('unknown');
  });

  test('pays the others when the table fails for one, and then says so', async () => {
    await anApprovedPayout();
    await anApprovedPayout({ payoutId: 'payout-2' });
    const table: Table = {
      ...world.table,
      get: async (key) => {
        if (key.sk === 'PAY#payout-1') throw new Error('the table is away');
        return world.table.get(key);
      },
    };
    await expect(sweep(table)).rejects.toThrow('1 of 2 payouts were not swept');
    expect([await state(), await state({ ...ref, payoutId: 'payout-2' })]).toEqual(['approved', 'paid']);
  });
});

describe('with many orders that wait for a person', () => {
  const TAKEN = 2 * MOST_ASKED + 50;
  const taken = Array.from({ length: TAKEN }, (_, i) => `taken-${String(i).padStart(4, '0')}`);
  beforeEach(async () => {
    const at = NOON - CALL_MS;
    for (const payoutId of taken) {
      const kept = { householdId: 'h-0', payoutId, unit: 'won', amount: 1, state: 'unknown' } as const;
      await world.table.put(payoutPut({ ...kept, askedMs: at, changedMs: at }, 0));
    }
    payments = {
      ...payments,
      find: async (key) => {
        calls.push(`find ${key}`);
        return 'taken';
      },
    };
  });
  const asked = () => calls.filter((one) => one.startsWith('find'));

  test('a payout that is approved after them is called before any of them is asked about', async () => {
    await anApprovedPayout({ payoutId: 'zzzzzzzz' });
    expect(await sweep()).toMatchObject({ paid: 1, waits: MOST_ASKED });
    expect(calls[0]).toBe('pay h-1.zzzzzzzz');
    expect(asked()).toHaveLength(MOST_ASKED);
  });

  test('each is asked about in its turn, minute after minute', async () => {
    for (let minute = 0; minute < 4; minute += 1) {
      await sweep();
      world.clock.set(world.clock.now() + 60_000);
    }
    expect(new Set(asked()).size).toBe(TAKEN);
    expect(asked()).toHaveLength(4 * MOST_ASKED);
  });
});

describe('two sweeps at once', () => {
  test('call the rail once', async () => {
    await anApprovedPayout();
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(calls).toEqual(['pay h-1.payout-1']);
    expect(await won()).toMatchObject({ paid: 1000 });
  });

  test('call once more what never arrived, though both were told so', async () => {
    await anApprovedPayout();
    fate = 'unreachable';
    await sweep();
    later();
    fate = 'paid';
    const told = Promise.withResolvers<undefined>();
    const goesOn = Promise.withResolvers<undefined>();
    const slow = {
      ...payments,
      find: async (key: string) => {
        const answer = await payments.find(key);
        told.resolve(undefined);
        await goesOn.promise;
        return answer;
      },
    };
    const first = dispatchPayouts({ ...world, payments: slow });
    await told.promise;
    fate = 'unreachable';
    expect(await sweep()).toMatchObject({ unanswered: 1 });
    goesOn.resolve(undefined);
    expect(await first).toMatchObject({ elsewhere: 1 });
    expect(calls.filter((one) => one.startsWith('pay'))).toHaveLength(2);
    expect(await state()).toBe('unknown');
  });

  test('pay once though the first call only arrives after the second was made', async () => {
    await anApprovedPayout();
    const arrives = Promise.withResolvers<undefined>();
    const slow = {
      ...payments,
      pay: async (order: Parameters<Payments['pay']>[0]) => {
        await arrives.promise;
        return rail.pay(order);
      },
    };
    const first = dispatchPayouts({ ...world, payments: slow });
    while ((await state()) !== 'unknown') await turn();
    later();
    // it cannot be refused meanwhile: the first call is on its way
    const rejected = decidePayout(world, ref, { decision: 'reject', by: 'staff' });
    await expect(rejected).rejects.toMatchObject({ kind: 'conflict' });
    await sweep();
    arrives.resolve(undefined);
    await first;
    expect(rail.lines()).toHaveLength(1);
    expect(await won()).toMatchObject({ paid: 1000, underway: 0 });
  });
});

test('an approved payout can no longer be rejected: only the rail ends it', async () => {
  await anApprovedPayout();
  const rejected = decidePayout(world, ref, { decision: 'reject', by: 'staff' });
  await expect(rejected).rejects.toMatchObject({ kind: 'conflict' });
});

test('an index that lags delays a payout and never repeats it', async () => {
  const table = laggingIndex(world.table);
  await anApprovedPayout();
  expect(await sweep(table)).toMatchObject({ paid: 0 });
  expect(await sweep(table)).toMatchObject({ paid: 1 });
  // by now the index still tells of it
  expect(await sweep(table)).toMatchObject({ paid: 0, elsewhere: 1 });
  expect(calls).toEqual(['pay h-1.payout-1']);
});

test('two households that chose the same payoutId are both paid', async () => {
  await anApprovedPayout();
  await anApprovedPayout({ householdId: 'h-2' });
  expect(await sweep()).toMatchObject({ paid: 2 });
  expect(rail.lines().map(({ key }) => key)).toEqual(['h-1.payout-1', 'h-2.payout-1']);
});
