import type { LocalDate } from '../calendar/seoul.ts';
import { datesBetween } from '../day/open-days.ts';
import { billedKwh } from '../tariff/billed-kwh.ts';
import { readingPeriod } from '../tariff/reading-period.ts';
import { supplyBill, type Contract } from '../tariff/supply-bill.ts';
import { bandOf } from '../tariff/time-bands.ts';
import type { Band } from '../tariff/rows/time-of-use.ts';
import type { AdviceHome, WonRange } from './advice-home.ts';
import { kindOfDay, surplusOf, type WholeDay } from './whole-days.ts';

/** A day of the billing month, lived as one of the home's own days of that kind. */
export type MonthDay = {
  readonly date: LocalDate;
  readonly day: WholeDay;
  /** band of each hour under a time-of-use contract */
  readonly bands: readonly Band[] | undefined;
};
export type Month = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly contract: Contract;
  /** credit of net metering that enters the period, whole kWh */
  readonly carriedKwh: number;
  readonly days: readonly MonthDay[];
};

const bandsOn = ({ plan, region }: Contract, date: LocalDate): readonly Band[] | undefined => {
  if (plan.plan !== 'tou' || region === undefined) return undefined;
  const bands = Array.from({ length: 24 }, (_, hour) => bandOf(region, date, hour)).filter(
    (band) => band !== undefined,
  );
  return bands.length === 24 ? bands : undefined;
};

/**
 * The whole billing period of today under the contract, each of its days as the latest own day of its kind, in turn. Undefined without
 * days, or where the hours of the contract, or what is set off under it, are not known.
 */
export const typicalMonth = (
  { contract, today, carriedKwh }: Pick<AdviceHome, 'contract' | 'today' | 'carriedKwh'>,
  recent: readonly WholeDay[],
): Month | undefined => {
  const { from, to } = readingPeriod(today, contract.readingDay);
  const byKind = Map.groupBy(recent.toReversed(), ({ date }) => kindOfDay(date));
  const turns = new Map<string, number>();
  const days = datesBetween(from, to).flatMap((date): MonthDay[] => {
    const kind = kindOfDay(date);
    const own = byKind.get(kind) ?? recent;
    const turn = turns.get(kind) ?? 0;
    turns.set(kind, turn + 1);
    const day = own[turn % own.length];
    return day ? [{ date, day, bands: bandsOn(contract, date) }] : [];
  });
  const lacks =
    days.length === 0 ||
    (contract.netMetering && carriedKwh === null) ||
    days.some(
      ({ bands, day }) => (contract.plan.plan === 'tou' && !bands) || (contract.netMetering && day.exportWh === null),
    );
  return lacks ? undefined : { from, to, contract, carriedKwh: carriedKwh ?? 0, days };
};

/** Wh of load that a measure takes off each hour of a day; negative: adds to it. */
export type Measure = (day: MonthDay) => readonly number[];
/** The least and the most that is expected of a measure. */
export type Extent = { readonly cautious: Measure; readonly full: Measure };

/** Exchange of a month with the grid, Wh; `mid` is all of it where no band is told apart. */
type Exchange = Record<Band, number> & { exportWh: number };
const nothing = (): Exchange => ({ off: 0, mid: 0, peak: 0, exportWh: 0 });

const exchangeOf = ({ days }: Month): Exchange => {
  const total = nothing();
  for (const { day, bands } of days) {
    for (const [hour, wh] of day.importWh.entries()) total[bands?.[hour] ?? 'mid'] += wh;
    total.exportWh += day.exportWh ?? 0;
  }
  return total;
};

/** What less load comes to at the meter: less is drawn while something is drawn, and the rest is fed in; more load takes the surplus first. */
const changeOf = ({ days }: Month, measure: Measure): Exchange => {
  const change = nothing();
  for (const one of days) {
    const surplus = surplusOf(one.day);
    for (const [hour, less] of measure(one).entries()) {
      const drawn = less > 0 ? Math.min(less, one.day.importWh[hour] ?? 0) : Math.min(0, less + (surplus[hour] ?? 0));
      change[one.bands?.[hour] ?? 'mid'] += drawn;
      change.exportWh -= less - drawn;
    }
  }
  return change;
};

const billOf = ({ contract, carriedKwh, from, to }: Month, use: Exchange): number | undefined => {
  const bandWh = { off: use.off, mid: use.mid, peak: use.peak };
  const answer = supplyBill(
    contract,
    { from, to },
    { importWh: use.off + use.mid + use.peak, exportWh: use.exportWh, carriedKwh, bandWh },
  );
  return answer.status === 'priced' ? answer.won.bill : undefined;
};

const eachPart = (of: (part: Band | 'exportWh') => number): Exchange => ({
  off: of('off'),
  mid: of('mid'),
  peak: of('peak'),
  exportWh: of('exportWh'),
});
const KWH = 1000;
/** A bill counts whole kWh. The least is rounded against the measure, so that no rounding is sold as a saving. */
const wholeKwh = (change: Exchange, round: (kwh: number) => number): Exchange =>
  eachPart((part) => (part === 'exportWh' ? -round(-change.exportWh / KWH) * KWH : round(change[part] / KWH) * KWH));

/** Nobody's month is known to better than this: a tier's limit may lie on either side. */
export const USE_LEVELS = [0.9, 1, 1.1];

/** The use of the month at each level, in the whole kWh that a bill counts. */
const usesOf = (month: Month): Exchange[] => {
  const use = exchangeOf(month);
  return USE_LEVELS.map((level) => eachPart((part) => billedKwh(use[part] * level) * KWH));
};

const rangeOf = (saved: readonly (number | undefined)[]): WonRange | undefined => {
  const known = saved.filter((won) => won !== undefined);
  if (known.length < saved.length) return undefined;
  const low = Math.max(0, Math.min(...known));
  return { low, high: Math.max(low, ...known) };
};

const less = (before: number | undefined, after: number | undefined): number | undefined =>
  before === undefined || after === undefined ? undefined : before - after;

const afterOf = (month: Month, use: Exchange, change: Exchange): number | undefined =>
  billOf(
    month,
    eachPart((part) => Math.max(0, use[part] - change[part])),
  );

/**
 * Won a month that a measure would save: the bill of the month as it is less that with the measure, at each of three levels of use and both
 * extents of the measure; the range holds all six. Undefined where one of the bills cannot be made.
 */
export const wonRange = (month: Month, { cautious, full }: Extent): WonRange | undefined => {
  const changes = [wholeKwh(changeOf(month, cautious), Math.floor), wholeKwh(changeOf(month, full), Math.round)];
  return rangeOf(
    usesOf(month).flatMap((use) => changes.map((change) => less(billOf(month, use), afterOf(month, use, change)))),
  );
};

/**
 * Won a month that a measure has saved in a month that was lived with it: the bill of the month with what the measure took off put back, less
 * that of the month as it is. The range holds all as in `wonRange`.
 */
export const wonSaved = (month: Month, { cautious, full }: Extent): WonRange | undefined => {
  const without =
    (measure: Measure): Measure =>
    (day) =>
      measure(day).map((wh) => -wh);
  const changes = [
    wholeKwh(changeOf(month, without(cautious)), Math.ceil),
    wholeKwh(changeOf(month, without(full)), Math.round),
  ];
  return rangeOf(
    usesOf(month).flatMap((use) => changes.map((change) => less(afterOf(month, use, change), billOf(month, use)))),
  );
};

/** Won a month that one contract costs less than another over the same days, at each of the three levels. */
export const wonBetween = (before: Month, after: Month): WonRange | undefined => {
  const now = usesOf(after);
  return rangeOf(
    usesOf(before).map((use, level) => less(billOf(before, use), now[level] && billOf(after, now[level]))),
  );
};
