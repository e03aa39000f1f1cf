import { addDays, dayNumber, HOUR_MS } from '@hems/models/calendar/seoul';
import { worthOf } from '@hems/models/day/day-worth';
import { carbonOf } from '@hems/models/carbon/carbon';
import { ASSUMED_SUPPLY, type Supply } from '@hems/models/household/supply';
import type { Bill } from '@hems/models/tariff/bill-value';
import { billedKwh } from '@hems/models/tariff/billed-kwh';
import { readingPeriod } from '@hems/models/tariff/reading-period';
import { supplyBill } from '@hems/models/tariff/supply-bill';
import type { RunningBill } from '../api/bill.ts';
import type { Day, Days } from '../api/days.ts';
import type { Today } from '../api/today.ts';
import {
  datesOf,
  FIRST_DATE,
  knownQuarters,
  quartersOf,
  SETTLED_MS,
  sumOf,
  TODAY,
  usualWh,
  type Quarter,
} from './flat.ts';
import { HOME, type Span } from './flat-energy.ts';

/** What the service says of the money of the flat, from the same quarter hours and by the same sheets as it says it of a real home. */

/** Stated by the resident, read on the first; what the sun leaves over is set off. */
export const FLAT_SUPPLY: Supply = { ...ASSUMED_SUPPLY, netMetering: true };

type Use = { readonly importWh: number; readonly exportWh: number };
const useOf = (quarters: readonly Quarter[]): Use => ({
  importWh: sumOf(quarters, 'importWh'),
  exportWh: sumOf(quarters, 'exportWh'),
});

const priced = (period: Span, use: Use): Bill => {
  const answer = supplyBill(FLAT_SUPPLY, period, { ...use, carriedKwh: 0 });
  if (answer.status !== 'priced')
    throw new RangeError(`the period from ${period.from} is ${answer.status}: ${answer.code}`);
  return answer;
};
const wonOf = (period: Span, use: Use): number => priced(period, use).won.bill;

const periodOf = (date: string): Span => readingPeriod(date, FLAT_SUPPLY.readingDay);

/** What the use of a period came to before a date. */
const wonBefore = (date: string): number => {
  const period = periodOf(date);
  return period.from === date ? 0 : wonOf(period, useOf(knownQuarters(period.from, addDays(date, -1))));
};

const costOf = (date: string): number =>
  wonOf(periodOf(date), useOf(knownQuarters(periodOf(date).from, date))) - wonBefore(date);

/** The same part of the ten days before. */
const expectedWh = (date: string, quarters: number): number => {
  const before = datesOf(addDays(date, -10), addDays(date, -1));
  return Math.round(before.reduce((sum, one) => sum + sumOf(quartersOf(one).slice(0, quarters), 'importWh'), 0) / 10);
};

const savingOf = (date: string, importWh: number, quarters = 96) => {
  const expected = expectedWh(date, quarters);
  const period = periodOf(date);
  const use = useOf(knownQuarters(period.from, date));
  const wonAs = wonOf(period, { ...use, importWh: use.importWh - importWh + expected });
  const saving = {
    status: 'saved' as const,
    method: 'ten-of-ten',
    version: 1,
    expectedWh: expected,
    interval: { lowWh: Math.round(expected * 0.82), highWh: Math.round(expected * 1.2), confidencePercent: 80 },
    savedWh: expected - importWh,
    savedWon: wonAs - wonOf(period, use),
    savedCo2G: carbonOf(expected, date).grams - carbonOf(importWh, date).grams,
    quality: 'good' as const,
    remarks: [],
  };
  const worthWon = worthOf((at) => wonOf(period, at), { ...use, carriedKwh: 0 }, { saving });
  return { ...saving, worthWon };
};

/** A month after a day no reading changes it any more. */
const FINAL_AFTER_DAYS = 30;

const dayOf = (date: string): Day => {
  const quarters = quartersOf(date);
  const importWh = sumOf(quarters, 'importWh');
  const age = dayNumber(TODAY) - dayNumber(date);
  return {
    date,
    importWh,
    exportWh: sumOf(quarters, 'exportWh'),
    solarWh: sumOf(quarters, 'solarWh'),
    toBatteryWh: sumOf(quarters, 'toBatteryWh'),
    fromBatteryWh: sumOf(quarters, 'fromBatteryWh'),
    loadWh: sumOf(quarters, 'loadWh'),
    quality: 'good',
    missingSlots: 0,
    source: 'measured',
    cost: { won: costOf(date), provisional: false },
    saving: savingOf(date, importWh),
    revision: 0,
    inputsHash: 'flat',
    state: age > FINAL_AFTER_DAYS ? 'final' : 'provisional',
  };
};

const kept = new Map<string, Day>();
const keptDay = (date: string): Day => {
  const known = kept.get(date) ?? dayOf(date);
  kept.set(date, known);
  return known;
};

/** The first days have nothing to be held against and are left out. */
const FIRST_COMPARED = addDays(FIRST_DATE, 10);

export const flatDays = ({ from, to }: Span): Days => {
  const last = to < TODAY ? to : addDays(TODAY, -1);
  const days = datesOf(from < FIRST_COMPARED ? FIRST_COMPARED : from, last).map((date) => keptDay(date));
  const savings = days.flatMap(({ saving }) => (saving?.status === 'saved' ? [saving] : []));
  const sum = (of: (saving: (typeof savings)[number]) => number): number =>
    savings.reduce((total, saving) => total + of(saving), 0);
  return {
    householdId: HOME,
    days,
    saved:
      savings.length === 0
        ? null
        : {
            days: savings.length,
            savedWh: sum(({ savedWh }) => savedWh),
            savedWon: sum(({ savedWon }) => savedWon ?? 0),
            savedCo2G: sum(({ savedCo2G }) => savedCo2G),
            provisional: true,
          },
  };
};

export const flatToday = (): Today => {
  const quarters = knownQuarters(TODAY, TODAY);
  const importWh = sumOf(quarters, 'importWh');
  const { savedWon: _ofThePeriod, ...saving } = savingOf(TODAY, importWh, quarters.length);
  return {
    householdId: HOME,
    date: TODAY,
    untilMs: SETTLED_MS,
    loadWh: sumOf(quarters, 'loadWh'),
    importWh,
    quality: 'good',
    missingSlots: 0,
    costWon: costOf(TODAY),
    footprintG: carbonOf(importWh, TODAY).grams,
    saving: { ...saving, comparedDates: datesOf(addDays(TODAY, -10), addDays(TODAY, -1)).toReversed() },
    usualPowerW: Math.round(usualWh(TODAY, quarters.length) * 4),
    usualHourMs: Math.floor(SETTLED_MS / HOUR_MS) * HOUR_MS,
  };
};

const range = (low: number, middle: number, high: number) => ({ low, middle, high });

/** What the days to come are expected to draw, on the mean of the last four weeks. */
const projectedUse = (period: Span, { importWh, exportWh }: Use): readonly [low: Use, middle: Use, high: Use] => {
  const weeks = knownQuarters(addDays(TODAY, -28), addDays(TODAY, -1));
  const left = dayNumber(period.to) - dayNumber(TODAY) + 0.4;
  const more = (sumOf(weeks, 'importWh') / 28) * left;
  const at = (share: number): Use => ({ importWh: Math.round(importWh + more * share), exportWh });
  return [at(0.84), at(1), at(1.22)];
};

const TIER_KWH = [200, 400] as const;

/** The next limit, where the middle of the projection lies above it. */
const crossingOf = (
  usedKwh: number,
  kwh: ReturnType<typeof range>,
): NonNullable<RunningBill['tierBar']>['crossing'] => {
  const intoTier = usedKwh <= TIER_KWH[0] ? 2 : 3;
  const atKwh = TIER_KWH[intoTier - 2] ?? 0;
  if (usedKwh > atKwh || kwh.middle <= atKwh) return null;
  const daysTo = (end: number): number => Math.ceil((8.4 * (atKwh - usedKwh)) / (end - usedKwh));
  return {
    intoTier,
    atKwh,
    date: addDays(TODAY, daysTo(kwh.middle)),
    earliest: addDays(TODAY, daysTo(kwh.high)),
    latest: kwh.low > atKwh ? addDays(TODAY, daysTo(kwh.low)) : null,
    likelyPercent: kwh.low > atKwh ? 95 : 72,
    alert: true,
  };
};

/** The running period is projected; one that is over is not. */
export const flatBill = (date = TODAY): RunningBill => {
  const period = periodOf(date);
  const isOver = period.to < TODAY;
  const use = useOf(knownQuarters(period.from, period.to));
  const usedKwh = billedKwh(use.importWh) - Math.min(billedKwh(use.importWh), billedKwh(use.exportWh));
  const [low, middle, high] = projectedUse(period, use);
  const useWh = range(low.importWh, middle.importWh, high.importWh);
  const projectedKwh = range(billedKwh(useWh.low), billedKwh(useWh.middle), billedKwh(useWh.high));
  return {
    householdId: HOME,
    period: {
      ...period,
      days: dayNumber(period.to) - dayNumber(period.from) + 1,
      daysPassed: dayNumber(isOver ? addDays(period.to, 1) : TODAY) - dayNumber(period.from) + (isOver ? 0 : 1),
    },
    supply: FLAT_SUPPLY,
    supplyAssumed: false,
    use: { ...use, missingDays: 0, quality: 'good' },
    toDate: priced(period, use),
    projected: isOver
      ? null
      : {
          status: 'projected',
          billWon: range(wonOf(period, low), wonOf(period, middle), wonOf(period, high)),
          useWh,
          confidencePercent: 80,
          method: 'own-past',
          version: 1,
        },
    tierBar: {
      tiers: [
        { tier: 1, fromKwh: 0, toKwh: TIER_KWH[0] },
        { tier: 2, fromKwh: TIER_KWH[0] + 1, toKwh: TIER_KWH[1] },
        { tier: 3, fromKwh: TIER_KWH[1] + 1, toKwh: null },
      ],
      usedKwh,
      projectedKwh: isOver ? null : projectedKwh,
      crossing: isOver ? null : crossingOf(usedKwh, projectedKwh),
    },
  };
};
