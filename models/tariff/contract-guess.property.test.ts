import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import { guessContract } from './contract-guess.ts';
import { readingPeriod } from './reading-period.ts';
import { supplyBill } from './supply-bill.ts';

const aDate = fc.integer({ min: 0, max: 600 }).map((days) => addDays('2025-04-01', days));
const aReadingDay = fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant('month-end' as const));
const DISCOUNTS = [[], [], [], ['A1'], ['B1'], ['B3'], ['B4'], ['B5'], ['A2'], ['A1', 'B3'], ['A1', 'B5']] as const;

test('of any home’s bill the contract is found, its reading day too, and whatever stands before it costs the same won', () => {
  fc.assert(
    fc.property(
      aDate,
      aReadingDay,
      fc.constantFrom('low', 'high'),
      fc.constantFrom(...DISCOUNTS),
      fc.integer({ min: 3, max: 1100 }),
      (date, readingDay, voltage, discounts, kwh) => {
        const supply = {
          voltage,
          plan: { plan: 'progressive' as const },
          readingDay,
          discounts: [...discounts],
          netMetering: false,
        };
        const period = readingPeriod(date, readingDay);
        const use = { importWh: kwh * 1000, exportWh: 0, carriedKwh: 0 };
        const bill = supplyBill(supply, period, use);
        if (bill.status !== 'priced') throw new Error(JSON.stringify(bill));
        const answer = guessContract({ ...period, importWh: use.importWh, billWon: bill.won.bill }, undefined);
        if ('status' in answer) throw new Error(answer.detail);
        expect(answer.agrees).toBe(true);
        expect(answer.guesses[0]?.differenceWon).toBe(0);
        expect(answer.guesses[0]?.supply.readingDay).toBe(readingDay);
        const at = answer.guesses.findIndex(
          (guess) => guess.supply.voltage === voltage && guess.supply.discounts.join('') === discounts.join(''),
        );
        // a use so small that every discount takes it down to the least charge is the same bill for more contracts than are shown
        if (at === -1) expect(answer.guesses.every(({ differenceWon }) => differenceWon === 0)).toBe(true);
        else expect(answer.guesses.slice(0, at).every(({ differenceWon }) => differenceWon === 0)).toBe(true);
      },
    ),
  );
});
