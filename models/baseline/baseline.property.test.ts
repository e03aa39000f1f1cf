import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asNumber, basisPoints, exactly, meanOf, minus, plus, times, wonFor } from './exact-wh.ts';
import { SIMILAR_DAY_METHODS } from './methods.ts';
import { trimmedMean } from './trimmed-mean.ts';

const method = fc.constantFrom(...SIMILAR_DAY_METHODS);
const wh = fc.integer({ min: 0, max: 20_000 });
const days = fc.array(wh, { minLength: 4, maxLength: 20 });

describe('a mean of similar days', () => {
  test('lies between the least and the greatest day it looked at', () => {
    fc.assert(
      fc.property(method, days, (rule, history) => {
        const { expected, fates } = trimmedMean(rule, history) ?? { expected: exactly(history[0]!), fates: [] };
        const seen = fates.length > 0 ? history.slice(0, fates.length) : history;
        expect(asNumber(expected)).toBeGreaterThanOrEqual(Math.min(...seen));
        expect(asNumber(expected)).toBeLessThanOrEqual(Math.max(...seen));
      }),
    );
  });

  test('rests on at least four days and drops what the method prescribes when all of them are there', () => {
    fc.assert(
      fc.property(method, fc.array(wh, { minLength: 10, maxLength: 20 }), (rule, history) => {
        const { fates } = trimmedMean(
          { ...rule, days: rule.days, dropHigh: rule.dropHigh, dropLow: rule.dropLow },
          history,
        ) ?? { fates: [] };
        const count = (fate: string): number => fates.filter((one) => one === fate).length;
        const taken = fates.length - count('screened');
        expect(fates.length === 0 || count('used') >= 4).toBe(true);
        expect(
          taken !== rule.days || (count('dropped-high') === rule.dropHigh && count('dropped-low') === rule.dropLow),
        ).toBe(true);
      }),
    );
  });

  test('does not depend on the order of its days when none is screened and all are needed', () => {
    fc.assert(
      fc.property(fc.array(wh, { minLength: 10, maxLength: 10 }), (history) => {
        const plain = SIMILAR_DAY_METHODS.filter((rule) => rule.days === 10 && !rule.screening);
        for (const rule of plain)
          expect(trimmedMean(rule, history)?.expected).toEqual(trimmedMean(rule, history.toReversed())?.expected);
      }),
    );
  });

  test('a home that uses k times as much has a baseline k times as high', () => {
    fc.assert(
      fc.property(method, days, fc.integer({ min: 2, max: 9 }), (rule, history, k) => {
        const once = trimmedMean(rule, history);
        const scaled = trimmedMean(
          rule,
          history.map((use) => use * k),
        );
        expect(scaled?.expected).toEqual(once && times(once.expected, k));
      }),
    );
  });
});

describe('exact energy', () => {
  const fraction = fc
    .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 1, max: 60 }))
    .map(([n, d]) => times(exactly(n), 1, d));

  test('adds and subtracts without a remainder', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        expect(minus(plus(a, b), b)).toEqual(a);
      }),
    );
  });

  test('a mean of equal parts is the part', () => {
    fc.assert(
      fc.property(fraction, fc.integer({ min: 1, max: 10 }), (a, n) => {
        expect(meanOf(Array.from({ length: n }, () => a))).toEqual(a);
      }),
    );
  });

  test('won are floored, never rounded up', () => {
    fc.assert(
      fc.property(fraction, fc.integer({ min: 1, max: 2000 }), (a, price) => {
        const exact = (BigInt(a.numerator) * BigInt(price)) / 1n;
        const floor = wonFor(a, price);
        const unit = BigInt(a.denominator) * 1000n;
        expect(BigInt(floor) * unit <= exact && exact < (BigInt(floor) + 1n) * unit).toBe(true);
      }),
    );
  });

  test('a share is truncated toward zero', () => {
    expect(basisPoints(exactly(10), exactly(350))).toBe(285);
    expect(basisPoints(exactly(-10), exactly(350))).toBe(-285);
    expect(basisPoints(exactly(5), exactly(0))).toBe(0);
  });
});
