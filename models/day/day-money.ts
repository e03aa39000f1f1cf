import type { LocalDate } from '../calendar/seoul.ts';
import type { BillAnswer } from '../tariff/bill.ts';
import { supplyBill, type Contract, type PeriodUse } from '../tariff/supply-bill.ts';
import type { BandWh, DaySaving } from './day-value.ts';
import { worthOf } from './day-worth.ts';
import type { DayFacts } from './derive-day.ts';

export type MoneyDay = Pick<DayFacts, 'date' | 'importWh' | 'exportWh'> & {
  /** by the hours of the contract's region */
  readonly bandWh?: BandWh | undefined;
  readonly saving?: DaySaving | undefined;
};
type KnownDay = MoneyDay & { readonly importWh: number };

/** Use of the period so far: as it was, and as the baselines expected it. */
type Running = { readonly actual: PeriodUse; readonly expected: PeriodUse };

export type DayMoney = {
  readonly cost?: { readonly won: number; readonly provisional: boolean };
  /** why there is no cost */
  readonly withheld?: string;
  /** what the day changed of bill(expected) − bill(actual) of its period: for sums over the period; null: it cannot be said */
  readonly savedWon: number | null;
  /** what the energy that the day saved is worth; null: it saved none that is known, or it cannot be said */
  readonly worthWon: number | null;
  readonly before: Running;
};

export type BillingPeriod = {
  readonly supply: Contract;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** net metering: credit left from the period before, whole kWh */
  readonly carriedKwh: number;
};

/** Bands are followed where the contract needs them. */
const noUse = ({ supply, carriedKwh }: BillingPeriod): PeriodUse => ({
  importWh: 0,
  exportWh: 0,
  carriedKwh,
  ...(supply.plan.plan === 'tou' && { bandWh: { off: 0, mid: 0, peak: 0 } }),
});

type Use = { readonly importWh: number; readonly exportWh?: number | undefined; readonly bandWh?: BandWh | undefined };

const sumBands = (a: BandWh, b: BandWh): BandWh => ({ off: a.off + b.off, mid: a.mid + b.mid, peak: a.peak + b.peak });

/** One day whose hours are not known, and those of the period are not. */
const plus = (use: PeriodUse, { importWh, exportWh = 0, bandWh }: Use): PeriodUse => ({
  importWh: use.importWh + importWh,
  exportWh: use.exportWh + exportWh,
  carriedKwh: use.carriedKwh,
  ...(use.bandWh && bandWh && { bandWh: sumBands(use.bandWh, bandWh) }),
});

const isKnown = (day: MoneyDay): day is KnownDay => day.importWh !== undefined;

/** The use of the days of a period, as far as it is known. */
export const periodUse = (period: BillingPeriod, days: readonly MoneyDay[]): PeriodUse =>
  days.filter(isKnown).reduce(plus, noUse(period));

/** A day without a baseline is expected as it was. */
const expectedUse = (day: KnownDay): Use =>
  day.saving?.status === 'saved'
    ? { importWh: day.saving.expectedWh, exportWh: day.exportWh, bandWh: day.saving.expectedBandWh }
    : day;

type Step = {
  readonly day: MoneyDay;
  readonly before: Running;
  readonly after: Running;
  /** at the end of the last day before that has a saving */
  readonly toldAt: Running | undefined;
};

const stepsOf = (period: BillingPeriod, days: readonly MoneyDay[]): Step[] => {
  const nothing = noUse(period);
  let now: Running = { actual: nothing, expected: nothing };
  let toldAt: Running | undefined;
  return days.map((day) => {
    const before = now;
    const told = toldAt;
    if (isKnown(day)) now = { actual: plus(now.actual, day), expected: plus(now.expected, expectedUse(day)) };
    if (day.saving?.status === 'saved') toldAt = now;
    return { day, before, after: now, toldAt: told };
  });
};

const wonOf = (bill: BillAnswer): number | null => (bill.status === 'priced' ? bill.won.bill : null);
const minus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);
const isSame = (a: PeriodUse, b: PeriodUse): boolean =>
  a.importWh === b.importWh && a.bandWh?.off === b.bandWh?.off && a.bandWh?.mid === b.bandWh?.mid;

type Pricing = (use: PeriodUse) => BillAnswer;

/** Prices each use once: the bill before a day is the one after the day before. */
const pricing = (period: BillingPeriod): Pricing => {
  const known = new Map<PeriodUse, BillAnswer>();
  return (use) => {
    const bill = known.get(use) ?? supplyBill(period.supply, period, use);
    known.set(use, bill);
    return bill;
  };
};

const worthIn = (price: Pricing, use: PeriodUse, { saving, bandWh }: MoneyDay): number | null =>
  saving?.status === 'saved' ? worthOf((at) => wonOf(price(at)), use, { saving, bandWh }) : null;

const moneyOfStep = (step: Step, price: Pricing, isFirst: boolean): DayMoney => {
  const { day, before, after, toldAt } = step;
  const nothing = { savedWon: null, worthWon: null, before };
  if (!isKnown(day)) return { withheld: 'missing-use', ...nothing };
  const bill = price(after.actual);
  if (bill.status !== 'priced') return { withheld: bill.code, ...nothing };
  const lead = (at: Running | undefined): number | null =>
    !at || isSame(at.actual, at.expected) ? 0 : minus(wonOf(price(at.expected)), wonOf(price(at.actual)));
  // a bill grows a reason to be unsupported, it never loses one: with the day priced, so is the use before it
  const wonBefore = isFirst ? 0 : (wonOf(price(before.actual)) ?? 0);
  return {
    cost: { won: bill.won.bill - wonBefore, provisional: bill.provisional },
    savedWon: minus(lead(after), lead(toldAt)),
    worthWon: worthIn(price, after.actual, day),
    before,
  };
};

/**
 * What each day added to the bill of its period: the bill of the use up to and with the day, less that of the use before it, the
 * first known day taking all. The sum over the days is the bill of the period, whatever steps it has. In the same way a day's
 * saved won is what has changed of bill(expected) − bill(actual) since the last day with a saving: it belongs to the sum of the period, where
 * the days before may outweigh the day. What is told of the day alone is the worth of its energy.
 * `days`: those of the period, ascending; only the `wanted` are priced.
 */
export const moneyOf = (
  period: BillingPeriod,
  days: readonly MoneyDay[],
  wanted: (date: LocalDate) => boolean,
): Map<LocalDate, DayMoney> => {
  const price = pricing(period);
  const first = days.find(isKnown)?.date;
  const steps = stepsOf(period, days).filter(({ day }) => wanted(day.date));
  return new Map(steps.map((step) => [step.day.date, moneyOfStep(step, price, step.day.date === first)]));
};

/** Net metering: the credit that the period's days leave for the next one, whole kWh. */
export const creditAfter = (period: BillingPeriod, days: readonly MoneyDay[]): number => {
  const bill = supplyBill(period.supply, period, periodUse(period, days));
  return bill.status === 'priced' ? (bill.netMetering?.carriedOutKwh ?? 0) : 0;
};
