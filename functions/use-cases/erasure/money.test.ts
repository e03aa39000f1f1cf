import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, dayStart, localDate } from '@hems/models/calendar/seoul';
import { aFullWorld, ERASURE_ID, type ErasingWorld, type FullWorld } from '../../testing/erasing.ts';
import { OWNER } from '../../testing/full-household.ts';
import { aSettling } from '../../testing/ledger.ts';
import { HOME, type World } from '../../testing/world.ts';
import type { Table } from '../../ports/table.ts';
import { askPayout } from '../ask-payout.ts';
import { decidePayout } from '../decide-payout.ts';
import { dispatchPayouts } from '../dispatch-payouts.ts';
import { reconcilePayments } from '../reconcile-payments.ts';
import { recordPayment } from '../record-payment.ts';
import { handPayments } from '../stores/hand-payments.ts';
import { membershipsOf } from '../stores/households.ts';
import { settle } from '../stores/ledger.ts';
import { payoutsOf } from '../stores/payouts.ts';
import { askHousehold } from './ask-household.ts';

const { householdId } = HOME;

let full: FullWorld;
let world: World;
let erasing: ErasingWorld;
beforeEach(async () => {
  full = await aFullWorld();
  ({ world, erasing } = full);
});

const FORFEIT = { forfeit: true };

describe('what the law keeps of a ledger', () => {
  const records = async (): Promise<{ pk: string; sk: string; data: any; expiresAt?: number }[]> => {
    const rows = world.database.prepare("SELECT pk, sk, data, expires_at FROM ledger WHERE pk LIKE 'H#id-%'").all();
    return rows.map((row) => ({
      pk: String(row['pk']),
      sk: String(row['sk']),
      data: JSON.parse(String(row['data'])),
      expiresAt: Number(row['expires_at']),
    }));
  };
  const eraseNow = async () => {
    await erasing.ask(FORFEIT);
    await erasing.carryOut();
  };

  test('moves to a random name with amount, programme, period and hash, to the day, and goes after five years', async () => {
    await eraseNow();
    const kept = await records();
    expect(kept.map(({ sk }) => sk)).toEqual([
      'CONF#energy-cashback#2026-10',
      'ENTRY#community-challenge#save-together#0000',
      'ENTRY#energy-cashback#2026-10#0000',
      expect.stringMatching(/^PAY#id-\d+$/),
    ]);
    expect(new Set(kept.map(({ pk }) => pk)).size).toBe(1);
    for (const { data, expiresAt } of kept) {
      const times = [data.recordedMs, data.askedMs, data.changedMs].filter((ms) => ms !== undefined);
      expect(times.length).toBeGreaterThan(0);
      for (const ms of times) expect(ms).toBe(dayStart(localDate(ms)));
      expect(expiresAt! * 1000).toBe(Math.max(...times) + 5 * 366 * DAY_MS);
    }
    const entry = kept.find(({ sk }) => sk.startsWith('ENTRY#community'));
    expect(entry?.data).toMatchObject({
      amount: 3000,
      unit: 'won',
      programme: 'community-challenge',
      period: 'save-together',
    });
    expect(entry?.data.evidence.inputsHash).toMatch(/^[0-9a-f]{64}$/);
    const { receipt } = await full.report();
    const line = receipt.find(({ outcome }) => outcome === 'pseudonymised');
    expect(line).toMatchObject({ store: 'ledger', count: 4, reason: 'payment-records' });
    expect(line?.until).toMatch(/^2031-11-/);
  });

  test('still agrees with the rail: a payment by hand moves with the payout it was for', async () => {
    await eraseNow();
    const today = localDate(world.clock.now());
    const { won } = await reconcilePayments(
      { table: world.table, payments: handPayments(world) },
      { from: today, to: today },
    );
    expect(won).toMatchObject({ agreed: 1, oursTotal: 1000, theirsTotal: 1000, differences: [] });
  });

  test('is found by no id that left the ledger: the event of a payment names none, and the payout is called anew', async () => {
    const said = world.said.filter(({ type }) => type === 'reward.paid');
    expect(said).toHaveLength(1);
    expect(JSON.stringify(said)).not.toContain('payout-paid');
    await eraseNow();
    expect(full.rowsOf('payout-paid')).toEqual([]);
  });

  test('five years later nothing of it is kept', async () => {
    world.clock.set(world.clock.now() + 6 * 366 * DAY_MS);
    await eraseNow();
    expect(await records()).toEqual([]);
  });
});

describe('a balance', () => {
  test('that can still be withdrawn is not lost unasked: 409 says how much, and what to do', async () => {
    const refused = erasing.ask();
    await expect(refused).rejects.toMatchObject({
      kind: 'conflict',
      code: 'balance-left',
      message: expect.stringContaining('2000 won'),
    });
    expect(await membershipsOf(world.table, OWNER.sub)).toHaveLength(1);
  });

  const open = { householdId, payoutId: 'payout-open' };
  const askForAll = () => askPayout(world, OWNER, { payoutId: open.payoutId, unit: 'won', amount: 2000 });

  test('that was asked for is paid before the ledger goes; nothing that was measured waits for it', async () => {
    await askForAll();
    await erasing.ask();
    expect(await erasing.carryOut()).toBe('waits');
    expect((await full.report()).state).toBe('waiting');
    const left = new Set(
      full.rowsOf(HOME.telemetryId, 'meter-1', full.memberId).filter((row) => !row.includes('"SCOPE"')),
    );
    // the frozen inputs go with the ledger
    expect([...left].filter((row) => !row.startsWith('ledger'))).toEqual([]);
    expect(full.rowsOf(householdId).filter((row) => row.startsWith('energy') || row.startsWith('history'))).toEqual([]);
    // an operator lets it go, a person pays it
    await decidePayout(world, open, { decision: 'approve', by: 'operator' });
    const payments = handPayments(world);
    await dispatchPayouts({ ...world, payments });
    await recordPayment(world, open, { outcome: 'paid', reference: 'transfer 2', by: 'operator' });
    world.clock.set(world.clock.now() + 180_000);
    await dispatchPayouts({ ...world, payments });
    // the schedule begins it again
    expect(await erasing.check()).toEqual({ open: 1, late: 0 });
    expect(await erasing.carryOut()).toBe('erased');
    await full.sweep();
    expect(full.traces()).toEqual([]);
    const { receipt } = await full.report();
    expect(receipt.find(({ outcome }) => outcome === 'pseudonymised')?.count).toBe(5);
    const today = localDate(world.clock.now() - DAY_MS);
    const { won } = await reconcilePayments({ table: world.table, payments }, { from: today, to: today });
    expect(won).toMatchObject({ agreed: 2, oursTotal: 3000, differences: [] });
  });

  const TO_COME = aSettling({ payer: 'partner', settlementFile: 'f-1', period: 'of-a-partner', total: 50_000 });

  test('that a partner has still to approve stops it too; what a utility owes does not', async () => {
    await askForAll();
    await settle(world, TO_COME, {});
    await expect(erasing.ask()).rejects.toMatchObject({
      code: 'balance-left',
      message: expect.stringContaining("50000 won can be once a partner's file is approved"),
    });
  });

  test('that grows while the erasure begins stops it: it begins on what is left, or not at all', async () => {
    await askForAll();
    let first = true;
    const table: Table = {
      ...world.table,
      transact: async (writes) => {
        if (first && writes.some((write) => 'put' in write && write.put.sk === 'SCOPE')) {
          first = false;
          await settle(world, aSettling({ period: 'at-the-last-moment' }), {});
        }
        await world.table.transact(writes);
      },
    };
    const asked = { householdId, erasureId: ERASURE_ID, forfeit: false };
    const refused = askHousehold({ ...erasing.asking, table }, OWNER.sub, asked);
    await expect(refused).rejects.toMatchObject({ code: 'balance-left' });
    expect(await membershipsOf(world.table, OWNER.sub)).toHaveLength(1);
  });

  describe('whose payout is refused while the erasure waits for it', () => {
    const reject = (payoutId: string) =>
      decidePayout(world, { householdId, payoutId }, { decision: 'reject', by: 'operator' });
    const goOn = async () => {
      await erasing.check();
      return erasing.carryOut();
    };
    beforeEach(async () => {
      await askForAll();
      await erasing.ask();
      await erasing.carryOut();
      await reject(open.payoutId);
    });

    test('is not lost in silence: it waits, says how much it is, and wakes nobody of ours for that', async () => {
      expect(await goOn()).toBe('waits');
      expect(await goOn()).toBe('waits');
      expect(await full.report()).toMatchObject({
        state: 'waiting',
        waitsFor: 'resident',
        balance: { won: { withdrawable: 2000, toCome: 0 }, points: { withdrawable: 0, toCome: 0 } },
      });
      world.clock.set(world.clock.now() + 2 * DAY_MS);
      expect(await erasing.check()).toEqual({ open: 1, late: 0 });
    });

    test('is paid by another payout if the holder of the id says so, and then the ledger goes', async () => {
      await goOn();
      expect(await erasing.settle('pay')).toMatchObject({ state: 'waiting', waitsFor: 'payout', balance: null });
      // said twice, asked for once
      await erasing.settle('pay');
      const pending = (await payoutsOf(world.table, householdId)).filter(({ state }) => state === 'pending');
      expect(pending).toMatchObject([{ unit: 'won', amount: 2000 }]);
      const ref = { householdId, payoutId: pending[0]?.payoutId ?? '' };
      expect(await goOn()).toBe('waits');
      await decidePayout(world, ref, { decision: 'approve', by: 'operator' });
      const payments = handPayments(world);
      await dispatchPayouts({ ...world, payments });
      await recordPayment(world, ref, { outcome: 'paid', reference: 'transfer 3', by: 'operator' });
      world.clock.set(world.clock.now() + 180_000);
      await dispatchPayouts({ ...world, payments });
      expect(await goOn()).toBe('erased');
      await full.sweep();
      expect(full.traces()).toEqual([]);
    });

    test('refused again it waits again, and is given up only by their word', async () => {
      await goOn();
      await erasing.settle('pay');
      const again = (await payoutsOf(world.table, householdId)).find(({ state }) => state === 'pending');
      await reject(again?.payoutId ?? '');
      expect(await goOn()).toBe('waits');
      expect((await full.report()).waitsFor).toBe('resident');
      expect((await erasing.settle('forfeit')).state).toBe('waiting');
      // it goes on at once, without the schedule
      expect([...erasing.status.values()].at(-1)).toBe('running');
      expect(await erasing.carryOut()).toBe('erased');
      expect(await full.report()).toMatchObject({ state: 'erased', waitsFor: null, balance: null });
      // said once more, it changes nothing
      expect((await erasing.settle('pay')).state).toBe('erased');
      await full.sweep();
      expect(full.traces()).toEqual([]);
    });
  });

  test('that was asked for and is given up is refused, unless it was let go already', async () => {
    await askForAll();
    await erasing.ask(FORFEIT);
    expect(await erasing.carryOut()).toBe('erased');
    await full.sweep();
    expect(full.traces()).toEqual([]);
  });

  test('that was let go already is paid although it is given up', async () => {
    await askForAll();
    await decidePayout(world, open, { decision: 'approve', by: 'operator' });
    await erasing.ask(FORFEIT);
    expect(await erasing.carryOut()).toBe('waits');
  });
});
