import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { changeDay, changedBy, changeProblem, type SupplyRows } from '../household/supply-history.ts';
import type { Supply } from '../household/supply.ts';
import { supplyBill } from '../tariff/supply-bill.ts';
import type { DayItem } from './day-value.ts';
import type { DayFacts } from './derive-day.ts';
import { billingOf, figureDays, type Home } from './figure-days.ts';
import { datesBetween, firstOpenDay } from './open-days.ts';

const [FIRST, LAST] = ['2026-08-01', '2026-11-30'];
const aSupply: fc.Arbitrary<Supply> = fc.record({
  voltage: fc.constantFrom('low', 'high'),
  plan: fc.constant({ plan: 'progressive' }),
  readingDay: fc.constantFrom<Supply['readingDay']>(1, 9, 15, 26, 28, 'month-end'),
  discounts: fc.constantFrom<Supply['discounts']>([], ['B1']),
  netMetering: fc.constant(false),
});
/** What a household says on a day, and the day from which it wants it to hold. */
const aChange = fc.record({
  on: fc.integer({ min: 40, max: 118 }).map((days) => addDays(FIRST, days)),
  supply: aSupply,
  back: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
});
const aLife = fc.record({
  changes: fc.array(aChange, { minLength: 1, maxLength: 3 }),
  importWh: fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 122, maxLength: 122 }),
});

const homeOf = (supplies: SupplyRows): Home => ({ supplies, isDemo: false, hasMeter: true });
/** A quarter hour of each day is not known, so that it has a cost but neither baseline nor score to be worked out. */
const factsOn = (date: LocalDate, importWh: number): DayFacts => ({
  date,
  importWh,
  exportWh: 0,
  quality: 'estimated',
  missingSlots: 1,
  missingImportSlots: 1,
  source: 'measured',
});

type Costs = Map<LocalDate, DayItem['cost']>;
/** The run of the morning of `today`: the days that are open get their figures anew, the others keep theirs. */
const figured = (rows: SupplyRows, days: readonly DayFacts[], { costs, today }: { costs: Costs; today: LocalDate }) => {
  const over = days.filter(({ date }) => date < today);
  const wanted = over.filter(({ date }) => date >= firstOpenDay(today) || !costs.has(date)).map(({ date }) => date);
  for (const { facts, figures } of figureDays(homeOf(rows), over, wanted)) costs.set(facts.date, figures.cost);
};

test('the costs of the days of each period add up to its bill, through changes of the supply and of the reading day', () => {
  fc.assert(
    fc.property(aLife, ({ changes, importWh }) => {
      const days = datesBetween(FIRST, LAST).map((date, i) => factsOn(date, importWh[i] ?? 0));
      const costs: Costs = new Map();
      let rows: SupplyRows = [];
      for (const { on, supply, back } of changes.toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
        figured(rows, days, { costs, today: on });
        const asked = back === undefined ? undefined : addDays(on, -back);
        const from =
          asked !== undefined && changeProblem(rows, asked, on) === undefined ? asked : changeDay(rows, supply, on);
        expect(changeProblem(rows, from, on)).toBeUndefined();
        rows = changedBy(rows, { from, supply });
        figured(rows, days, { costs, today: addDays(on, 1) });
      }
      figured(rows, days, { costs, today: addDays(LAST, 1) });
      const billingOn = billingOf({ supplies: rows });
      for (const [billed, own] of Map.groupBy(days, ({ date }) => billingOn(date))) {
        if (billed.status === 'unbilled') throw new Error(billed.detail);
        const wh = own.reduce((sum, day) => sum + (day.importWh ?? 0), 0);
        const bill = supplyBill(billed.supply, billed.period, { importWh: wh, exportWh: 0, carriedKwh: 0 });
        if (bill.status !== 'priced') throw new Error(bill.code);
        const won = own.reduce((sum, { date }) => sum + (costs.get(date)?.won ?? 0), 0);
        expect([billed.period.from, won]).toEqual([billed.period.from, bill.won.bill]);
      }
    }),
  );
});
