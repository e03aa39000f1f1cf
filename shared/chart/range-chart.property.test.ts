import { DAY_MS, dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeChart, ticksBetween, type RangePoint } from './range-chart.ts';

const FROM = dayStart('2026-11-16');
const FRAME = { width: 390, height: 240, fromMs: FROM, toMs: FROM + DAY_MS, stepMs: HOUR_MS, leastSpan: 100 };

const point = fc
  .record({
    value: fc.integer({ min: -5000, max: 50_000 }),
    below: fc.nat(900),
    above: fc.nat(900),
    known: fc.boolean(),
  })
  .map(({ value, below, above, known }) => ({ value: known ? value : null, min: value - below, max: value + above }));
const points = fc
  .array(point, { minLength: 1, maxLength: 24 })
  .map((all) => all.map((one, index): RangePoint => ({ ts: FROM + index * HOUR_MS, ...one })));

describe('the picture of a quantity', () => {
  it('holds every known value between its marks, and every point within its frame', () => {
    fc.assert(
      fc.property(points, fc.boolean(), (all, fromZero) => {
        const chart = rangeChart(all, { ...FRAME, fromZero });
        const [low = 0, high = 0] = [chart.ticks[0]?.value, chart.ticks.at(-1)?.value];
        const shown = all.map((one, index) => ({ ...one, at: chart.at(index) }));
        expect(shown.map(({ at }) => at === undefined)).toEqual(all.map(({ value }) => value === null));
        const isInside = shown.every(({ at, min, max }) => {
          if (at === undefined) return true;
          const across = at.x > chart.plot.left && at.x < chart.plot.right;
          return across && at.y >= chart.plot.top && at.y <= chart.plot.bottom && min >= low && max <= high;
        });
        expect(isInside).toBe(true);
        expect(!fromZero || (low <= 0 && high >= 0)).toBe(true);
      }),
    );
  });

  it('has between two and six marks at whole steps, over any range', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 1, max: 200_000 }), (low, span) => {
        const ticks = ticksBetween(low, low + span);
        expect(ticks.length >= 2 && ticks.length <= 6).toBe(true);
        expect(ticks[0]! <= low && ticks.at(-1)! >= low + span).toBe(true);
      }),
    );
  });

  it('breaks line and band where nothing was heard', () => {
    const gap = Array.from({ length: 9 }, (_, index): RangePoint => ({
      ts: FROM + index * HOUR_MS,
      value: index === 4 ? null : 200,
      min: 150,
      max: 260,
    }));
    const { line, band } = rangeChart(gap, { ...FRAME, fromZero: true });
    expect(line.match(/M/g)).toHaveLength(2);
    expect(band.match(/Z/g)).toHaveLength(2);
  });

  it('does not make a mountain of noise', () => {
    const calm = [200, 201, 199].map((value, index): RangePoint => ({
      ts: FROM + index * HOUR_MS,
      value,
      min: value,
      max: value,
    }));
    const { ticks } = rangeChart(calm, { ...FRAME, fromZero: false });
    expect(ticks.at(-1)!.value - ticks[0]!.value).toBeGreaterThanOrEqual(100);
  });
});
