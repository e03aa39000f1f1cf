import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matrixOf } from './booster/matrix.ts';
import { DAY_AHEAD, NEXT_HOUR, type FeatureSet } from './features.ts';
import { HOURS } from './series.ts';

const rowsOf = ({ names, write }: FeatureSet, wh: readonly number[]): Float64Array => {
  const into = matrixOf(HOURS, names.length);
  write({ name: 'any', firstDay: 20_000, wh: Float64Array.from(wh) }, wh.length / HOURS, { ...into, row: 0 });
  return into.values;
};
const day = fc.array(fc.oneof(fc.integer({ min: 50, max: 4000 }), fc.constant(NaN)), {
  minLength: HOURS,
  maxLength: HOURS,
});
const days = fc.array(day, { minLength: 1, maxLength: 40 }).map((own) => own.flat());

test.each([
  ['the day ahead', DAY_AHEAD],
  ['the next hour', NEXT_HOUR],
])('a home that uses twice as much looks the same to %s, but for its level', (_what, set) => {
  const level = set.names.indexOf('logscale');
  fc.assert(
    fc.property(days, (wh) => {
      fc.pre(wh.some((one) => !Number.isNaN(one)));
      const [own, twice] = [wh, wh.map((one) => 2 * one)].map((values) => rowsOf(set, values));
      for (const [at, value] of own!.entries())
        if (at % set.names.length === level) expect(twice![at]).toBeCloseTo(value + Math.LN2);
        else expect(twice![at]).toBe(value);
    }),
    { numRuns: 60 },
  );
});
