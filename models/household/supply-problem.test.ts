import { describe, expect, test } from 'vitest';
import { ASSUMED_SUPPLY, supply, type Supply } from './supply.ts';
import { supplyProblem } from './supply-problem.ts';

const TODAY = '2026-11-22';
const problem = (over: Partial<Supply>): string | undefined => supplyProblem({ ...ASSUMED_SUPPLY, ...over }, TODAY);

describe('what a household says of its supply', () => {
  test('the most common contract, any discount and net metering are fine', () => {
    expect(problem({})).toBeUndefined();
    expect(problem({ discounts: ['A1', 'B3'], netMetering: true, movedIn: TODAY })).toBeUndefined();
    expect(problem({ plan: { plan: 'tou', contractKw: 3 } })).toBeUndefined();
  });

  test.each([
    [{ voltage: 'high', plan: { plan: 'tou', contractKw: 3 } }, 'plan: residential time-of-use exists for low voltage'],
    [{ discounts: ['A1', 'A1'] }, 'discounts: name each discount once'],
    [{ movedIn: '2026-11-23' }, 'movedIn: 2026-11-23 is after today'],
    [{ movedIn: '2026-11-20', movedOut: '2026-11-20' }, 'movedOut: 2026-11-20 is not after 2026-11-20'],
  ] as [Partial<Supply>, string][])('%j is no contract', (over, says) => {
    expect(problem(over)).toContain(says);
  });

  test.each([
    { movedIn: '2026-02-30' },
    { movedIn: 'yesterday' },
    { readingDay: 29 },
    { plan: { plan: 'tou', contractKw: 0 } },
    { voltage: 'medium' },
    { discounts: ['Z9'] },
  ])('%j does not even parse', (over) => {
    expect(supply.safeParse({ ...ASSUMED_SUPPLY, ...over }).success).toBe(false);
  });
});
