import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { PaymentAnswer, PaymentOrder, Payments } from '../../ports/payments.ts';

/** One order as the rail decided it. */
const line = z.object({
  key: z.string(),
  householdId: z.string(),
  unit: z.enum(['won', 'points']),
  amount: z.int(),
  answer: z.enum(['paid', 'declined']),
  ms: z.int(),
});
type Line = z.infer<typeof line>;

/** `answer-lost`: it is paid, and the caller never hears of it. `unreachable`: the order never arrives. */
export type Fate = PaymentAnswer | 'answer-lost' | 'unreachable';

export type RecordedPayments = Payments & {
  /** what was decided, oldest first */
  readonly lines: () => readonly Line[];
};

/** Complete lines only: what a power cut left of the last one was never answered, and is taken off. */
const readLines = (file: string): Line[] => {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  return whole
    .split('\n')
    .filter((one) => one !== '')
    .map((one) => line.parse(JSON.parse(one)));
};

/**
 * A rail that moves no money: it writes down what it was asked, one JSON line an order, and pays a key once. Kept in `file`,
 * or in memory without one. `fate` scripts what becomes of an order that it has not decided yet.
 */
export const recordedPayments = ({
  clock,
  file,
  fate = () => 'paid',
}: {
  readonly clock: Clock;
  readonly file?: string;
  readonly fate?: (order: PaymentOrder) => Fate;
}): RecordedPayments => {
  const lines = file === undefined ? [] : readLines(file);
  const byKey = new Map(lines.map((one) => [one.key, one]));
  const decide = (order: PaymentOrder, answer: PaymentAnswer): Line => {
    const { key, householdId, unit, amount } = order;
    const decided: Line = { key, householdId, unit, amount, answer, ms: clock.now() };
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(decided)}\n`, { flush: true });
    lines.push(decided);
    byKey.set(key, decided);
    return decided;
  };
  return {
    lines: () => lines,
    pay: async (order) => {
      const before = byKey.get(order.key);
      if (before) return sameOrder(before, order).answer;
      const what = fate(order);
      if (what === 'unreachable') throw new Error(`payment ${order.key}: the rail cannot be reached`);
      const { answer } = decide(order, what === 'declined' ? 'declined' : 'paid');
      if (what === 'answer-lost') throw new Error(`payment ${order.key}: the rail did not answer in time`);
      return answer;
    },
    find: async (key) => byKey.get(key)?.answer ?? 'never-heard',
    payments: async ({ fromMs, toMs }) =>
      lines
        .filter(({ answer, ms }) => answer === 'paid' && fromMs <= ms && ms < toMs)
        .map(({ key, unit, amount }) => ({ key, unit, amount })),
  };
};

const sameOrder = (before: Line, { key, unit, amount }: PaymentOrder): Line => {
  if (before.unit === unit && before.amount === amount) return before;
  throw new Error(`payment ${key} was ordered over ${before.amount} ${before.unit}, now ${amount} ${unit}`);
};
