import type { LocalDate } from '../calendar/seoul.ts';
import { bandsAtEnd, bandsOfDays } from './band-shares.ts';
import type { BillAnswer } from './bill.ts';
import type { DayUse } from './use-series.ts';
import type { Period } from './period.ts';
import { exportOf, importOf, periodWays, type Way } from './period-ways.ts';
import { progressiveRates } from './progressive.ts';
import type { Projection, Range, TierBar } from './projection-value.ts';
import { CONFIDENCE_PERCENT, HIGH, LOW, MIDDLE, quantiles, type Weighted } from './quantile.ts';
import { supplyBill, type Contract } from './supply-bill.ts';
import { nettedKwh, tierBarOf, type Netting } from './tier-bar.ts';

/** Everything the running bill of one period rests on. */
export type PeriodSoFar = {
  readonly supply: Contract;
  readonly period: Period;
  /** the days of the period of which something is known, today's part included, and the home's past before them */
  readonly days: readonly DayUse[];
  /** net-metering credit from the periods before, whole kWh */
  readonly carriedKwh: number;
  readonly today: LocalDate;
};

type BillSoFar = {
  readonly toDate: BillAnswer;
  /** null: the period is over */
  readonly projected: Projection | null;
  /** null: the plan has no tiers */
  readonly tierBar: TierBar | null;
};

/** The home's own past, day after day, moved to its level of late (use-paths.ts). */
const METHOD = { method: 'own-past', version: 1 };

const refuse = (code: string, detail: string): Projection => ({ status: 'refused', code, detail });

const inPeriod = ({ period, days }: PeriodSoFar): DayUse[] =>
  days.filter(({ date }) => period.from <= date && date <= period.to);

const sum = (days: readonly DayUse[], flow: 'importWh' | 'exportWh'): number =>
  days.reduce((total, day) => total + day[flow], 0);

const billToDate = (soFar: PeriodSoFar): BillAnswer => {
  const { supply, period, carriedKwh } = soFar;
  const known = inPeriod(soFar);
  const bandWh = bandsOfDays(known);
  const use = { importWh: sum(known, 'importWh'), exportWh: sum(known, 'exportWh'), carriedKwh };
  return supplyBill(supply, period, { ...use, ...(bandWh && { bandWh }) });
};

/** The bill of one way the period may turn out. */
const billOfWay = (soFar: PeriodSoFar, way: Way): BillAnswer => {
  const known = inPeriod(soFar);
  const importWh = importOf(way);
  const bandsSoFar = bandsOfDays(known);
  const bandWh = bandsSoFar && bandsAtEnd(bandsSoFar, importWh - sum(known, 'importWh'), soFar.days);
  const { supply, period, carriedKwh } = soFar;
  return supplyBill(supply, period, { importWh, exportWh: exportOf(way), carriedKwh, ...(bandWh && { bandWh }) });
};

type Three = readonly [Way, Way, Way];

/** Of the ways in ascending `order`: the one that one in ten lies below, the middle one, the one that one in ten lies above. */
const spread = (ways: readonly Weighted<Way>[], order: (way: Way) => number): Three | undefined => {
  const [low, middle, high] = quantiles(ways, [LOW, MIDDLE, HIGH], order);
  return low && middle && high ? [low, middle, high] : undefined;
};

const rangeOf = ([low, middle, high]: Three, figure: (way: Way) => number): Range => ({
  low: Math.round(figure(low)),
  middle: Math.round(figure(middle)),
  high: Math.round(figure(high)),
});

/** A bill grows with the billed use, so the bills of three ways are the quantiles of the bills of all. */
const projectionOf = (soFar: PeriodSoFar, byImport: Three, byBilled: Three): Projection => {
  const bills = byBilled.map((way) => billOfWay(soFar, way));
  for (const bill of bills) {
    if (bill.status === 'unsupported') return refuse(bill.code, bill.reason);
    if (bill.status === 'refused') return refuse(bill.code, bill.detail);
  }
  const [low = 0, middle = 0, high = 0] = bills.map((bill) => (bill.status === 'priced' ? bill.won.bill : 0));
  return {
    status: 'projected',
    billWon: { low, middle, high },
    useWh: rangeOf(byImport, importOf),
    confidencePercent: CONFIDENCE_PERCENT,
    ...METHOD,
  };
};

const nettingOf = ({ supply, carriedKwh }: PeriodSoFar): Netting => (supply.netMetering ? { carriedKwh } : undefined);

const barOf = (soFar: PeriodSoFar, projected: Parameters<typeof tierBarOf>[2]): TierBar | null => {
  const { supply, period } = soFar;
  if (supply.plan.plan !== 'progressive') return null;
  const rates = progressiveRates[supply.voltage](period.from, period.to);
  if ('status' in rates) return null;
  const known = inPeriod(soFar);
  return tierBarOf(rates, nettedKwh(sum(known, 'importWh'), sum(known, 'exportWh'), nettingOf(soFar)), projected);
};

/** The bill of a period to date, what it is projected to come to, and where its use stands among the tiers. */
export const billSoFar = (soFar: PeriodSoFar): BillSoFar => {
  const { period, days, today } = soFar;
  const toDate = billToDate(soFar);
  if (today > period.to) return { toDate, projected: null, tierBar: barOf(soFar, null) };
  const ways = periodWays(period, days, today);
  if ('status' in ways) return { toDate, projected: ways, tierBar: barOf(soFar, null) };
  const netting = nettingOf(soFar);
  const billed = (way: Way): number => importOf(way) - (netting ? exportOf(way) : 0);
  const [byImport, byBilled] = [spread(ways, importOf), spread(ways, billed)];
  if (!byImport || !byBilled) return { toDate, projected: null, tierBar: barOf(soFar, null) };
  const kwh = rangeOf(byBilled, (way) => nettedKwh(importOf(way), exportOf(way), netting));
  return {
    toDate,
    projected: projectionOf(soFar, byImport, byBilled),
    tierBar: barOf(soFar, { ways, netting, today, kwh }),
  };
};
