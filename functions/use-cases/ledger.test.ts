import { beforeEach, describe, expect, test } from 'vitest';
import { entryId } from '@hems/models/ledger/entry';
import type { Table } from '../ports/table.ts';
import { aSettling } from '../testing/ledger.ts';
import { bothBalances } from './audit-balances.ts';
import { aWorld, HOME, NOON, type World } from '../testing/world.ts';
import { approveFile } from './approve-file.ts';
import { askPayout } from './ask-payout.ts';
import { confirmCredit } from './confirm-credit.ts';
import { decidePayout } from './decide-payout.ts';
import { listPayouts } from './list-payouts.ts';
import { readEvidence } from './read-evidence.ts';
import { readRewards } from './read-rewards.ts';
import { readInputs, readPeriod, settle, type Settling } from './stores/ledger.ts';

const { householdId } = HOME;
const OWNER = { householdId, sub: 'owner', role: 'owner' } as const;
const CASHBACK = {
  programme: 'energy-cashback',
  period: '2026-10',
  payer: 'utility',
  endsOn: '2026-10-31',
  total: 2720,
} as const;
const DAY = 86_400_000;

let world: World;
beforeEach(async () => {
  world = await aWorld();
});

const settled = async (over: Partial<Settling> = {}, inputs: unknown = { savedWh: 1 }) =>
  (await settle(world, aSettling(over), inputs)).entry;
const ask = (payoutId: string, amount: number, unit: 'won' | 'points' = 'won') =>
  askPayout(world, OWNER, { payoutId, unit, amount });
const balances = async () => {
  const { kept, addedUp } = await bothBalances(world.table, householdId);
  expect(kept).toEqual(addedUp);
  return kept;
};
const sweepItems = async (prefix: string) =>
  (await world.table.query({ table: 'ledger', value: `H#${householdId}`, prefix })).items;

describe('a settlement', () => {
  test('writes one entry with its frozen inputs and the balance', async () => {
    const entry = await settled();
    expect(entry).toMatchObject({ revision: 0, amount: 3000, recordedMs: NOON, endsOn: '2026-11-15' });
    expect(await readInputs(world.table, entry!)).toEqual({
      programme: 'community-challenge',
      version: 'community-challenge/2026-01-01',
      inputs: { savedWh: 1 },
    });
    expect((await balances()).won).toMatchObject({ earned: 3000, withdrawable: 3000 });
  });

  test('twice is once, also under other inputs that come to the same', async () => {
    await settled();
    const before = await sweepItems('');
    expect(await settled()).toBeUndefined();
    expect(await settled({}, { savedWh: 2 })).toBeUndefined();
    expect(await sweepItems('')).toEqual(before);
  });

  test('that late readings lower from 3,000 to 2,400 won adds an entry of −600 with its own inputs, and leaves the first as it was', async () => {
    const first = await settled();
    world.clock.set(NOON + DAY);
    const second = await settled({ total: 2400 }, { savedWh: 2 });
    expect(second).toMatchObject({ revision: 1, amount: -600, recordedMs: NOON + DAY });
    expect(await readPeriod(world.table, aSettling())).toEqual([first, second]);
    expect((await balances()).won.earned).toBe(2400);
  });

  test('of the same period from two places at once is one of the two, never both', async () => {
    await Promise.all([settled({ total: 3000 }), settled({ total: 2400 }), settled({ total: 3000 })]);
    const entries = await readPeriod(world.table, aSettling());
    const total = entries.reduce((sum, { amount }) => sum + amount, 0);
    expect([3000, 2400]).toContain(total);
    expect(entries.map(({ revision }) => revision)).toEqual(entries.map((_, i) => i));
    expect((await balances()).won.earned).toBe(total);
  });

  test('of two programmes at once loses neither', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((period) => settled({ period })));
    expect((await balances()).won.earned).toBe(12_000);
  });

  test.each([
    ['a negative total', { total: -1 }, /whole amount from 0 on, not -1/],
    ['half a won', { total: 0.5 }, /not 0.5/],
    ['no number', { total: NaN }, /not NaN/],
    ['a period that would read as another key', { period: '2026-10#0001' }, /need a name without #/],
  ])('of %s throws and writes nothing', async (_what, over, message) => {
    await expect(settled(over)).rejects.toThrow(message);
    await expect(settled({}, { savedWh: NaN })).rejects.toThrow(/inputs.savedWh is NaN/);
    expect(await sweepItems('')).toEqual([]);
  });

  test('cannot correct won by points, nor one payer’s debt by another’s', async () => {
    await settled();
    await expect(settled({ unit: 'points', total: 1 })).rejects.toThrow(/was settled in won of us/);
    await expect(settled({ payer: 'utility', total: 1 })).rejects.toThrow(/was settled in won of us/);
    expect((await balances()).points.earned).toBe(0);
  });
});

describe('a credit that someone else owes', () => {
  test('is expected, then confirmed at the payer’s amount, and never withdrawable', async () => {
    await settled(CASHBACK);
    expect((await balances()).won).toMatchObject({ expected: 2720, confirmed: 0, withdrawable: 0 });
    await expect(ask('payout-1', 1)).rejects.toThrow('1 won were asked for; 0 can be withdrawn now');
    const told = await confirmCredit(world, confirming({ amount: 2700 }));
    expect(told.won).toMatchObject({ expected: 0, confirmed: 2700, withdrawable: 0 });
    expect(await balances()).toEqual(told);
  });

  test('stays at the payer’s word when we correct our own figure after it', async () => {
    await settled(CASHBACK);
    await confirmCredit(world, confirming({ amount: 2700 }));
    await settled({ ...CASHBACK, total: 2000 });
    expect((await balances()).won).toMatchObject({ expected: 0, confirmed: 2700 });
  });

  test('follows a later word of the payer, and keeps what was said before', async () => {
    await settled(CASHBACK);
    await confirmCredit(world, confirming({ amount: 2700 }));
    await confirmCredit(world, confirming({ amount: 2700 }));
    await confirmCredit(world, confirming({ amount: 2710, report: 'bill of December' }));
    expect((await balances()).won.confirmed).toBe(2710);
    const [item] = await sweepItems('CONF#');
    expect(item?.data).toMatchObject({ amount: 2710, earlier: [{ amount: 2700, report: 'bill of November' }] });
  });

  test.each([
    ['of a period that was never settled', { period: '2026-09' }, 'not-found'],
    ['of what we pay ourselves', { programme: 'community-challenge', period: 'save-together' }, 'conflict'],
    ['in points of a programme in won', { unit: 'points' as const }, 'invalid'],
  ])('is not confirmed %s', async (_what, over, kind) => {
    await settled();
    await settled(CASHBACK);
    await expect(confirmCredit(world, confirming(over))).rejects.toMatchObject({ kind });
    expect(await sweepItems('CONF#')).toEqual([]);
  });
});

const confirming = (over: Partial<Parameters<typeof confirmCredit>[1]> = {}) => ({
  householdId,
  programme: CASHBACK.programme,
  period: CASHBACK.period,
  unit: 'won' as const,
  amount: 2720,
  report: 'bill of November',
  by: 'staff',
  ...over,
});

describe('a partner’s reward', () => {
  const filed = { programme: 'partner-reward', payer: 'partner', settlementFile: 'file-7' } as const;
  const approve = (report = 'letter 12') => approveFile(world, { file: 'file-7', report, by: 'staff' });

  test('can be withdrawn from the moment its settlement file is approved', async () => {
    await settled(filed);
    await settled({ ...filed, period: 'other', settlementFile: 'file-8' });
    expect((await balances()).won).toMatchObject({ earned: 0, expected: 6000, withdrawable: 0 });
    await approve();
    expect((await balances()).won).toMatchObject({ earned: 3000, expected: 3000, withdrawable: 3000 });
    await ask('payout-1', 3000);
    expect((await balances()).won.withdrawable).toBe(0);
  });

  test('takes no correction into a file that is approved: the next file takes it', async () => {
    await settled(filed);
    await approve();
    await expect(settled({ ...filed, total: 9000 })).rejects.toMatchObject({ kind: 'conflict' });
    await settled({ ...filed, total: 9000, settlementFile: 'file-8' });
    expect((await balances()).won).toMatchObject({ earned: 3000, expected: 6000 });
  });

  test('never slips into a file that is approved in the moment between the look and the write', async () => {
    await settled(filed);
    const table: Table = {
      ...world.table,
      transact: async (writes) => {
        await approve();
        return world.table.transact(writes);
      },
    };
    const late = settle({ ...world, table }, aSettling({ ...filed, total: 9000 }), {});
    await expect(late).rejects.toMatchObject({ kind: 'conflict' });
    expect((await balances()).won).toMatchObject({ earned: 3000, expected: 0, withdrawable: 3000 });
  });

  test('is not approved under a name that no entry has, and the file can still be filled', async () => {
    await settled(filed);
    const mistyped = approveFile(world, { file: 'file-77', report: 'letter 12', by: 'staff' });
    await expect(mistyped).rejects.toMatchObject({ kind: 'not-found' });
    await settled({ ...filed, period: 'other', settlementFile: 'file-77' });
    expect((await balances()).won).toMatchObject({ earned: 0, expected: 6000 });
  });

  test('of two households opens its file once, though both come first', async () => {
    await Promise.all(['h-1', 'h-2', 'h-3'].map((id) => settled({ ...filed, householdId: id })));
    await approve();
    expect((await balances()).won.earned).toBe(3000);
  });

  test('is approved once: the same report again changes nothing, another is refused', async () => {
    await settled(filed);
    const first = await approve();
    world.clock.set(NOON + DAY);
    expect(await approve()).toEqual(first);
    await expect(approve('letter 13')).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('asking for a payout', () => {
  test('reserves the amount, and waits for the operator', async () => {
    await settled();
    const payout = await ask('payout-1', 1000);
    expect(payout).toMatchObject({ state: 'pending', amount: 1000, askedMs: NOON });
    expect((await balances()).won).toMatchObject({ underway: 1000, withdrawable: 2000 });
    expect(await listPayouts(world.table, { state: 'pending' })).toEqual({ payouts: [payout], cursor: null });
  });

  test('twice with one payoutId is one payout; the same id over another amount is refused', async () => {
    await settled();
    const [first, second] = await Promise.all([ask('payout-1', 1000), ask('payout-1', 1000)]);
    expect(second).toEqual(first);
    await expect(ask('payout-1', 1001)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await balances()).won.underway).toBe(1000);
  });

  test('for more than there is, at once or in two at the same moment, is refused', async () => {
    await settled();
    await expect(ask('payout-0', 3001)).rejects.toMatchObject({ kind: 'conflict' });
    const both = await Promise.allSettled([ask('payout-1', 2000), ask('payout-2', 2000)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await balances()).won).toMatchObject({ underway: 2000, withdrawable: 1000 });
  });

  test('never takes points for won', async () => {
    await settled({ unit: 'points', total: 5000 });
    await expect(ask('payout-1', 1)).rejects.toThrow('0 can be withdrawn');
    expect(await ask('payout-1', 5000, 'points')).toMatchObject({ unit: 'points' });
    expect((await balances()).won.underway).toBe(0);
  });

  test('is for owners and members, not for viewers', async () => {
    await settled();
    const asked = { payoutId: 'payout-1', unit: 'won', amount: 1 } as const;
    await expect(askPayout(world, { ...OWNER, role: 'viewer' }, asked)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await askPayout(world, { ...OWNER, role: 'member' }, asked)).toMatchObject({ state: 'pending' });
  });

  test('that is rejected gives the amount back, once', async () => {
    await settled();
    await ask('payout-1', 1000);
    const ref = { householdId, payoutId: 'payout-1' };
    const reject = () => decidePayout(world, ref, { decision: 'reject', by: 'staff' });
    expect(await reject()).toMatchObject({ state: 'refused', decidedBy: 'staff' });
    expect(await reject()).toMatchObject({ state: 'refused' });
    expect((await balances()).won).toMatchObject({ underway: 0, withdrawable: 3000 });
    await expect(decidePayout(world, ref, { decision: 'approve', by: 'staff' })).rejects.toThrow(
      'payout payout-1 is refused; it cannot be approved now',
    );
  });

  test('that nobody asked for is not decided', async () => {
    const decision = decidePayout(world, { householdId, payoutId: 'payout-9' }, { decision: 'approve', by: 'staff' });
    await expect(decision).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('lists a hundred at a time', async () => {
    await settled({ total: 150 });
    for (let i = 0; i < 103; i++) await ask(`payout-${String(i).padStart(3, '0')}`, 1);
    const first = await listPayouts(world.table, { state: 'pending' });
    const rest = await listPayouts(world.table, { state: 'pending', cursor: first.cursor! });
    expect([first.payouts.length, rest.payouts.length, rest.cursor]).toEqual([100, 3, null]);
  });
});

describe('the rewards of a household', () => {
  test('are told latest first, fifty at a time; what comes between two pages shifts none', async () => {
    for (let i = 0; i < 60; i++) {
      world.clock.set(NOON + i);
      await settled({ period: `event-${i}`, total: 1 });
    }
    const first = await readRewards(world, { householdId });
    world.clock.set(NOON + 100);
    await settled({ period: 'event-new', total: 1 });
    const second = await readRewards(world, { householdId, cursor: first.cursor! });
    const periods = [...first.entries, ...second.entries].map(({ period }) => period);
    expect(periods).toEqual(Array.from({ length: 60 }, (_, i) => `event-${59 - i}`));
    expect(second.cursor).toBeNull();
    await expect(readRewards(world, { householdId, cursor: 'x' })).rejects.toMatchObject({ kind: 'invalid' });
  });

  test('are provisional until 30 days after the period has ended, then final', async () => {
    await settled({ endsOn: '2026-10-23' });
    await settled({ period: 'later', endsOn: '2026-10-22' });
    const states = async () =>
      Object.fromEntries(
        (await readRewards(world, { householdId })).entries.map(({ period, state }) => [period, state]),
      );
    expect(await states()).toEqual({ 'save-together': 'provisional', later: 'final' });
    world.clock.set(NOON + DAY);
    expect(await states()).toEqual({ 'save-together': 'final', later: 'final' });
  });

  test('of a household without any are nothing, in both units', async () => {
    const { balances: told, entries, payouts } = await readRewards(world, { householdId });
    const nothing = { earned: 0, underway: 0, paid: 0, withdrawable: 0, expected: 0, confirmed: 0 };
    expect({ told, entries, payouts }).toEqual({ told: { won: nothing, points: nothing }, entries: [], payouts: [] });
  });
});

describe('the evidence of an entry', () => {
  /** The double of the programmes: 100 won a kWh. */
  const recompute = (_programme: string, inputs: unknown) => {
    const { savedWh } = inputs as { savedWh: number };
    return { total: savedWh / 10, lines: [{ item: 'saved', amount: savedWh / 10 }] };
  };
  const evidence = (id: string) => readEvidence({ ...world, recompute }, { householdId, entryId: id });

  test('works each revision out again from its own frozen inputs', async () => {
    const first = await settled({ total: 3000 }, { savedWh: 30_000 });
    const second = await settled({ total: 2400 }, { savedWh: 24_000 });
    expect(await evidence(entryId(first!))).toMatchObject({
      inputs: { savedWh: 30_000 },
      recomputed: 3000,
      matches: true,
      lines: [{ item: 'saved', amount: 3000 }],
    });
    expect(await evidence(entryId(second!))).toMatchObject({ recomputed: 2400, matches: true });
  });

  test('does not match when the amount is not what the inputs come to', async () => {
    const entry = await settled({ total: 3001 }, { savedWh: 30_000 });
    expect(await evidence(entryId(entry!))).toMatchObject({ recomputed: 3000, matches: false });
  });

  test('does not match when someone has touched the frozen inputs', async () => {
    const entry = await settled({ total: 3000 }, { savedWh: 30_000, home: 'a' });
    const [item] = await sweepItems('INPUTS#');
    await world.table.put({ ...item!, data: { ...(item!.data as object), inputs: { savedWh: 30_000, home: 'b' } } });
    expect(await evidence(entryId(entry!))).toMatchObject({ recomputed: 3000, matches: false });
  });

  test.each(['h-1#community-challenge#save-together#0001', 'h-2#community-challenge#save-together#0000', 'x', '###'])(
    'is not there for %s',
    async (id) => {
      await settled();
      await settle(world, aSettling({ householdId: 'h-2' }), { savedWh: 1 });
      await expect(evidence(id)).rejects.toMatchObject({ kind: 'not-found' });
    },
  );
});
