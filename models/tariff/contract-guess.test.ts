import { describe, expect, test } from 'vitest';
import { guessContract, readingDayOf, type LastBill } from './contract-guess.ts';

/** 350 kWh at low voltage, no discount: 70,640 won (golden/bills.csv). */
const OCTOBER: LastBill = { from: '2026-10-01', to: '2026-10-31', importWh: 350_000, billWon: 70_640 };
const guessed = (over: Partial<LastBill>, region?: 'jeju' | 'mainland') => {
  const answer = guessContract({ ...OCTOBER, ...over }, region);
  if ('status' in answer) throw new Error(answer.detail);
  return answer;
};

describe('whether a contract is the one of the bill', () => {
  test.each([
    [70_640, true],
    [70_650, true],
    [70_630, true],
    [70_660, false],
    [73_140, false],
  ])('350 kWh for %i won agrees with a contract: %s', (billWon, agrees) => {
    expect(guessed({ billWon }).agrees).toBe(agrees);
  });

  test('one step of 10 won off, it is still the same contract', () => {
    for (const billWon of [70_630, 70_640, 70_650])
      expect(guessed({ billWon }).guesses[0]).toMatchObject({
        billWon: 70_640,
        supply: { voltage: 'low', discounts: [] },
      });
  });

  test('of a bill that no contract gives, the nearest are shown and none is said to be it', () => {
    const { agrees, guesses } = guessed({ billWon: 1_000_000 });
    expect(agrees).toBe(false);
    expect(guesses).toHaveLength(6);
    const off = guesses.map(({ differenceWon }) => Math.abs(differenceWon));
    expect(off).toEqual(off.toSorted((a, b) => a - b));
  });
});

test.each([
  ['a period that ends before it begins', { to: '2026-09-30' }],
  ['two months', { to: '2026-11-30' }],
  ['a year that no tariff sheet has', { from: '1999-10-01', to: '1999-10-31' }],
])('%s is refused, and says why', (_, over) => {
  expect(guessContract({ ...OCTOBER, ...over }, undefined)).toMatchObject({ status: 'refused' });
});

test.each([
  ['2026-10-01', '2026-10-31', 1],
  ['2026-10-15', '2026-11-14', 15],
  ['2026-02-28', '2026-03-30', 'month-end'],
  ['2026-01-31', '2026-02-27', 'month-end'],
  ['2026-02-28', '2026-03-27', 28],
  // moved in within the period: the next one begins on the 8th
  ['2026-10-20', '2026-11-07', 8],
])('a bill from %s to %s: the meter is read on %s', (from, to, readingDay) => {
  expect(readingDayOf({ from, to })).toBe(readingDay);
});

describe('a bill that prints its use by bands', () => {
  const bandWh = { off: 150_000, mid: 100_000, peak: 100_000 };
  const JULY = { from: '2026-07-01', to: '2026-07-31', billWon: 89_200, bandWh };

  test('is time-of-use on Jeju and, since April 2026, on the mainland', () => {
    for (const region of ['jeju', 'mainland'] as const)
      expect(guessed(JULY, region).guesses[0]).toMatchObject({ supply: { plan: { plan: 'tou', contractKw: 3 } } });
  });

  test('is no contract of a mainland home before that', () => {
    const before = { ...JULY, from: '2025-07-01', to: '2025-07-31' };
    expect(guessed(before, 'mainland')).toEqual({ guesses: [], agrees: false });
    expect(guessed(before, 'jeju').guesses).not.toEqual([]);
  });
});
