import { describe, expect, test } from 'vitest';
import { ASSUMED_SUPPLY } from '../household/supply.ts';
import { priceBill } from '../tariff/bill.ts';
import type { Contract } from '../tariff/supply-bill.ts';
import { typicalMonth, wonRange, wonSaved, type Measure } from './month.ts';
import { adviceDays, type WhOf } from './testing/advice-home.ts';
import { wholeDays } from './whole-days.ts';

const TODAY = '2026-11-23';
const LOW: Contract = { ...ASSUMED_SUPPLY, region: 'mainland' };
const monthOf = (contract: Contract, load: WhOf, solar?: WhOf) => {
  const days = adviceDays({ today: TODAY, count: 28, load, ...(solar && { solar }) });
  return typicalMonth({ contract, today: TODAY, carriedKwh: 0 }, wholeDays({ days, today: TODAY }, 28))!;
};
const billOf = (kwh: number): number => {
  const bill = priceBill({
    voltage: 'low',
    from: '2026-11-01',
    to: '2026-11-30',
    use: { plan: 'progressive', kwh },
    discounts: [],
  });
  return bill.status === 'priced' ? bill.won.bill : Number.NaN;
};
const flat =
  (wh: number): Measure =>
  () =>
    Array.from({ length: 24 }, () => wh);
const range = (contract: Contract, load: WhOf, measure: Measure, solar?: WhOf) =>
  wonRange(monthOf(contract, load, solar), { cautious: measure, full: measure });

describe('won a month of a measure', () => {
  test('is the difference of two bills at 90, 100 and 110 % of the month, to the won', () => {
    // 360 kWh in 30 days; 30 W less is 21.6 kWh, of which the cautious end counts 21 and the other 22
    const saved = [324, 360, 396].flatMap((kwh) => [billOf(kwh) - billOf(kwh - 21), billOf(kwh) - billOf(kwh - 22)]);
    expect(range(LOW, () => 500, flat(30))).toEqual({ low: Math.min(...saved), high: Math.max(...saved) });
  });
  test('counts the jump of a tier only in the high end when a month of ten in a hundred less would not reach it', () => {
    // 410 kWh: a tenth more or less lies on either side of 400
    const found = range(LOW, () => 570, flat(30))!;
    expect(found.high - found.low).toBeGreaterThan(5000);
  });
  test('is nothing for what is used while the roof feeds in without being paid for', () => {
    expect(
      range(
        LOW,
        () => 500,
        flat(30),
        () => 2000,
      ),
    ).toEqual({ low: 0, high: 0 });
  });
  test('is as much under netting, where what is fed in counts against what is drawn', () => {
    const netted = { ...LOW, netMetering: true };
    const sun: WhOf = (_, hour) => (hour >= 10 && hour < 16 ? 1500 : 0);
    const found = range(netted, () => 500, flat(30), sun)!;
    expect(found.low).toBeGreaterThan(0);
  });
  test('is not told under netting while what is fed in is not known', () => {
    const days = adviceDays({ today: TODAY, count: 28, load: () => 500 }).map((day) => ({ ...day, exportWh: null }));
    const netted = { contract: { ...LOW, netMetering: true }, today: TODAY };
    const own = wholeDays({ days, today: TODAY }, 28);
    expect(typicalMonth({ ...netted, carriedKwh: 0 }, own)).toBeUndefined();
    const known = own.map((day) => ({ ...day, exportWh: 0 }));
    expect(typicalMonth({ ...netted, carriedKwh: 0 }, known)).toBeDefined();
    expect(typicalMonth({ ...netted, carriedKwh: null }, known)).toBeUndefined();
  });
  test('of use moved out of peak is the difference of the two prices, and of use moved nowhere nothing', () => {
    const tou: Contract = { ...ASSUMED_SUPPLY, plan: { plan: 'tou', contractKw: 3 }, region: 'jeju' };
    const moved: Measure = ({ bands }) =>
      (bands ?? []).map((band, hour) => (band === 'peak' ? 100 : hour < 6 && bands?.includes('peak') ? -100 : 0));
    // 0.6 kWh on each of 21 weekdays: 12 kWh less at 220.5 won, 13 more at 138.7; climate and fuel of 14 a kWh, VAT and fund of 12.7 %
    const found = range(tou, () => 500, moved)!;
    expect(Math.abs(found.low - (12 * 220.5 - 13 * 138.7 - 14) * 1.127)).toBeLessThanOrEqual(10);
    expect(Math.abs(found.high - 13 * (220.5 - 138.7) * 1.127)).toBeLessThanOrEqual(10);
    expect(range(tou, () => 500, flat(0))).toEqual({ low: 0, high: 0 });
  });
});

test('a credit that covers the whole month leaves nothing to save', () => {
  const netted = { ...LOW, netMetering: true };
  const days = wholeDays({ days: adviceDays({ today: TODAY, count: 28, load: () => 500 }), today: TODAY }, 28);
  const worth = (carriedKwh: number) =>
    wonRange(typicalMonth({ contract: netted, today: TODAY, carriedKwh }, days)!, {
      cautious: flat(30),
      full: flat(30),
    });
  expect(worth(0)!.low).toBeGreaterThan(0);
  expect(worth(500)).toEqual({ low: 0, high: 0 });
});

/** Whole kWh of 30 days of equal hours, before and after. */
test.each([
  [284, 197],
  [456, 348],
  [543, 478],
])(
  'what fell from %i to %i kWh saved the difference of two bills: of the month that it was, and of the one that it is',
  (before, after) => {
    const won = billOf(before) - billOf(after);
    const hour = (kwh: number): number => (kwh * 1000) / 720;
    const saved = wonSaved(
      monthOf(LOW, () => hour(after)),
      { cautious: flat(hour(before - after)), full: flat(hour(before - after)) },
    )!;
    expect(saved.low).toBeLessThanOrEqual(won);
    expect(saved.high).toBeGreaterThanOrEqual(won);
    const atLevels = [0.9, 1, 1.1].map((level) => Math.round(level * after));
    const least = Math.min(...atLevels.map((kwh) => billOf(kwh + before - after - 1) - billOf(kwh)));
    expect(saved.low).toBeGreaterThanOrEqual(least);
  },
);

test('a month has as many days as the billing period of today, each lived as an own day of its kind', () => {
  const month = monthOf({ ...LOW, readingDay: 15 }, (date) => (new Date(date).getUTCDay() === 0 ? 900 : 100));
  expect([month.from, month.to, month.days.length]).toEqual(['2026-11-15', '2026-12-14', 30]);
  for (const { date, day } of month.days)
    expect(day.loadWh[0], date).toBe(new Date(date).getUTCDay() === 0 ? 900 : 100);
});
