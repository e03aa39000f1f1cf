import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dayStart, SLOT_MS, type LocalDate } from '../calendar/seoul.ts';
import { ASSUMED_SUPPLY, type Supply } from '../household/supply.ts';
import { priceBill } from '../tariff/bill.ts';
import type { BillRequest } from '../tariff/request.ts';
import type { HouseholdQuarter } from '../usage/balance.ts';
import type { DayFacts } from './derive-day.ts';
import type { Home } from './figure-days.ts';
import { datesBetween } from './open-days.ts';
import { figureToday, type PastHours, type TodayCase } from './today.ts';

/** Published and derived bills of October 2026, won by kWh (models/tariff/golden). */
const [header = '', ...lines] = readFileSync(new URL('../tariff/golden/bills.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const at = (line: string, name: string): string => line.split(',')[header.split(',').indexOf(name)] ?? '';
const goldenBill = (kwh: number): number => {
  const line = lines.find((one) => at(one, 'id') === `der-low-20261001-${kwh}`);
  if (line === undefined) throw new Error(`no golden bill of ${kwh} kWh`);
  return Number(at(line, 'bill'));
};

const TODAY = '2026-10-20';
const PAST = datesBetween('2026-08-01', '2026-10-19');
/** Of every usual hour; 9.6 kWh a day. */
const HOUR_WH = 400;
const FLAT: PastHours = {
  importWh: Array.from({ length: 24 }, () => HOUR_WH),
  loadWh: Array.from({ length: 24 }, () => HOUR_WH),
};
const dayOf = (date: LocalDate, importWh = 24 * HOUR_WH, over: Partial<DayFacts> = {}): DayFacts => ({
  date,
  importWh,
  exportWh: 0,
  loadWh: importWh,
  quality: 'good',
  missingSlots: 0,
  source: 'measured',
  ...over,
});
/** A quarter hour of it is not known: it is on the bill, and no day to be held against. */
const onTheBillOnly = (date: LocalDate, importWh: number): DayFacts =>
  dayOf(date, importWh, { missingImportSlots: 1, quality: 'estimated' });

const quartersOf = (wh: readonly number[]): HouseholdQuarter[] =>
  wh.map((importWh, slot) => ({
    startMs: dayStart(TODAY) + slot * SLOT_MS,
    importWh,
    exportWh: 0,
    solarWh: undefined,
    toBatteryWh: undefined,
    fromBatteryWh: undefined,
    loadWh: importWh,
    quality: 'good',
  }));
/** The same in each of so many quarter hours, the rest of it in the first. */
const usedIn = (slots: number, wh: number): HouseholdQuarter[] => {
  const each = Math.floor(wh / slots);
  return quartersOf(Array.from({ length: slots }, (_, slot) => (slot === 0 ? wh - each * (slots - 1) : each)));
};

const home = (supply: Partial<Supply> = {}): Home => ({
  supplies: [{ from: '2025-01-01', supply: { ...ASSUMED_SUPPLY, ...supply } }],
  region: 'mainland',
  isDemo: false,
  hasMeter: true,
});
/** A flat home, whose October before today came to so much. */
const caseOf = (beforeWh: number, quarters: readonly HouseholdQuarter[], over: Partial<TodayCase> = {}): TodayCase => ({
  home: home(),
  date: TODAY,
  days: PAST.map((date) => (date === '2026-10-01' ? onTheBillOnly(date, beforeWh - 18 * 24 * HOUR_WH) : dayOf(date))),
  hours: new Map(PAST.map((date) => [date, FLAT])),
  quarters,
  closed: quarters,
  ...over,
});

const NOON = 48;
const USUAL_UNTIL_NOON = 12 * HOUR_WH;

describe('what today has saved until noon is the difference of two golden bills', () => {
  test.each([
    [201, 200],
    [401, 400],
  ])('of %i kWh, as usual, and %i kWh: 1 kWh less keeps the home in the lower tier', (expectedKwh, actualKwh) => {
    const before = expectedKwh * 1000 - USUAL_UNTIL_NOON;
    const { saving, untilMs, comparedDates } = figureToday(caseOf(before, usedIn(NOON, USUAL_UNTIL_NOON - 1000)));
    expect(untilMs).toBe(dayStart(TODAY) + NOON * SLOT_MS);
    expect(saving).toMatchObject({
      status: 'saved',
      expectedWh: USUAL_UNTIL_NOON,
      savedWh: 1000,
      savedWon: goldenBill(expectedKwh) - goldenBill(actualKwh),
      worthWon: goldenBill(expectedKwh) - goldenBill(actualKwh),
      remarks: [],
    });
    // ten weekdays: 9 October, Hangeul Day, and 5 October, in lieu of Foundation Day, are none
    expect(comparedDates).toHaveLength(10);
    expect(comparedDates[0]).toBe('2026-10-19');
    expect(comparedDates).not.toContain('2026-10-09');
  });

  test('of more than usual it is a loss of as much', () => {
    const { saving } = figureToday(caseOf(200_000 - USUAL_UNTIL_NOON, usedIn(NOON, USUAL_UNTIL_NOON + 1000)));
    expect(saving).toMatchObject({
      savedWh: -1000,
      savedWon: goldenBill(200) - goldenBill(201),
      worthWon: goldenBill(200) - goldenBill(201),
    });
  });
});

describe('what today has cost so far is what it added to the bill', () => {
  test.each([
    [200, 201],
    [400, 401],
  ])('from %i to %i kWh', (before, after) => {
    expect(figureToday(caseOf(before * 1000, usedIn(NOON, (after - before) * 1000))).costWon).toBe(
      goldenBill(after) - goldenBill(before),
    );
  });

  test('on the first of the period it is the whole bill, base charge and all', () => {
    const quarters = usedIn(NOON, 100_000);
    const one = caseOf(0, quarters, { days: PAST.filter((date) => date < '2026-10-01').map((date) => dayOf(date)) });
    expect(figureToday(one).costWon).toBe(goldenBill(100));
  });

  test('with the quarter hour that runs, which the saving waits for', () => {
    const quarters = usedIn(NOON, 1000);
    const { costWon, saving, untilMs } = figureToday(
      caseOf(200_000, quarters, {
        closed: quarters.map((own, slot) => (slot === NOON - 1 ? { ...own, importWh: undefined } : own)),
      }),
    );
    expect(costWon).toBe(goldenBill(201) - goldenBill(200));
    expect(untilMs).toBe(dayStart(TODAY) + (NOON - 1) * SLOT_MS);
    // 11 hours and three quarters of the twelfth
    expect(saving).toMatchObject({ expectedWh: 11.75 * HOUR_WH, savedWh: 11.75 * HOUR_WH - (1000 - 20) });
  });
});

const billed = (use: BillRequest['use'], over: Partial<BillRequest> = {}): number => {
  const period = { from: '2026-10-01', to: '2026-10-31' };
  const answer = priceBill({ voltage: 'low', ...period, use, discounts: [], ...over });
  if (answer.status !== 'priced') throw new Error(answer.code);
  return answer.won.bill;
};

test('with credit for what the roof gave, both bills are set off against it', () => {
  const netted = (kwh: number): number =>
    billed({ plan: 'progressive', kwh }, { netMetering: { exportKwh: 99, carriedKwh: 0, vatOnSupply: false } });
  const one = caseOf(300_000 - USUAL_UNTIL_NOON, usedIn(NOON, USUAL_UNTIL_NOON - 1000), {
    home: home({ netMetering: true }),
  });
  // the first of October gave 99 kWh: the tier is that of 201 and of 200 kWh
  const days = one.days.map((day) => (day.date === '2026-10-01' ? { ...day, exportWh: 99_000 } : day));
  const { saving } = figureToday({ ...one, days });
  expect(saving).toMatchObject({
    savedWh: 1000,
    savedWon: netted(300) - netted(299),
    worthWon: netted(300) - netted(299),
  });
  expect(netted(300) - netted(299)).toBeGreaterThan(netted(299) - netted(298));
  // what the roof gives in the quarter hour that runs waits for its end, as the use does: 5 kWh would take the bill into the lower tier
  const running = quartersOf(Array.from({ length: NOON + 1 }, () => 0)).slice(NOON);
  const closed = [...one.closed, ...running.map((own) => ({ ...own, exportWh: 5000, importWh: undefined }))];
  expect(figureToday({ ...one, days, closed }).saving).toEqual(saving);
});

describe('with a contract by time of use, as much less in the middle band', () => {
  const ofBands = (off: number, mid: number, peak: number): number =>
    billed({ plan: 'tou', contractKw: 3, bandKwh: { off, mid, peak } });
  const bandsOn = (off: number, mid: number, peak: number) => ({
    importWh: off + mid + peak,
    bandWh: { mainland: { off, mid, peak } },
  });
  // 10 h off-peak, 8 h in between and 6 h peak on a weekday; until noon 8 h off-peak and 4 h in between
  const days = PAST.map((date) =>
    date === '2026-10-01'
      ? { ...onTheBillOnly(date, 0), ...bandsOn(29_800, 46_800, 46_800) }
      : dayOf(date, 24 * HOUR_WH, bandsOn(4000, 3200, 2400)),
  );
  /** 1 kWh less than usual from 8 h to noon */
  const quarters = quartersOf(Array.from({ length: NOON }, (_, slot) => (slot < 32 ? 100 : slot < 42 ? 60 : 0)));
  const { saving } = figureToday({
    ...caseOf(0, quarters),
    home: home({ plan: { plan: 'tou', contractKw: 3 } }),
    days,
  });

  test('what is expected until noon has the bands of those hours, not those of the whole day', () => {
    expect(saving).toMatchObject({
      expectedWh: 4800,
      expectedBandWh: { off: 3200, mid: 1600, peak: 0 },
      savedWh: 1000,
    });
  });

  test('it saves the difference to the golden bill of 105, 105 and 90 kWh', () => {
    expect(ofBands(105, 105, 90)).toBe(69_870);
    expect(saving).toMatchObject({ savedWon: ofBands(105, 106, 90) - 69_870 });
  });

  test('the kWh is worth two thirds of one off-peak and one of one in between, as the usual use until noon is', () => {
    const [off, mid] = [ofBands(106, 105, 90) - 69_870, ofBands(105, 106, 90) - 69_870];
    expect(saving).toMatchObject({ worthWon: Math.round((2 * off + mid) / 3) });
    expect(off).toBeLessThan(mid);
  });

  test('a home that draws nothing at this hour, as always, has saved 0 won: that is known', () => {
    const hours = { importWh: Array.from({ length: 24 }, (_, hour) => (hour < 6 ? 0 : 100)), loadWh: [] };
    const night = figureToday({
      ...caseOf(0, usedIn(8, 0)),
      home: home({ plan: { plan: 'tou', contractKw: 3 } }),
      days,
      hours: new Map(PAST.map((date) => [date, hours])),
    });
    expect(night.saving).toMatchObject({ expectedWh: 0, savedWh: 0, savedWon: 0, worthWon: 0 });
  });
});
