import { addDays, DAY_MS, dayNumber, dayStart, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { monthOf, monthPeriod, monthsIn } from '@hems/models/incentive/periods';
import type { Unit } from '@hems/models/incentive/programme';
import { payoutOfKey, railKey } from '@hems/models/ledger/payout';
import { reconcile, type RailPayment, type Reconciliation } from '@hems/models/ledger/reconciliation';
import type { Payments } from '../ports/payments.ts';
import type { Table } from '../ports/table.ts';
import { Refused } from './refusal.ts';
import { paidInMonth, readPayouts, type KeptPayout } from './stores/payouts.ts';

type Deps = { readonly table: Table; readonly payments: Payments };
type Days = { readonly from: LocalDate; readonly to: LocalDate };
type Range = { readonly fromMs: number; readonly toMs: number };

const MAX_DAYS = 92;

/**
 * Payouts we believe paid in the days against the rail's payments of them, both days inclusive. The two may have different
 * moments: we learn of a payment after it was made. So each payment is held against its payout by key, and each payout
 * without a payment in the days is looked for from the moment it was asked for.
 */
export const reconcilePayments = async (
  { table, payments }: Deps,
  { from, to }: Days,
): Promise<Record<Unit, Reconciliation>> => {
  checkDays(from, to);
  const range = { fromMs: dayStart(from), toMs: dayStart(addDays(to, 1)) };
  const reported = await payments.payments(range);
  const believed = await paidBetween(table, range);
  const ours = byKey([...believed, ...(await readPayouts(table, payoutsNamedBy(reported)))]);
  const theirs = [...reported, ...(await elsewhere(payments, { believed, reported, range }))];
  const ofUnit = (unit: Unit): Reconciliation =>
    reconcile(
      ours.filter((payout) => payout.unit === unit),
      theirs.filter((payment) => payment.unit === unit),
    );
  return { won: ofUnit('won'), points: ofUnit('points') };
};

const checkDays = (from: LocalDate, to: LocalDate): void => {
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1 || days > MAX_DAYS)
    throw new Refused('invalid', `${from} to ${to} are ${days} days; ask for 1 to ${MAX_DAYS}`);
};

const paidBetween = async (table: Table, { fromMs, toMs }: Range): Promise<KeptPayout[]> => {
  const months = monthsIn(monthPeriod(monthOf(localDate(fromMs))).from, monthPeriod(monthOf(localDate(toMs - 1))).to);
  const paid = await Promise.all(months.map(({ id }) => paidInMonth(table, id)));
  return paid.flat().filter(({ changedMs }) => fromMs <= changedMs && changedMs < toMs);
};

const byKey = (payouts: readonly KeptPayout[]): KeptPayout[] => [
  ...new Map(payouts.map((payout) => [railKey(payout), payout])).values(),
];

const payoutsNamedBy = (reported: readonly RailPayment[]) =>
  [...new Set(reported.map(({ key }) => key))].flatMap((key) => payoutOfKey(key) ?? []);

/** Payments of payouts we believe paid that the rail made outside of the range: earlier, or by a clock that is ahead of ours. */
const elsewhere = async (
  payments: Payments,
  { believed, reported, range }: { believed: readonly KeptPayout[]; reported: readonly RailPayment[]; range: Range },
): Promise<RailPayment[]> => {
  const seen = new Set(reported.map(({ key }) => key));
  const missing = believed.filter((payout) => !seen.has(railKey(payout)));
  if (missing.length === 0) return [];
  const keys = new Set(missing.map(railKey));
  const fromMs = Math.min(...missing.map(({ askedMs }) => askedMs));
  const around = await payments.payments({ fromMs, toMs: range.toMs + DAY_MS });
  return around.filter(({ key }) => keys.has(key));
};
