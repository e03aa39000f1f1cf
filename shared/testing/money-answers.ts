import type * as z from 'zod/mini';
import { addDays, dayStart, DAY_MS, localDate } from '@hems/models/calendar/seoul';
import type { DayItem } from '@hems/models/day/day-value';
import { ASSUMED_SUPPLY } from '@hems/models/household/supply';
import { supplyBill } from '@hems/models/tariff/supply-bill';
import { readRunningBill, type RunningBill } from '../api/bill.ts';
import { readDays, scoreAnswer, type Days, type ScoreAnswer } from '../api/days.ts';
import { readSupply } from '../api/supply.ts';
import { readUsage, type Grain, type Usage, type UsageInterval } from '../api/usage.ts';
import { NOW_MS } from './answers.ts';

/** Answers about energy and money as their contract allows them; override what the test is about. */

export const TODAY = localDate(NOW_MS);

const datesOf = (from: string, to: string): string[] => {
  const dates: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
};

type Span = { readonly from: string; readonly to: string };

/** Whole days of 8 kWh each, none of them after today, unless `day` says otherwise. */
export const daysOfUsage = (
  { from, to }: Span,
  day: (date: string) => Partial<UsageInterval> = () => ({}),
  grain: Extract<Grain, 'day' | 'month'> = 'day',
): Usage => {
  const intervals = datesOf(from, to)
    .filter((date) => date <= TODAY)
    .map((date) => ({
      label: date,
      startMs: dayStart(date),
      endMs: dayStart(date) + DAY_MS,
      importWh: 8000,
      exportWh: 0,
      solarWh: null,
      toBatteryWh: null,
      fromBatteryWh: null,
      loadWh: 8000,
      quality: 'good',
      missingSlots: 0,
      ...day(date),
    }));
  return readUsage.answer.parse({ householdId: 'home-1', grain, from, to, timeZone: 'Asia/Seoul', intervals });
};

type Day = Days['days'][number];

/** A day of 8 kWh that cost 1,200 won and saved 0.9 kWh. */
export const aDay = (date: string, over: Partial<Day> = {}): Day => ({
  date,
  importWh: 8000,
  loadWh: 8000,
  quality: 'good',
  missingSlots: 0,
  source: 'measured',
  cost: { won: 1200, provisional: false },
  saving: {
    status: 'saved',
    method: 'ten-of-ten',
    version: 1,
    expectedWh: 8900,
    interval: { lowWh: 7000, highWh: 10_800, confidencePercent: 80 },
    savedWh: 900,
    savedWon: 193,
    worthWon: 190,
    savedCo2G: 376,
    quality: 'good',
    remarks: [],
  } satisfies DayItem['saving'],
  revision: 0,
  inputsHash: 'hash',
  state: 'provisional',
  ...over,
});

/** Daily items of a span, days before today only. */
export const someDays = ({ from, to }: Span, over: (date: string) => Partial<Day> = () => ({})): Days =>
  readDays.answer.parse({
    householdId: 'home-1',
    days: datesOf(from, to)
      .filter((date) => date < TODAY)
      .map((date) => aDay(date, over(date))),
    saved: { days: 30, savedWh: 27_000, savedWon: 5790, savedCo2G: 11_267, provisional: true },
  });

export const aScore = (over: Partial<Extract<ScoreAnswer, { status: 'scored' }>> = {}): ScoreAnswer =>
  scoreAnswer.parse({
    status: 'scored',
    score: 87,
    grade: 'B',
    official: false,
    from: addDays(TODAY, -30),
    to: addDays(TODAY, -1),
    lines: [
      { line: 'use', wh: 240_000, days: 30 },
      { line: 'normal-size', areaM2: 59, asM2: 85, changedByWh: 25_000 },
      { line: 'comparable-use', wh: 265_000 },
      { line: 'table-median', wh: 277_600, peers: 4, neededPeers: 30 },
      { line: 'ratio', permille: 955 },
      { line: 'score', score: 87, grade: 'B' },
    ],
    remarks: ['weather-not-considered', 'table-knows-no-seasons'],
    provisional: true,
    ...over,
  });

const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };

/** November up to its 22nd day: 176 kWh, 180 won a kWh to come, the second tier in sight. */
export const aRunningBill = (over: Partial<RunningBill> = {}): RunningBill =>
  readRunningBill.answer.parse({
    householdId: 'home-1',
    period: { ...NOVEMBER, days: 30, daysPassed: 22 },
    supply: ASSUMED_SUPPLY,
    supplyAssumed: true,
    use: { importWh: 176_200, exportWh: 0, missingDays: 0, quality: 'good' },
    toDate: supplyBill(ASSUMED_SUPPLY, NOVEMBER, { importWh: 176_200, exportWh: 0, carriedKwh: 0 }),
    projected: {
      status: 'projected',
      billWon: { low: 30_800, middle: 36_900, high: 44_200 },
      useWh: { low: 221_000, middle: 240_000, high: 262_000 },
      confidencePercent: 80,
      method: 'own-past',
      version: 1,
    },
    tierBar: {
      tiers: [
        { tier: 1, fromKwh: 0, toKwh: 200 },
        { tier: 2, fromKwh: 201, toKwh: 400 },
        { tier: 3, fromKwh: 401, toKwh: null },
      ],
      usedKwh: 176,
      projectedKwh: { low: 221, middle: 240, high: 262 },
      crossing: {
        intoTier: 2,
        atKwh: 200,
        date: '2026-11-25',
        earliest: '2026-11-24',
        latest: '2026-11-26',
        likelyPercent: 100,
        alert: true,
      },
    },
    ...over,
  });

export const aSupply = (over: Partial<z.infer<typeof readSupply.answer>> = {}): z.infer<typeof readSupply.answer> =>
  readSupply.answer.parse({ supply: ASSUMED_SUPPLY, assumed: true, ...over });
