import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ASSUMED_SUPPLY, type Supply } from '../household/supply.ts';
import { readingPeriod } from '../tariff/reading-period.ts';
import { supplyBill } from '../tariff/supply-bill.ts';
import { moneyOf, periodUse, type BillingPeriod, type MoneyDay } from './day-money.ts';
import type { DaySaving } from './day-value.ts';
import { datesBetween } from './open-days.ts';

const savedOf = (expectedWh: number, savedWh: number): DaySaving => ({
  status: 'saved',
  method: 'any',
  version: 1,
  expectedWh,
  interval: null,
  savedWh,
  savedWon: null,
  savedCo2G: 0,
  quality: 'good',
  remarks: [],
});

const aSupply = fc.record({
  voltage: fc.constantFrom('low', 'high'),
  discounts: fc.constantFrom<Supply['discounts']>([], ['A1'], ['B1'], ['A1', 'B3']),
  netMetering: fc.boolean(),
  readingDay: fc.constantFrom<Supply['readingDay']>(1, 15, 26, 'month-end'),
});
const aDay = fc.record({
  importWh: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined, freq: 5 }),
  exportWh: fc.integer({ min: 0, max: 9000 }),
  expectedWh: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
});
type Case = { readonly period: BillingPeriod; readonly days: readonly MoneyDay[] };
const aCase: fc.Arbitrary<Case> = fc
  .tuple(
    aSupply,
    fc.integer({ min: 1, max: 12 }),
    fc.array(aDay, { minLength: 31, maxLength: 31 }),
    fc.nat({ max: 90 }),
  )
  .map(([over, month, drawn, carriedKwh]) => {
    const supply: Supply = { ...ASSUMED_SUPPLY, ...over };
    const dates = readingPeriod(`2026-${String(month).padStart(2, '0')}-20`, supply.readingDay);
    const days = datesBetween(dates.from, dates.to).map((date, i): MoneyDay => {
      const { importWh, exportWh, expectedWh } = drawn[i] ?? { importWh: 0, exportWh: 0, expectedWh: undefined };
      const isSaved = importWh !== undefined && expectedWh !== undefined;
      return { date, importWh, exportWh, ...(isSaved && { saving: savedOf(expectedWh, expectedWh - importWh) }) };
    });
    return { period: { supply, ...dates, carriedKwh }, days };
  });

const billOf = ({ period, days }: Case): number => {
  const bill = supplyBill(period.supply, period, periodUse(period, days));
  if (bill.status !== 'priced') throw new Error(`the case cannot be priced: ${bill.code}`);
  return bill.won.bill;
};
const expectedDays = (days: readonly MoneyDay[]): MoneyDay[] =>
  days.map((day) => (day.saving?.status === 'saved' ? { ...day, importWh: day.saving.expectedWh } : day));
const all = () => true;
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

test('the costs of the days of a billing period add up to its bill, whatever tiers, discounts and credit it has', () => {
  fc.assert(
    fc.property(aCase, (one) => {
      const money = [...moneyOf(one.period, one.days, all).values()];
      fc.pre(one.days.some(({ importWh }) => importWh !== undefined));
      expect(sum(money.map(({ cost }) => cost?.won ?? 0))).toBe(billOf(one));
    }),
  );
});

test('up to any day they add up to the bill of what has been used by then', () => {
  fc.assert(
    fc.property(aCase, fc.integer({ min: 1, max: 28 }), (one, upTo) => {
      const days = one.days.slice(0, upTo);
      fc.pre(days.some(({ importWh }) => importWh !== undefined));
      const money = [...moneyOf(one.period, one.days, all).values()].slice(0, upTo);
      expect(sum(money.map(({ cost }) => cost?.won ?? 0))).toBe(billOf({ ...one, days }));
    }),
  );
});

test('the saved won of the days add up to bill(expected) − bill(actual) of the days up to the last with a saving', () => {
  fc.assert(
    fc.property(aCase, ({ period, days }) => {
      const last = days.findLastIndex(({ saving }) => saving?.status === 'saved');
      fc.pre(last >= 0);
      const told = days.slice(0, last + 1);
      const money = moneyOf(period, days, all);
      const saved = told.filter(({ saving }) => saving).map(({ date }) => money.get(date)?.savedWon ?? Number.NaN);
      expect(sum(saved)).toBe(billOf({ period, days: expectedDays(told) }) - billOf({ period, days: told }));
    }),
  );
});

test('a day says the same whether it is priced alone or with all the others', () => {
  fc.assert(
    fc.property(aCase, fc.nat({ max: 27 }), ({ period, days }, at) => {
      const date = days[at]?.date ?? '';
      expect(moneyOf(period, days, (one) => one === date).get(date)).toEqual(moneyOf(period, days, all).get(date));
    }),
  );
});
