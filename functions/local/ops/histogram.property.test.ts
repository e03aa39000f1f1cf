import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addTo, ERROR, histogramOf, mergeInto, quantile, textOf, type Histogram } from './histogram.ts';

const times = fc.array(fc.double({ min: 1, max: 9e8, noNaN: true }), { minLength: 1, maxLength: 200 });
const share = fc.constantFrom(0.5, 0.95, 0.99, 1);
const filled = (values: readonly number[]): Histogram => {
  const histogram: Histogram = new Map();
  for (const value of values) addTo(histogram, value);
  return histogram;
};

test('a percentile of times is within 2.5 % of the true one', () => {
  fc.assert(
    fc.property(times, share, (values, of) => {
      const exact = values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(of * values.length)) - 1]!;
      const told = quantile(filled(values), of)!;
      expect(Math.abs(told - exact) / exact).toBeLessThanOrEqual(ERROR + 1e-9);
    }),
  );
});

test('percentiles of two minutes together are those of all their times, also after a restart', () => {
  fc.assert(
    fc.property(times, times, share, (one, other, of) => {
      const merged = histogramOf(textOf(filled(one)));
      mergeInto(merged, filled(other));
      expect(quantile(merged, of)).toBe(quantile(filled([...one, ...other]), of));
    }),
  );
});

test('whatever is measured, the buckets are few', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), { maxLength: 2000 }), (values) => {
      expect(filled(values).size).toBeLessThan(420);
    }),
    { numRuns: 20 },
  );
});
