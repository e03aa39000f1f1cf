import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayChart, type DaySeries } from './day-chart.ts';

const NOW_MS = dayStart('2026-11-22') + 15 * HOUR_MS;
const power = fc.integer({ min: 0, max: 20_000 });
const known = fc.option(power, { nil: null, freq: 8 });

const series = fc
  .record({
    past: fc.array(fc.record({ value: known, estimated: fc.boolean() }), { maxLength: 200 }),
    before: fc.array(known, { maxLength: 200 }),
    hours: fc.array(fc.tuple(power, power, power), { maxLength: 12 }),
    stepMs: fc.integer({ min: 10_000, max: 30 * 60_000 }),
  })
  .map(({ past, before, hours, stepMs }): DaySeries => {
    const first = NOW_MS - past.length * stepMs;
    return {
      samples: past.map((one, index) => ({ ts: first + index * stepMs, ...one })),
      before: before.map((value, index) => ({ ts: first + index * stepMs, value })),
      expected: hours.map((values, index) => {
        const [low = 0, middle = 0, high = 0] = values.toSorted((a, b) => a - b);
        return { ts: NOW_MS + index * HOUR_MS, low, middle, high };
      }),
    };
  });

const places = (path: string): { x: number; y: number }[] =>
  [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

it('draws nothing outside its plot, whatever was used and whatever is expected', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 200, max: 1200 }), (drawn, width) => {
      const chart = dayChart(drawn, { width, height: 220, nowMs: NOW_MS });
      const { left, right, top, bottom } = chart.plot;
      const paths = [chart.line, chart.measuredArea, chart.estimatedArea, chart.before, chart.expected, chart.band];
      for (const { x, y } of paths.flatMap((path) => places(path))) {
        expect(x).toBeGreaterThanOrEqual(left - 0.1);
        expect(x).toBeLessThanOrEqual(right + 0.1);
        expect(y).toBeGreaterThanOrEqual(top - 0.1);
        expect(y).toBeLessThanOrEqual(bottom + 0.1);
      }
    }),
  );
});

it('lets what is expected lie within its range at every point', () => {
  fc.assert(
    fc.property(series, (drawn) => {
      const chart = dayChart(drawn, { width: 360, height: 220, nowMs: NOW_MS });
      const outline = places(chart.band);
      const middle = outline.length === 0 ? [] : places(chart.expected);
      const lower = outline.slice(middle.length).toReversed();
      for (const [index, { x, y }] of middle.entries()) {
        const [above, below] = [outline[index]!, lower[index]!];
        expect([above.x, below.x]).toEqual([x, x]);
        expect(y).toBeGreaterThanOrEqual(above.y - 1e-6);
        expect(y).toBeLessThanOrEqual(below.y + 1e-6);
      }
    }),
  );
});

it('lets what is expected begin at the newest value, unless that is an hour old', () => {
  fc.assert(
    fc.property(series, (drawn) => {
      const chart = dayChart(drawn, { width: 360, height: 220, nowMs: NOW_MS });
      const newest = drawn.samples.findLast(({ value }) => value !== null);
      fc.pre(chart.end !== undefined && newest !== undefined && NOW_MS - newest.ts <= HOUR_MS);
      const [first] = places(chart.expected);
      fc.pre(first !== undefined);
      expect(first.x).toBeCloseTo(chart.end.x, 0);
      expect(first.y).toBeCloseTo(chart.end.y, 0);
    }),
  );
});

it('keeps the greatest power of a day of values every ten seconds, thinned to the width', () => {
  const samples = Array.from({ length: 8640 }, (_, index) => ({
    ts: NOW_MS - (8640 - index) * 10_000,
    value: index === 4321 ? 3900 : 300 + (index % 7) * 20,
    estimated: false,
  }));
  const { line, powerTicks } = dayChart(
    { samples, before: [], expected: [] },
    { width: 390, height: 220, nowMs: NOW_MS },
  );
  expect(powerTicks.at(-1)?.powerW).toBe(4000);
  expect(Math.min(...places(line).map(({ y }) => y))).toBeCloseTo(14 + 180 / 40, 0);
  expect(places(line).length).toBeLessThan(4 * 390);
});
