import { describe, expect, test } from 'vitest';
import type { Dated } from '../calendar/dated.ts';
import { missingNextQuarter, nextQuarter } from './next-quarter.ts';

const row = (effectiveFrom: string, effectiveTo: string | null): Dated => ({
  id: `fuel/${effectiveFrom}`,
  effectiveFrom,
  effectiveTo,
  source: 'a notice',
  confidence: 'verified',
  checkedAt: '2026-11-22',
});

test.each([
  ['2026-11-23', '2027-01-01'],
  ['2026-12-31', '2027-01-01'],
  ['2027-01-01', '2027-04-01'],
  ['2027-06-30', '2027-07-01'],
  ['2027-09-30', '2027-10-01'],
])('the quarter after the one of %s begins on %s', (date, begins) => {
  expect(nextQuarter(date)).toBe(begins);
});

describe('a tariff whose last row ends with the quarter', () => {
  const fuel = { fuel: [row('2026-10-01', '2026-12-31')] };

  test('is missing from nine days before the next one begins, once its notice is due, and not a day earlier', () => {
    expect(missingNextQuarter('2026-12-22', fuel)).toEqual([]);
    expect(missingNextQuarter('2026-12-23', fuel)).toEqual(['fuel']);
    expect(missingNextQuarter('2026-12-31', fuel)).toEqual(['fuel']);
  });

  test('is not once the notice is entered, or where the row has no end', () => {
    expect(missingNextQuarter('2026-12-23', { fuel: [...fuel.fuel, row('2027-01-01', '2027-03-31')] })).toEqual([]);
    expect(missingNextQuarter('2026-12-23', { fuel: [row('2023-01-01', null)] })).toEqual([]);
  });
});

test('of the rows that ship, only the fuel adjustment of 2027 Q1 waits for its notice', () => {
  expect(missingNextQuarter('2026-12-23')).toEqual(['fuel']);
  expect(missingNextQuarter('2026-09-23')).toEqual([]);
});
