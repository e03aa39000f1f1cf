import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minMaxBuckets } from './buckets.ts';
import { isKnown, stretchesOf, type Sample } from './sample.ts';

const DAY_MS = 86_400_000;
const day: fc.Arbitrary<Sample[]> = fc
  .uniqueArray(
    fc.record({
      ts: fc.integer({ min: 0, max: DAY_MS - 1 }),
      value: fc.option(fc.integer({ min: -20_000, max: 20_000 }), { freq: 5 }),
    }),
    { selector: (sample) => sample.ts, maxLength: 400 },
  )
  .map((samples) => samples.toSorted((a, b) => a.ts - b.ts));
const bucketMs = fc.integer({ min: DAY_MS / 60, max: DAY_MS });

const extremes = (samples: readonly Sample[]): [number, number] => {
  const values = samples.filter(isKnown).map((sample) => sample.value);
  return [Math.min(...values), Math.max(...values)];
};

describe('thinning a day of power values', () => {
  it('never invents a value and keeps the order of time', () => {
    fc.assert(
      fc.property(day, bucketMs, (samples, width) => {
        const kept = minMaxBuckets(samples, width).flat();
        for (const sample of kept) expect(samples).toContain(sample);
        expect(kept).toEqual(kept.toSorted((a, b) => a.ts - b.ts));
      }),
    );
  });

  it('keeps the least and the greatest power of every column', () => {
    fc.assert(
      fc.property(day, bucketMs, (samples, width) => {
        const column = (sample: Sample): number => Math.floor(sample.ts / width);
        const before = Map.groupBy(samples.filter(isKnown), column);
        const after = Map.groupBy(minMaxBuckets(samples, width).flat(), column);
        for (const [index, inColumn] of before) expect(extremes(after.get(index) ?? [])).toEqual(extremes(inColumn));
      }),
    );
  });

  it('keeps every gap and makes none', () => {
    fc.assert(
      fc.property(day, bucketMs, (samples, width) => {
        const ends = (stretches: readonly Sample[][]): unknown => stretches.map((run) => [run[0], run.at(-1)]);
        expect(ends(minMaxBuckets(samples, width))).toEqual(ends(stretchesOf(samples)));
      }),
    );
  });

  it('is bounded by the columns, not by the readings', () => {
    const every10s = Array.from({ length: 8640 }, (_, index) => ({ ts: index * 10_000, value: (index * 7919) % 3000 }));
    expect(minMaxBuckets(every10s, DAY_MS / 170).flat().length).toBeLessThanOrEqual(4 * 171);
  });
});
