import { expect, test } from 'vitest';
import { paymentsContract } from '../../adapters/contract/payments.contract.ts';
import { payoutOfKey } from '@hems/models/ledger/payout';
import { aWorld, HOME } from '../../testing/world.ts';
import { recordPayment } from '../record-payment.ts';
import { handPayments, readHandPayment } from './hand-payments.ts';

paymentsContract('by hand, on the embedded table', async () => {
  const world = await aWorld();
  const payments = handPayments(world);
  return {
    payments,
    setMs: (ms) => world.clock.set(ms),
    decides: async ({ key }, outcome) => {
      if ((await payments.find(key)) === 'never-heard') return;
      await recordPayment(world, payoutOfKey(key)!, { outcome, reference: 'transfer 1', by: 'staff' });
    },
    close: () => world.database.close(),
  };
});

const ref = { householdId: HOME.householdId, payoutId: 'payout-1' };
const order = { key: 'h-1.payout-1', householdId: 'h-1', unit: 'won', amount: 3000 } as const;

test('a payment that was not ordered is not recorded: the person is told not to pay', async () => {
  const world = await aWorld();
  const recorded = recordPayment(world, ref, { outcome: 'paid', reference: 'transfer 1', by: 'staff' });
  await expect(recorded).rejects.toThrow('do not pay it');
});

test('what a person recorded stands: the same again changes nothing, the contrary is refused', async () => {
  const world = await aWorld();
  const payments = handPayments(world);
  expect(await payments.pay(order)).toBe('taken');
  const record = (outcome: 'paid' | 'declined') =>
    recordPayment(world, ref, { outcome, reference: 'transfer 1', by: 'staff' });
  const [one, two] = await Promise.allSettled([record('paid'), record('declined')]);
  expect([one.status, two.status].toSorted()).toEqual(['fulfilled', 'rejected']);
  const { payment } = (await readHandPayment(world.table, order.key))!;
  expect(payment.decided).toMatchObject({ by: 'staff', reference: 'transfer 1' });
  expect(await record(payment.state === 'paid' ? 'paid' : 'declined')).toEqual(payment);
});
