import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { railKey } from '@hems/models/ledger/payout';
import { entryId, sumAmounts, type Entry } from '@hems/models/ledger/entry';
import type { Tally } from '@hems/models/ledger/tally';
import { laggingIndex } from '../adapters/contract/lagging-index.ts';
import { openDatabase } from '../adapters/embedded/database.ts';
import { recordedPayments } from '../adapters/embedded/recorded-payments.ts';
import { sqliteTable } from '../adapters/embedded/table.ts';
import type { PaymentOrder, Payments } from '../ports/payments.ts';
import type { Delete, Key, Put, Query, Table, Write } from '../ports/table.ts';
import { bothBalances } from './audit-balances.ts';
import { HOMES, histories, type Act, type History, type Step } from '../testing/ledger-history.ts';
import { Crash, mortal } from '../testing/mortal.ts';
import { NOON } from '../testing/world.ts';
import { approveFile } from './approve-file.ts';
import { askPayout } from './ask-payout.ts';
import { confirmCredit } from './confirm-credit.ts';
import { decidePayout } from './decide-payout.ts';
import { CALL_MS, dispatchPayouts } from './dispatch-payouts.ts';
import { reconcilePayments } from './reconcile-payments.ts';
import { recordPayment } from './record-payment.ts';
import { Refused } from './refusal.ts';
import { handPayments } from './stores/hand-payments.ts';
import { putProfile } from './stores/households.ts';
import { settle, type Settling } from './stores/ledger.ts';

/** Nobody is told here of what is paid. */
const SILENT = { publish: async () => undefined };

const UNITS = ['won', 'points'] as const;
const pause = () => Promise.resolve();
const periodOf = ({ householdId, programme, period }: Pick<Entry, 'householdId' | 'programme' | 'period'>): string =>
  [householdId, programme, period].join('#');

/**
 * The table, and at each write the rule that the write must keep by itself: what is promised or paid out is raised only while
 * it is covered by what we owe at that very moment, credits of others not counted.
 */
const watched = (table: Table): Table => {
  const tallies = new Map<string, Record<'won' | 'points', Tally>>();
  const approved = new Set<string>();
  const reserved = (tally: Tally | undefined): number => (tally ? tally.underway + tally.paid : 0);
  const covered = ({ earned, files }: Tally): number =>
    earned + sumAmounts(Object.entries(files).map(([file, amount]) => ({ amount: approved.has(file) ? amount : 0 })));
  const look = (write: Write): void => {
    if (!('put' in write)) return;
    const { pk, sk, data } = write.put;
    if (sk === 'APPROVAL') approved.add(pk.slice('FILE#'.length));
    if (sk !== 'BAL') return;
    const after = data as Record<'won' | 'points', Tally>;
    for (const unit of UNITS)
      if (reserved(after[unit]) > reserved(tallies.get(pk)?.[unit]))
        expect(reserved(after[unit]), 'more is promised than is owed').toBeLessThanOrEqual(covered(after[unit]));
    tallies.set(pk, after);
  };
  return {
    ...table,
    put: async (put) => {
      await table.put(put);
      look({ put });
    },
    transact: async (writes) => {
      await table.transact(writes);
      for (const write of writes) look(write);
    },
  };
};

/** A rail that says so when it is called again with a key that it knows: it need not be told twice. */
const strict = (rail: Payments, said: { readonly isFound: () => boolean; readonly twice: string[] }): Payments => ({
  ...rail,
  pay: async (order: PaymentOrder) => {
    if ((await rail.find(order.key)) !== 'never-heard') said.twice.push(order.key);
    return rail.pay(order);
  },
  find: async (key) => {
    if (!said.isFound()) throw new Error('the rail is away');
    return rail.find(key);
  },
});

const inTurn = <T>(values: readonly T[], calm: T): { next: () => T; calm: () => void } => {
  let at = 0;
  let isCalm = false;
  return {
    next: () => (isCalm ? calm : (values[at++ % values.length] ?? calm)),
    calm: () => {
      isCalm = true;
    },
  };
};

const openWorld = ({ rail: kind, fates, isFound, turns }: History) => {
  const database = openDatabase(':memory:');
  let now = NOON;
  const clock = { now: () => now };
  const table = watched(sqliteTable({ database, clock }));
  const fate = inTurn(fates, 'paid');
  const found = inTurn(isFound, true);
  const waits = inTurn(turns, 0);
  const twice: string[] = [];
  const rail = kind === 'recorded' ? recordedPayments({ clock, fate: fate.next }) : handPayments({ table, clock });
  return {
    database,
    table,
    lagging: laggingIndex(table),
    clock,
    payments: strict(rail, { isFound: found.next, twice }),
    twice,
    dawdle: async () => {
      for (let left = waits.next(); left > 0; left--) await turn();
    },
    calm: () => [fate, found].forEach((one) => one.calm()),
    passes: (ms: number) => {
      now += ms;
    },
    /** what each period may stand at: more than one total where a process ended, or two settled it at once */
    totals: new Map<string, Set<number>>(),
    settlings: new Map<string, Settling>(),
    entries: new Map<string, string>(),
  };
};
type World = ReturnType<typeof openWorld>;

/** One act by a process of its own. */
const perform = (world: World, act: Act, wrap: ReturnType<typeof mortal>): Promise<unknown> => {
  const over = act.do === 'sweep' && act.lags ? world.lagging : world.table;
  const table: Table = {
    get: wrap((key: Key) => over.get(key)),
    batchGet: wrap((keys: readonly Key[]) => over.batchGet(keys)),
    put: wrap((put: Put) => over.put(put)),
    delete: wrap((key: Delete) => over.delete(key)),
    query: wrap((query: Query) => over.query(query)),
    transact: wrap((writes: readonly Write[]) => over.transact(writes)),
  };
  const payments: Payments = {
    ...world.payments,
    pay: wrap((order: PaymentOrder) => world.payments.pay(order)),
    find: wrap((key: string) => world.payments.find(key)),
  };
  const deps = { table, clock: world.clock, pause, payments };
  const by = 'staff';
  if (act.do === 'settle') return settle(deps, act.settling, { total: act.settling.total });
  if (act.do === 'ask') return askPayout(deps, { householdId: act.householdId, sub: 'owner', role: 'owner' }, act);
  if (act.do === 'decide') return decidePayout(deps, act, { decision: act.decision, by });
  if (act.do === 'confirm') return confirmCredit(deps, { ...act.settling, amount: act.amount, report: 'bill', by });
  if (act.do === 'approve-file') return approveFile(deps, { file: act.file, report: 'letter', by });
  if (act.do === 'answer') return recordPayment(deps, act, { outcome: act.outcome, reference: 'transfer', by });
  return dispatchPayouts({ ...deps, bus: SILENT });
};

const isCrash = (error: unknown): boolean =>
  error instanceof Crash || (error instanceof AggregateError && error.errors.every(isCrash));

type Outcome = 'done' | 'refused' | 'crashed';
const outcomeOf = async (work: Promise<unknown>): Promise<Outcome> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Refused) return 'refused';
    if (isCrash(error)) return 'crashed';
    throw error;
  }
};

/** What the periods may stand at after acts that ran at once. */
const expectTotals = (world: World, acts: readonly { act: Act; outcome: Outcome }[]): void => {
  const settled = acts.flatMap(({ act, outcome }) =>
    act.do === 'settle' && outcome !== 'refused' ? [{ ...act, outcome }] : [],
  );
  for (const [of, own] of Map.groupBy(settled, ({ settling }) => periodOf(settling))) {
    const before = own.some(({ outcome }) => outcome === 'done') ? [] : (world.totals.get(of) ?? [0]);
    world.totals.set(of, new Set([...before, ...own.map(({ settling }) => settling.total)]));
    for (const { settling } of own) world.settlings.set(of, settling);
  }
};

const live = async (world: World, step: Step): Promise<void> => {
  if ('passesMs' in step) return world.passes(step.passesMs);
  const isAlone = step.acts.length === 1;
  const done = await Promise.all(
    step.acts.map(async ({ act, end }) => ({
      act,
      outcome: await outcomeOf(perform(world, act, mortal(end, isAlone ? pause : world.dawdle))),
    })),
  );
  expectTotals(world, done);
};

const expectEntries = (world: World, entries: readonly Entry[]): void => {
  for (const entry of entries) {
    const text = JSON.stringify(entry);
    expect(world.entries.get(entryId(entry)) ?? text, 'an entry was edited').toBe(text);
    world.entries.set(entryId(entry), text);
  }
  for (const [of, own] of Map.groupBy(entries, periodOf)) {
    expect(own.map(({ revision }) => revision)).toEqual(own.map((_, i) => i));
    expect([...(world.totals.get(of) ?? [])], `the total of ${of}`).toContain(sumAmounts(own));
  }
};

/** What holds at every moment. */
const expectSound = async (world: World): Promise<void> => {
  const all: { entries: number } = { entries: 0 };
  for (const householdId of HOMES) {
    const { kept, addedUp, account } = await bothBalances(world.table, householdId);
    expect(kept).toEqual(addedUp);
    expectEntries(world, account.entries);
    all.entries += account.entries.length;
    for (const unit of UNITS) {
      const ours = account.entries.filter(
        ({ unit: of, payer, settlementFile = '' }) =>
          of === unit && (payer === 'us' || (payer === 'partner' && account.approvedFiles.has(settlementFile))),
      );
      expect(kept[unit].earned).toBe(sumAmounts(ours));
    }
  }
  expect(world.entries.size, 'an entry is gone').toBe(all.entries);
  expect(world.twice, 'the rail was called again for a payment it knows').toEqual([]);
};

const paymentsOf = (world: World) => world.payments.payments({ fromMs: NOON, toMs: world.clock.now() + 1 });
const accountsOf = (world: World) => Promise.all(HOMES.map((home) => bothBalances(world.table, home)));

/** The rail is well, persons answer what they were ordered, and the sweep goes on. */
const recover = async (world: World): Promise<void> => {
  world.calm();
  for (let round = 0; round < 3; round++) {
    world.passes(CALL_MS);
    const accounts = await accountsOf(world);
    for (const payout of accounts.flatMap(({ account }) => account.payouts.filter(({ state }) => state === 'unknown')))
      await outcomeOf(recordPayment({ ...world, pause }, payout, { outcome: 'paid', reference: 'x', by: 'staff' }));
    await dispatchPayouts({ ...world, pause, bus: SILENT });
  }
};

const expectSettledUp = async (world: World): Promise<void> => {
  const payouts = (await accountsOf(world)).flatMap(({ account }) => account.payouts);
  expect(payouts.filter(({ state }) => state === 'approved' || state === 'unknown')).toEqual([]);
  const payments = await paymentsOf(world);
  const byKey = (one: { key: string }, other: { key: string }): number => (one.key < other.key ? -1 : 1);
  const paid = payouts.filter(({ state }) => state === 'paid');
  expect(payments.toSorted(byKey)).toEqual(
    paid.map((payout) => ({ key: railKey(payout), unit: payout.unit, amount: payout.amount })).toSorted(byKey),
  );
  const report = await reconcilePayments(world, { from: '2026-11-22', to: '2026-11-30' });
  expect([report.won.differences, report.points.differences]).toEqual([[], []]);
};

/** The daily run comes by again: whatever was interrupted stands at its total, to the won. */
const expectNothingLost = async (world: World): Promise<void> => {
  for (const settling of world.settlings.values()) {
    const outcome = await outcomeOf(settle({ ...world, pause }, settling, {}));
    if (outcome === 'done') world.totals.set(periodOf(settling), new Set([settling.total]));
    else expect(settling.payer).toBe('partner');
  }
  await expectSound(world);
};

test('whatever happens to the ledgers, no won is lost, none is paid twice, and every approved payout ends paid or refused', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const world = openWorld(history);
      for (const householdId of HOMES)
        await putProfile(world.table, { householdId, telemetryId: `t-${householdId}`, buildingType: 'apartment' });
      for (const step of history.steps) {
        await live(world, step);
        await expectSound(world);
      }
      await recover(world);
      await expectSettledUp(world);
      await expectNothingLost(world);
      await world.database.close();
    }),
  );
});
