import { addDays, dayNumber, type LocalDate } from '../calendar/seoul.ts';
import type { Supply } from '../household/supply.ts';
import { billedKwh } from './billed-kwh.ts';
import type { DayUse } from './use-series.ts';
import type { Period } from './period.ts';
import { datesOf } from './period-ways.ts';
import { progressiveRates } from './progressive.ts';
import type { Range } from './projection-value.ts';
import { billSoFar } from './projection.ts';
import { residencePeriod } from './reading-period.ts';
import { supplyBill } from './supply-bill.ts';
import { tierLimits } from './tier-bar.ts';

/** Lives through the periods of a home whose days are known, morning by morning, and holds each projection against what came. */

/** The projection of one morning. */
export type Morning = {
  readonly home: string;
  readonly period: LocalDate;
  readonly daysPassed: number;
  readonly actual: { readonly wh: number; readonly won: number };
  /** null: it was refused */
  readonly projected: { readonly useWh: Range; readonly billWon: Range } | null;
};

/** A tier limit of one period: the day on which it was passed, and the first morning with an alert of it. */
export type Limit = {
  readonly home: string;
  readonly period: LocalDate;
  readonly limitKwh: number;
  readonly endKwh: number;
  readonly crossedOn: LocalDate | null;
  readonly alertedOn: LocalDate | null;
};

export type BackTest = { readonly mornings: Morning[]; readonly limits: Limit[] };

export type Tested = {
  readonly home: string;
  readonly supply: Supply;
  /** of which every period that is known as a whole, and lies between the two dates, is lived through */
  readonly days: readonly DayUse[];
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** how far back a morning may look before its period */
  readonly historyDays: number;
};

/** A home that stood empty has no bill to project: its relative errors have nothing to be relative to. */
const LEAST_WH = 20_000;

/** A period and its days, one by one. */
type LivedPeriod = { readonly period: Period; readonly use: readonly DayUse[] };

const limitsOf = (
  { home, supply }: Tested,
  { period, use }: LivedPeriod,
  alerts: ReadonlyMap<number, LocalDate>,
): Limit[] => {
  const rates = progressiveRates[supply.voltage](period.from, period.to);
  if ('status' in rates) return [];
  let wh = 0;
  const kwh = use.map(({ importWh }) => billedKwh((wh += importWh)));
  return tierLimits(rates).map(({ limitKwh }): Limit => {
    const crossed = kwh.findIndex((value) => value > limitKwh);
    return {
      home,
      period: period.from,
      limitKwh,
      endKwh: kwh.at(-1) ?? 0,
      crossedOn: crossed < 0 ? null : addDays(period.from, crossed),
      alertedOn: alerts.get(limitKwh) ?? null,
    };
  });
};

const livePeriod = (tested: Tested, { period, use }: LivedPeriod): BackTest => {
  const { home, supply, days, historyDays } = tested;
  const wh = use.reduce((sum, { importWh }) => sum + importWh, 0);
  const bill = supplyBill(supply, period, { importWh: wh, exportWh: 0, carriedKwh: 0 });
  if (bill.status !== 'priced' || wh < LEAST_WH) return { mornings: [], limits: [] };
  const first = addDays(period.from, -historyDays);
  const seen = days.filter(({ date }) => date >= first && date <= period.to);
  const alerts = new Map<number, LocalDate>();
  const mornings = use.map(({ date: today }, daysPassed): Morning => {
    const known = seen.filter(({ date }) => date < today);
    const { projected, tierBar } = billSoFar({ supply, period, days: known, carriedKwh: 0, today });
    const crossing = tierBar?.crossing;
    if (crossing?.alert && !alerts.has(crossing.atKwh)) alerts.set(crossing.atKwh, today);
    const actual = { wh, won: bill.won.bill };
    return {
      home,
      period: period.from,
      daysPassed,
      actual,
      projected: projected?.status === 'projected' ? projected : null,
    };
  });
  return { mornings, limits: limitsOf(tested, { period, use }, alerts) };
};

export const backTest = (tested: Tested): BackTest => {
  const byDate = new Map(tested.days.map((day) => [day.date, day]));
  const result: BackTest = { mornings: [], limits: [] };
  for (let date = tested.from; dayNumber(date) <= dayNumber(tested.to);) {
    const period = residencePeriod(date, { readingDay: tested.supply.readingDay });
    if ('status' in period || period.to > tested.to) break;
    const use = datesOf(period).flatMap((day) => byDate.get(day) ?? []);
    if (use.length === period.days && period.from >= tested.from) {
      const { mornings, limits } = livePeriod(tested, { period, use });
      result.mornings.push(...mornings);
      result.limits.push(...limits);
    }
    date = addDays(period.to, 1);
  }
  return result;
};

const percent = (part: number, whole: number): number | null => (whole > 0 ? (100 * part) / whole : null);

const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
};

/** All in percent; null without a case. */
export type ProjectionScore = {
  readonly mornings: number;
  readonly refused: number;
  /** bills that lay within the interval, under it, over it */
  readonly heldPercent: number | null;
  readonly belowPercent: number | null;
  readonly abovePercent: number | null;
  /** uses that lay within theirs: to the Wh, while a bill goes by whole kWh */
  readonly useHeldPercent: number | null;
  /** median of |projected − actual| / actual */
  readonly billErrorPercent: number | null;
  readonly useErrorPercent: number | null;
  /** median of the interval's width over the actual bill */
  readonly widthPercent: number | null;
};

export const scoreMornings = (mornings: readonly Morning[]): ProjectionScore => {
  const known = mornings.flatMap(({ actual, projected }) => (projected ? [{ actual, ...projected }] : []));
  const share = (isSo: (one: (typeof known)[number]) => boolean): number | null =>
    percent(known.filter(isSo).length, known.length);
  const middle = (figure: (one: (typeof known)[number]) => number): number | null =>
    median(known.map((one) => 100 * figure(one)));
  return {
    mornings: known.length,
    refused: mornings.length - known.length,
    heldPercent: share(({ actual, billWon }) => billWon.low <= actual.won && actual.won <= billWon.high),
    belowPercent: share(({ actual, billWon }) => actual.won < billWon.low),
    abovePercent: share(({ actual, billWon }) => actual.won > billWon.high),
    useHeldPercent: share(({ actual, useWh }) => useWh.low <= actual.wh && actual.wh <= useWh.high),
    billErrorPercent: middle(({ actual, billWon }) => Math.abs(billWon.middle - actual.won) / actual.won),
    useErrorPercent: middle(({ actual, useWh }) => Math.abs(useWh.middle - actual.wh) / actual.wh),
    widthPercent: middle(({ actual, billWon }) => (billWon.high - billWon.low) / actual.won),
  };
};

/** An alert so many days before the day of crossing is in time. */
const AHEAD_DAYS = 3;

export type AlertScore = {
  readonly crossings: number;
  readonly aheadPercent: number | null;
  /** alerts of limits that were not passed, of all alerts */
  readonly alerts: number;
  readonly falsePercent: number | null;
};

export const scoreAlerts = (limits: readonly Limit[]): AlertScore => {
  const crossed = limits.filter(({ crossedOn }) => crossedOn !== null);
  const inTime = crossed.filter(
    ({ crossedOn, alertedOn }) =>
      alertedOn !== null && crossedOn !== null && alertedOn <= addDays(crossedOn, -AHEAD_DAYS),
  );
  const alerted = limits.filter(({ alertedOn }) => alertedOn !== null);
  return {
    crossings: crossed.length,
    aheadPercent: percent(inTime.length, crossed.length),
    alerts: alerted.length,
    falsePercent: percent(alerted.filter(({ crossedOn }) => crossedOn === null).length, alerted.length),
  };
};
