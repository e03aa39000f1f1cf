import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dateOfDayNumber, dayNumber } from '../calendar/seoul.ts';
import { priceBill } from './bill.ts';
import type { Bill } from './bill-value.ts';
import { readingPeriod } from './reading-period.ts';
import type { BillRequest } from './request.ts';
import { DISCOUNT_CODES } from './rows/deductions.ts';

const FIRST = dayNumber('2021-02-01');
const LAST = dayNumber('2027-06-30');
const date = fc.integer({ min: FIRST, max: LAST }).map(dateOfDayNumber);
const readingDay = fc.constantFrom(1, 5, 8, 12, 15, 19, 22, 26, 'month-end' as const);
const wholePeriod = fc.tuple(date, readingDay).map(([day, reading]) => readingPeriod(day, reading));
/** Whole ones, and the start or the end of one. */
const period = fc
  .tuple(wholePeriod, fc.constantFrom('whole', 'moved in', 'moved out'), fc.integer({ min: 1, max: 26 }))
  .map(([whole, what, days]) => {
    if (what === 'moved in') return { from: addDays(whole.to, -days + 1), to: whole.to };
    return what === 'moved out' ? { from: whole.from, to: addDays(whole.from, days - 1) } : whole;
  });
const voltage = fc.constantFrom('low', 'high');
const codes = fc.uniqueArray(fc.constantFrom(...DISCOUNT_CODES), { maxLength: 3 });
const kwh = fc.oneof(fc.integer({ min: 0, max: 1600 }), fc.constantFrom(0, 199, 200, 300, 313, 400, 450, 1000));

type Case = {
  period: { from: string; to: string };
  voltage: 'low' | 'high';
  discounts: BillRequest['discounts'];
  kwh: number;
};
const cases = fc.record({ period, voltage, discounts: codes, kwh });
const plain = fc.record({ period, voltage, discounts: fc.constant([]), kwh });

const billOf = ({ period: { from, to }, voltage: volts, discounts, kwh: used }: Case): Bill => {
  const answer = priceBill({ voltage: volts, from, to, discounts, use: { plan: 'progressive', kwh: used } });
  if (answer.status !== 'priced') throw new Error(JSON.stringify(answer));
  return answer;
};

describe('a bill', () => {
  test('is the sum of its line items, to the won', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { won, deductions } = billOf(one);
        expect(won.base + won.energy + won.climate + won.fuel - won.discount + won.minimum).toBe(won.elec);
        expect(won.elec + won.vat + won.fund - won.truncated).toBe(won.bill);
        expect(deductions.reduce((sum, deduction) => sum + deduction.won, 0)).toBe(won.discount);
        expect([won.bill % 10, won.fund % 10]).toEqual([0, 0]);
        expect(won.truncated).toBeLessThan(10);
        expect(Object.values(won).every(Number.isSafeInteger)).toBe(true);
      }),
    );
  });

  test('never falls when one more kWh is used, and rises by what it said the next kWh costs', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const bill = billOf(one);
        const next = billOf({ ...one, kwh: one.kwh + 1 });
        expect(next.won.bill).toBeGreaterThanOrEqual(bill.won.bill);
        expect(bill.marginalWon).toBe(next.won.bill - bill.won.bill);
      }),
    );
  });

  test('spreads its kWh and its days over segments and tiers without losing any', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const bill = billOf(one);
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        expect(sum(bill.segments.map((segment) => segment.kwh))).toBe(one.kwh);
        expect(sum(bill.segments.map((segment) => segment.days))).toBe(bill.period.days);
        for (const segment of bill.segments) {
          expect(sum(segment.tierKwh)).toBe(segment.kwh);
          expect(Math.min(...segment.tierKwh)).toBeGreaterThanOrEqual(bill.segments.length > 1 ? -1 : 0);
        }
      }),
    );
  });

  test('is at least the minimum charge with VAT and fund', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { won } = billOf(one);
        expect(won.elec).toBeGreaterThanOrEqual(1000);
        expect(won.minimum === 0 || won.elec === 1000).toBe(true);
      }),
    );
  });

  test('takes VAT half up and the fund down to ten won, both on the charge alone', () => {
    const whole = fc.record({ period: wholePeriod, voltage, discounts: codes, kwh });
    fc.assert(
      fc.property(whole, (one) => {
        const { won, rows } = billOf(one);
        const fundRows = rows.filter(({ id }) => id.startsWith('fund/'));
        expect(won.vat).toBe(Math.floor((won.elec + 5) / 10));
        if (fundRows.length === 1)
          expect(won.fund).toBe(Math.floor((won.elec * Number(fundRows[0]!['basisPoints'])) / 100_000) * 10);
      }),
    );
  });
});

describe('discounts', () => {
  test('one more code never makes a discount household’s bill dearer', () => {
    const another = fc.constantFrom(...DISCOUNT_CODES);
    fc.assert(
      fc.property(cases, another, (one, code) => {
        if (one.discounts.length === 0) return;
        const more = billOf({ ...one, discounts: [...new Set([...one.discounts, code])] });
        expect(more.won.bill).toBeLessThanOrEqual(billOf(one).won.bill);
      }),
    );
  });

  test('the order in which the codes are named does not matter', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const reversed = billOf({ ...one, discounts: one.discounts.toReversed() });
        expect(reversed.won).toEqual(billOf(one).won);
      }),
    );
  });
});

describe('a period is divided only where the sheet says so', () => {
  /** 2023-07 to 2026-12: one price list, one climate rate; seasons change on 07-01, 09-01, 12-01 and 03-01. */
  const seasonOf = (day: string) => {
    const month = Number(day.slice(5, 7));
    return month === 7 || month === 8 ? 'summer' : month === 12 || month <= 2 ? 'winter' : 'other';
  };
  const recent = fc
    .tuple(fc.integer({ min: dayNumber('2023-07-01'), max: dayNumber('2026-11-30') }).map(dateOfDayNumber), readingDay)
    .map(([day, reading]) => readingPeriod(day, reading));

  test('a period within one season has one segment, on whatever day the meter is read', () => {
    fc.assert(
      fc.property(recent, (one) => {
        const bill = billOf({ period: one, voltage: 'low', discounts: [], kwh: 300 });
        const days = Array.from({ length: bill.period.days }, (_, i) => seasonOf(addDays(one.from, i)));
        expect(bill.segments.length).toBe(new Set(days).size);
        expect(bill.split.split('+').every((part) => days.some((season) => part.startsWith(season)))).toBe(true);
      }),
    );
  });

  test('the turn of winter changes nothing up to 1,000 kWh', () => {
    const turn = fc
      .integer({ min: 2, max: 26 })
      .map((day) => readingPeriod(`2025-11-${String(day).padStart(2, '0')}`, day));
    fc.assert(
      fc.property(turn, voltage, fc.integer({ min: 0, max: 1000 }), (across, volts, used) => {
        const divided = billOf({ period: across, voltage: volts, discounts: [], kwh: used });
        const whole = billOf({
          period: { from: '2025-09-01', to: '2025-09-30' },
          voltage: volts,
          discounts: [],
          kwh: used,
        });
        expect(divided.segments.map(({ season }) => season)).toEqual(['other', 'winter']);
        expect(divided.won).toEqual(whole.won);
      }),
    );
  });

  test('whoever moves out and whoever moves in share the base charge of the month', () => {
    fc.assert(
      fc.property(recent, fc.integer({ min: 1, max: 26 }), (one, days) => {
        const leaving = { from: one.from, to: addDays(one.from, days - 1) };
        const base = (part: Case['period']) => billOf({ period: part, voltage: 'low', discounts: [], kwh: 0 }).won.base;
        const arriving = { from: addDays(leaving.to, 1), to: one.to };
        const monthOfArrival = billOf({ period: arriving, voltage: 'low', discounts: [], kwh: 0 }).period;
        if (
          monthOfArrival.monthDays !==
          billOf({ period: leaving, voltage: 'low', discounts: [], kwh: 0 }).period.monthDays
        )
          return;
        expect(910 - base(leaving) - base(arriving)).toBeGreaterThanOrEqual(0);
        expect(910 - base(leaving) - base(arriving)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test('a period that reaches into an unannounced quarter says that it is provisional, one that does not is silent', () => {
  fc.assert(
    fc.property(plain, (one) => {
      const { provisionalReasons } = billOf(one);
      expect(provisionalReasons.some(({ code }) => code === 'O16')).toBe(one.period.to >= '2027-01-01');
    }),
  );
});

test('whatever is asked, the answer is a value and never a throw', () => {
  const anything = fc.record({
    voltage: fc.oneof(voltage, fc.anything()),
    from: fc.oneof(date, fc.string(), fc.constantFrom('2020-12-31', '2026-02-30', '')),
    to: fc.oneof(date, fc.string()),
    discounts: fc.oneof(codes, fc.array(fc.string())),
    use: fc.oneof(
      fc.record({ plan: fc.constant('progressive'), kwh: fc.oneof(fc.integer(), fc.double()) }),
      fc.record({
        plan: fc.constant('tou'),
        contractKw: fc.oneof(fc.integer(), fc.double()),
        bandKwh: fc.record({ off: fc.integer(), mid: fc.double(), peak: fc.integer() }),
      }),
      fc.record({ plan: fc.string(), kwh: fc.integer() }),
    ),
  });
  fc.assert(
    fc.property(anything, (request) => {
      expect(['priced', 'refused', 'unsupported']).toContain(priceBill(request as BillRequest).status);
    }),
  );
});
