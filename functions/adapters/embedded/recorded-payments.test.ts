import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PaymentOrder } from '../../ports/payments.ts';
import { paymentsContract } from '../contract/payments.contract.ts';
import { recordedPayments, type Fate } from './recorded-payments.ts';

paymentsContract('recorded in memory', async () => {
  let now = 0;
  const fates = new Map<string, Fate>();
  return {
    payments: recordedPayments({ clock: { now: () => now }, fate: ({ key }) => fates.get(key) ?? 'paid' }),
    setMs: (ms) => {
      now = ms;
    },
    decides: async ({ key }, answer) => void fates.set(key, answer),
    close: async () => undefined,
  };
});

const ORDER: PaymentOrder = { key: 'home-1.payout-1', householdId: 'home-1', unit: 'won', amount: 3000 };
const clock = { now: () => 1000 };
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hems-payments-'));
  file = join(folder, 'payments.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the record outlives the process: the next one pays no key again', async () => {
  await recordedPayments({ clock, file }).pay(ORDER);
  const next = recordedPayments({ clock, file, fate: () => 'declined' });
  expect(await next.find(ORDER.key)).toBe('paid');
  expect(await next.pay(ORDER)).toBe('paid');
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
});

test('half a line that a power cut left is taken off: that order was never answered', async () => {
  await recordedPayments({ clock, file }).pay(ORDER);
  appendFileSync(file, '{"key":"home-1.payout-2","amou');
  const next = recordedPayments({ clock, file });
  expect(await next.find('home-1.payout-2')).toBe('never-heard');
  await next.pay({ ...ORDER, key: 'home-1.payout-2' });
  expect(
    recordedPayments({ clock, file })
      .lines()
      .map(({ key }) => key),
  ).toEqual([ORDER.key, 'home-1.payout-2']);
});

test('an answer that is lost was paid; an order that never arrived was not', async () => {
  const fates = new Map<string, Fate>([
    ['a', 'answer-lost'],
    ['b', 'unreachable'],
  ]);
  const rail = recordedPayments({ clock, fate: ({ key }) => fates.get(key) ?? 'paid' });
  await expect(rail.pay({ ...ORDER, key: 'a' })).rejects.toThrow(/did not answer/);
  await expect(rail.pay({ ...ORDER, key: 'b' })).rejects.toThrow(/cannot be reached/);
  expect([await rail.find('a'), await rail.find('b')]).toEqual(['paid', 'never-heard']);
});
