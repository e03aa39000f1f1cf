import * as z from 'zod';
import { localDate } from '@hems/models/calendar/seoul';
import { monthOf, monthPeriod, monthsIn } from '@hems/models/incentive/periods';
import { unit } from '@hems/shared/api/programmes';
import type { Clock } from '../../ports/clock.ts';
import type { PaymentAnswer, PaymentOrder, Payments } from '../../ports/payments.ts';
import { ConditionFailed, type Key, type Put, type Table } from '../../ports/table.ts';

/**
 * The rail as long as no partner's API pays: each order is an item that a person works off and answers,
 * `PAYMENT#<key>` / `ORDER` of table `operations`. Once paid it is in i2 under the month, `HAND-PAID#<yyyy-mm>`.
 */
const handPayment = z.object({
  householdId: z.string(),
  unit,
  amount: z.int(),
  state: z.enum(['taken', 'paid', 'declined']),
  takenMs: z.int(),
  decided: z.exactOptional(z.object({ ms: z.int(), by: z.string(), reference: z.string() })),
});
export type HandPayment = z.infer<typeof handPayment>;

const PREFIX = 'PAYMENT#';
export const handPaymentKey = (key: string): Key => ({ table: 'operations', pk: `${PREFIX}${key}`, sk: 'ORDER' });
const paidPartition = (month: string): string => `HAND-PAID#${month}`;

export const readHandPayment = async (
  table: Table,
  key: string,
): Promise<{ payment: HandPayment; version: number } | undefined> => {
  const item = await table.get(handPaymentKey(key));
  return item && { payment: handPayment.parse(item.data), version: item.version };
};

/** The write of an answer to an order that was read at `version`. */
export const answeredPut = (
  key: string,
  {
    payment,
    version,
  }: { payment: HandPayment & { readonly decided: NonNullable<HandPayment['decided']> }; version: number },
): Put => ({
  ...handPaymentKey(key),
  data: payment,
  ...(payment.state === 'paid' && { i2: paidPartition(monthOf(localDate(payment.decided.ms))) }),
  if: { version },
});

const take = async (table: Table, { key, ...order }: PaymentOrder, takenMs: number): Promise<HandPayment['state']> => {
  const payment: HandPayment = { ...order, state: 'taken', takenMs };
  try {
    await table.put({ ...handPaymentKey(key), data: payment, if: { absent: true } });
    return 'taken';
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
  const before = (await readHandPayment(table, key))?.payment;
  if (before?.amount !== order.amount || before.unit !== order.unit)
    throw new Error(
      `payment ${key} was ordered over ${before?.amount} ${before?.unit}, now ${order.amount} ${order.unit}`,
    );
  return before.state;
};

/** In the months of the index that the range touches; the index may lag by a moment. */
const paidBetween = async (table: Table, fromMs: number, toMs: number) => {
  const last = monthPeriod(monthOf(localDate(toMs - 1))).to;
  const months = monthsIn(monthPeriod(monthOf(localDate(fromMs))).from, last);
  const pages = await Promise.all(
    months.map(({ id }) => table.query({ table: 'operations', by: 'i2', value: paidPartition(id) })),
  );
  const paid = pages.flatMap(({ items }) =>
    items.map(({ pk, data }) => ({ ...handPayment.parse(data), key: pk.slice(PREFIX.length) })),
  );
  return paid.filter(({ decided }) => decided && fromMs <= decided.ms && decided.ms < toMs);
};

/** `Payments` by a person's hand: an order is 'taken' until the person has answered it. */
export const handPayments = ({ table, clock }: { readonly table: Table; readonly clock: Clock }): Payments => ({
  pay: (order) => take(table, order, clock.now()),
  find: async (key): Promise<PaymentAnswer | 'taken' | 'never-heard'> =>
    (await readHandPayment(table, key))?.payment.state ?? 'never-heard',
  payments: async ({ fromMs, toMs }) =>
    (await paidBetween(table, fromMs, toMs)).map((paid) => ({ key: paid.key, unit: paid.unit, amount: paid.amount })),
});
