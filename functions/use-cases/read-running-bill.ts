import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { DayFacts } from '@hems/models/day/derive-day';
import { partOf, UNKNOWN_DAY } from '@hems/models/day/month-value';
import { datesBetween } from '@hems/models/day/open-days';
import { billedOn, type Billed, type SupplyRows } from '@hems/models/household/supply-history';
import { carriedCredit } from '@hems/models/tariff/carried-credit';
import type { Period } from '@hems/models/tariff/period';
import { billSoFar } from '@hems/models/tariff/projection';
import type { DayUse } from '@hems/models/tariff/use-series';
import { aggregate } from '@hems/models/usage/aggregate';
import type { RunningBill } from '@hems/shared/api/bill';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { Refused } from './refusal.ts';
import { readBillDays, toDayUse } from './running-bill-days.ts';
import type { BilledDay } from './stores/days.ts';
import { readProfile } from './stores/households.ts';
import { readSupplies } from './stores/supplies.ts';
import { tariffRegionOf } from './tariff-region.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Asked = { readonly householdId: string; readonly date?: LocalDate | undefined };

/** The meter-reading period of the date, as far as the household pays for it, and the supply in force. */
const billingOn = (date: LocalDate, rows: SupplyRows, today: LocalDate): Billed => {
  if (date > today) throw new Refused('invalid', `date: ${date} has not begun; ask for a day up to today, ${today}`);
  const billed = billedOn(rows, date);
  if (billed.status === 'unbilled') throw new Refused('invalid', `date: ${billed.detail}`);
  return billed;
};

/** The sums of what is known of the period before and with today, and how much is not. */
const useOf = (facts: ReadonlyMap<LocalDate, DayFacts>, { from, to }: Period, today: LocalDate): RunningBill['use'] => {
  const days = datesBetween(from, to < today ? to : today).map((date) => ({ date, facts: facts.get(date) }));
  const known = days.filter((day) => day.facts?.importWh !== undefined);
  const isOver = days.filter(({ date }) => date < today);
  // today may have nothing to tell yet, and is no gap for it
  const told = days.filter((day) => day.facts !== undefined || day.date < today);
  const {
    importWh = 0,
    exportWh = 0,
    quality,
  } = aggregate(told.map((day) => (day.facts ? partOf(day.facts) : UNKNOWN_DAY)));
  const missingDays = isOver.length - known.filter(({ date }) => date < today).length;
  return { importWh, exportWh, missingDays, quality };
};

const nettedPeriod = (rows: SupplyRows, date: LocalDate): Period | undefined => {
  const billed = billedOn(rows, date);
  return billed.status === 'billed' && billed.supply.netMetering ? billed.period : undefined;
};

type Known = { readonly items: ReadonlyMap<LocalDate, BilledDay>; readonly days: readonly DayUse[] };

/** The credit that the period's days were told with, so that bill and daily costs agree; else what the days before leave. */
const creditInto = ({ supply, period: { from, to } }: Billed, rows: SupplyRows, { items, days }: Known): number => {
  if (!supply.netMetering) return 0;
  const told = [...items.values()].find(
    ({ date, cost }) => from <= date && date <= to && cost?.carriedInKwh !== undefined,
  );
  return told?.cost?.carriedInKwh ?? carriedCredit(from, days, (date) => nettedPeriod(rows, date));
};

/** The bill of a meter-reading period: to date, and projected to its end. Once the period is over, the bill to date is its bill. */
export const readRunningBill = async (deps: Deps, { householdId, date }: Asked): Promise<RunningBill> => {
  const today = localDate(deps.clock.now());
  const [{ rows }, profile] = await Promise.all([
    readSupplies(deps.table, householdId),
    readProfile(deps.table, householdId),
  ]);
  const billed = billingOn(date ?? today, rows, today);
  const { supply, assumed, period } = billed;
  const region = tariffRegionOf(profile?.region);
  const { items, facts } = await readBillDays(deps, householdId, period);
  const days = [...facts.values()].flatMap((day) => toDayUse(day, region) ?? []);
  const carriedKwh = creditInto(billed, rows, { items, days });
  const { toDate, projected, tierBar } = billSoFar({ supply: { ...supply, region }, period, days, carriedKwh, today });
  if (toDate.status === 'refused') throw new Refused('invalid', `date: ${toDate.detail}`);
  const { from, to, days: length } = period;
  const daysPassed = Math.min(length, datesBetween(from, today).length - 1);
  return {
    householdId,
    period: { from, to, days: length, daysPassed },
    supply,
    supplyAssumed: assumed,
    use: useOf(facts, period, today),
    toDate,
    projected,
    tierBar,
  };
};
