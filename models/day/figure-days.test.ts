import { describe, expect, test } from 'vitest';
import { dayKind } from '../calendar/holidays.ts';
import { addDays } from '../calendar/seoul.ts';
import { ASSUMED_SUPPLY, type Supply } from '../household/supply.ts';
import { supplyBill } from '../tariff/supply-bill.ts';
import { gridUse } from './day-use.ts';
import { scoreOfDays } from './day-score.ts';
import type { DayFacts } from './derive-day.ts';
import { basisOf, billingOf, figureDays, type Home, type Stored } from './figure-days.ts';
import { monthOf } from './month-value.ts';
import { datesBetween } from './open-days.ts';

const HOME: Home = { supplies: [], region: 'mainland', areaM2: 85, isDemo: false, hasMeter: true };
/** It has said so before all of the days. */
const supplied = (supply: Supply) => ({ supplies: [{ from: '2020-01-01', supply }] });
const FRIDAY = '2026-11-20';
const day = (date: string, over: Partial<DayFacts> = {}): DayFacts => ({
  date,
  importWh: 10_000,
  exportWh: 0,
  loadWh: 10_000,
  quality: 'good',
  missingSlots: 0,
  source: 'measured',
  bandWh: { mainland: { off: 5000, mid: 3000, peak: 2000 }, jeju: { off: 4000, mid: 3000, peak: 3000 } },
  ...over,
});
const past = (over: (date: string) => Partial<DayFacts> = () => ({})): DayFacts[] =>
  datesBetween('2026-09-01', addDays(FRIDAY, -1)).map((date) => day(date, over(date)));
const figured = (facts: DayFacts, over: { home?: Partial<Home>; before?: readonly Stored[] } = {}) => {
  const [one] = figureDays({ ...HOME, ...over.home }, [...(over.before ?? past()), facts], [facts.date]);
  if (!one) throw new Error('the day has no figures');
  return one.figures;
};

describe('the figures of a day', () => {
  test('name cost with the assumed contract, CO2 with its row, and score', () => {
    const { cost, co2, score, withheld } = figured(day(FRIDAY));
    expect(cost).toMatchObject({ supplyAssumed: true });
    expect(co2).toEqual({
      footprintG: 4173,
      avoidedSelfG: 0,
      avoidedExportG: 0,
      row: 'grid-factor/consumption-end/2025-12-18',
    });
    expect(score).toEqual({ score: 76, grade: 'C' });
    expect(withheld).toBeUndefined();
  });

  test('put what the period costs without any use on its first day', () => {
    const [first, second] = figureDays(HOME, [day('2026-11-01'), day('2026-11-02')], ['2026-11-01', '2026-11-02']);
    const period = { from: '2026-11-01', to: '2026-11-30' };
    const bill = supplyBill(ASSUMED_SUPPLY, period, { importWh: 10_000, exportWh: 0, carriedKwh: 0 });
    expect(first?.figures.cost?.won).toBe(bill.status === 'priced' ? bill.won.bill : undefined);
    expect(second?.figures.cost?.won).toBeLessThan(first?.figures.cost?.won ?? 0);
  });

  test('count what a roof avoids at home apart from what it exports', () => {
    const sunny = day(FRIDAY, { importWh: 6000, solarWh: 12_000, exportWh: 5000 });
    expect(figured(sunny).co2).toMatchObject({ footprintG: 2504, avoidedSelfG: 2921, avoidedExportG: 2087 });
  });

  test('say nothing of an avoided footprint where the surplus is not measured', () => {
    const { co2, withheld } = figured(day(FRIDAY, { solarWh: 12_000, exportWh: undefined }));
    expect(co2).toBeUndefined();
    expect(withheld).toEqual({ co2: 'missing-export' });
  });

  test('save against days of the same kind: a Saturday is not measured by weekdays', () => {
    const before = past((date) => ({ importWh: dayKind(date) === 'weekday' ? 10_000 : 20_000 }));
    const saturday = figured(day('2026-11-21', { importWh: 18_000 }), { before: [...before, day(FRIDAY)] });
    expect(saturday.saving).toMatchObject({ status: 'saved', expectedWh: 20_000, savedWh: 2000, savedCo2G: 835 });
  });

  test('of less use than expected are won saved, of more use won lost', () => {
    const [less, more] = [
      figured(day(FRIDAY, { importWh: 4000 })).saving,
      figured(day(FRIDAY, { importWh: 16_000 })).saving,
    ];
    expect(less).toMatchObject({ status: 'saved', savedWh: 6000 });
    expect(less?.status === 'saved' && less.savedWon).toBeGreaterThan(0);
    expect(more?.status === 'saved' && more.savedWon).toBeLessThan(0);
  });

  test('of a day are worth its own energy, though the days before put the bill into a lower tier than usual', () => {
    // 19 days of 19.5 kWh, each 2 kWh less than expected: as the 20th begins its bill is at 371 kWh, the expected one at 409
    const saving: Stored['saving'] = {
      status: 'saved',
      method: 'any',
      version: 1,
      expectedWh: 21_500,
      interval: null,
      savedWh: 2000,
      savedWon: null,
      savedCo2G: 0,
      quality: 'good',
      remarks: [],
    };
    const before: Stored[] = past(() => ({ importWh: 19_500 })).map((one) =>
      one.date < '2026-11-01' ? one : { ...one, saving },
    );
    const of = (importWh: number) => figured(day(FRIDAY, { importWh }), { before }).saving;
    const asUsual = of(19_500);
    expect(asUsual).toMatchObject({ savedWh: 0, worthWon: 0 });
    expect(asUsual?.status === 'saved' && asUsual.savedWon).toBeGreaterThan(0);
    const more = of(19_500 + 960);
    expect(more?.status === 'saved' && more.savedWon).toBeGreaterThan(0);
    expect(more?.status === 'saved' && more.worthWon).toBeLessThan(0);
  });

  test('are worth nothing that can be said on a day that is not billed', () => {
    const supply: Supply = { ...ASSUMED_SUPPLY, movedIn: '2026-11-21' };
    expect(figured(day(FRIDAY, { importWh: 4000 }), { home: supplied(supply) }).saving).toMatchObject({
      savedWh: 6000,
      savedWon: null,
      worthWon: null,
    });
  });
});

describe('what is not known is never 0', () => {
  test('a household without a smart meter has no cost, CO2, saving or score, and says why', () => {
    const { cost, co2, score, saving, withheld } = figured(day(FRIDAY, { importWh: undefined }), {
      home: { hasMeter: false },
      before: [],
    });
    expect([cost, co2, score]).toEqual([undefined, undefined, undefined]);
    expect(withheld).toEqual({ cost: 'no-grid-meter', co2: 'no-grid-meter', score: 'no-grid-meter' });
    expect(saving).toMatchObject({ status: 'refused', code: 'no-grid-meter' });
  });

  test('a silent day has no cost and no saving', () => {
    const { cost, saving, withheld } = figured(
      day(FRIDAY, { importWh: undefined, quality: 'missing', missingSlots: 96 }),
    );
    expect(cost).toBeUndefined();
    expect(withheld).toMatchObject({ cost: 'missing-use', co2: 'missing-use' });
    expect(saving).toMatchObject({ status: 'refused', code: 'missing-use' });
  });

  test('half a day of readings costs what it used, and is no saving of the other half', () => {
    const half = day(FRIDAY, { importWh: 3000, quality: 'estimated', missingSlots: 48, missingImportSlots: 48 });
    const { cost, saving } = figured(half);
    expect(cost?.won).toBeGreaterThan(0);
    expect(saving).toMatchObject({
      status: 'refused',
      code: 'missing-use',
      detail: 'the grid use of 48 of 96 quarter hours is not known',
    });
  });

  test('a day with a broken register is no saving', () => {
    expect(figured(day(FRIDAY, { quality: 'bad' })).saving).toMatchObject({
      status: 'refused',
      code: 'broken-register',
    });
  });

  test('a household without history has a cost, and a reason instead of a saving and a score', () => {
    const { cost, saving, withheld } = figured(day(FRIDAY), { before: [] });
    expect(cost?.won).toBeGreaterThan(0);
    expect(saving).toMatchObject({ status: 'refused', code: 'insufficient-history' });
    expect(withheld).toEqual({ score: 'too-few-days' });
  });

  test('a day before the household moved in is not on its bill', () => {
    const supply: Supply = { ...ASSUMED_SUPPLY, movedIn: '2026-11-21' };
    expect(figured(day(FRIDAY), { home: supplied(supply) }).withheld).toEqual({ cost: 'before-moving-in' });
    expect(billingOf(supplied(supply))('2026-11-22')).toMatchObject({
      period: { from: '2026-11-21', to: '2026-11-30' },
    });
  });

  test('nor is one after it moved out; its last bill ends the day before', () => {
    const supply: Supply = { ...ASSUMED_SUPPLY, movedOut: FRIDAY };
    expect(figured(day(FRIDAY), { home: supplied(supply) }).withheld).toEqual({ cost: 'after-moving-out' });
    expect(billingOf(supplied(supply))('2026-11-19')).toMatchObject({
      period: { from: '2026-11-01', to: '2026-11-19' },
    });
  });

  test('a date without a tariff row, a CO2 factor or a rule of the score says so', () => {
    const { withheld, saving } = figured(day('2018-06-01'), { before: [] });
    expect(withheld).toEqual({ cost: 'no-tariff-row', co2: 'no-carbon-row', score: 'too-few-days' });
    expect(saving).toMatchObject({ code: 'holiday-table-ends' });
  });
});

describe('a contract by time of use', () => {
  const supply: Supply = { ...ASSUMED_SUPPLY, plan: { plan: 'tou', contractKw: 3 } };

  test('bills the hours of the use: the same energy at the peak costs more', () => {
    const at = (bandWh: DayFacts['bandWh']) =>
      figured(day(FRIDAY, { bandWh }), { home: supplied(supply) }).cost?.won ?? 0;
    expect(at({ mainland: { off: 0, mid: 0, peak: 10_000 } })).toBeGreaterThan(
      at({ mainland: { off: 10_000, mid: 0, peak: 0 } }),
    );
  });

  test('expects the hours of the days before: moving use off the peak is worth won at the same energy', () => {
    const { saving } = figured(day(FRIDAY, { bandWh: { mainland: { off: 10_000, mid: 0, peak: 0 } } }), {
      home: supplied(supply),
    });
    expect(saving).toMatchObject({ savedWh: 0, expectedBandWh: { off: 5000, mid: 3000, peak: 2000 } });
    expect(saving?.status === 'saved' && saving.savedWon).toBeGreaterThan(0);
    // which the sum of the period has; no energy was saved
    expect(saving).toMatchObject({ worthWon: 0 });
  });

  test('has no cost from the first day on whose hours are not known', () => {
    const { withheld } = figured(day(FRIDAY, { bandWh: undefined }), { home: supplied(supply) });
    expect(withheld).toEqual({ cost: 'tou-without-bands' });
  });

  test('is billed by the hours of its region: on Jeju those of Jeju', () => {
    const on = (region: Home['region']) =>
      figured(day('2026-11-01'), { home: { ...supplied(supply), region }, before: [] });
    const bill = (bandWh: { off: number; mid: number; peak: number }) => {
      const use = { importWh: 10_000, exportWh: 0, carriedKwh: 0, bandWh };
      const answer = supplyBill({ ...supply, region: 'jeju' }, { from: '2026-11-01', to: '2026-11-30' }, use);
      return answer.status === 'priced' ? answer.won.bill : undefined;
    };
    expect(on('jeju').cost?.won).toBe(bill({ off: 4000, mid: 3000, peak: 3000 }));
    expect(on('mainland').cost?.won).toBe(bill({ off: 5000, mid: 3000, peak: 2000 }));
    expect(on(undefined).withheld?.cost).toBe('tou-unknown-region');
  });

  test('has another basis in another region; a progressive one has not', () => {
    const basis = (rows: Pick<Home, 'supplies'>, region: Home['region']) =>
      basisOf({ ...HOME, ...rows, region }, billingOf(rows)(FRIDAY));
    expect(basis(supplied(supply), 'jeju')).not.toEqual(basis(supplied(supply), 'mainland'));
    expect(basis(supplied(ASSUMED_SUPPLY), 'jeju')).toEqual(basis(supplied(ASSUMED_SUPPLY), 'mainland'));
  });
});

test('net metering carries the credit of a sunny period into the next, and on', () => {
  const supply: Supply = { ...ASSUMED_SUPPLY, netMetering: true };
  const home = { ...HOME, ...supplied(supply) };
  const october = datesBetween('2026-10-01', '2026-10-31').map((date) => day(date, { exportWh: 12_000 }));
  const november = datesBetween('2026-11-01', FRIDAY).map((date) => day(date));
  const dates = [...october, ...november].map(({ date }) => date);
  const all = figureDays(home, [...october, ...november], dates);
  expect(all.at(0)?.figures.cost?.carriedInKwh).toBe(0);
  expect(all.at(-1)?.figures.cost?.carriedInKwh).toBe(62);
  const stored = all.map(({ facts, figures }) => ({ ...facts, ...figures }));
  expect(figureDays(home, stored, [FRIDAY])[0]?.figures).toEqual(all.at(-1)?.figures);
});

test('the basis of the figures changes with the contract and the area, and not with the day', () => {
  const billed = billingOf(HOME)(FRIDAY);
  const rows = supplied({ ...ASSUMED_SUPPLY, voltage: 'high' });
  expect(basisOf(HOME, billed)).toEqual(basisOf(HOME, billingOf(HOME)('2026-11-03')));
  expect(basisOf(HOME, billed)).not.toEqual(basisOf({ ...HOME, ...rows }, billingOf(rows)(FRIDAY)));
  expect(basisOf(HOME, billed)).not.toEqual(basisOf({ ...HOME, areaM2: 60 }, billed));
});

describe('the score', () => {
  const days = datesBetween('2026-10-22', FRIDAY).map((date) => day(date));

  test('rests on the 30 days up to the date, and on at least 20 of them', () => {
    expect(scoreOfDays({ date: FRIDAY, days: [...past(), day(FRIDAY)], areaM2: 85 })).toMatchObject({ score: 76 });
    expect(scoreOfDays({ date: FRIDAY, days: days.slice(11) })).toMatchObject({
      status: 'refused',
      code: 'too-few-days',
      detail: expect.stringContaining('19 of the 30 days'),
    });
  });

  test('is taken against the peers where there are enough', () => {
    const peers = { medianWh: 300_000, homes: 30 };
    expect(scoreOfDays({ date: FRIDAY, days, areaM2: 85, peers })).toMatchObject({ score: 80, grade: 'B' });
  });
});

test('a demo home is marked estimated throughout, and is still measured by its own days', () => {
  const simulated = day(FRIDAY, { quality: 'estimated' });
  expect(gridUse(simulated, true)).toEqual({ wh: 10_000, quality: 'good' });
  expect(gridUse(simulated, false)).toEqual({ wh: 10_000, quality: 'estimated' });
  const { saving } = figured(simulated, { home: { isDemo: true }, before: past(() => ({ quality: 'estimated' })) });
  expect(saving).toMatchObject({ status: 'saved', quality: 'estimated' });
});

describe('a month', () => {
  const item = (facts: DayFacts) => ({
    ...facts,
    cost: { won: 100, provisional: false },
    revision: 0,
    inputsHash: 'x',
  });
  const november = new Map(datesBetween('2026-11-01', FRIDAY).map((date) => [date, item(day(date))]));

  test('is the sum of its days', () => {
    expect(monthOf('2026-11', november, FRIDAY)).toMatchObject({
      importWh: 200_000,
      costWon: 2000,
      savedWon: null,
      quality: 'good',
      knownDays: 20,
      missingDays: 0,
      to: FRIDAY,
    });
  });

  test('that misses a day says so, and is estimated at best', () => {
    const without = new Map([...november].filter(([date]) => date !== '2026-11-05'));
    expect(monthOf('2026-11', without, FRIDAY)).toMatchObject({
      importWh: 190_000,
      knownDays: 19,
      missingDays: 1,
      quality: 'estimated',
      missingSlots: 96,
    });
  });
});
