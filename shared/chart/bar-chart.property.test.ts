import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barChart, type BarValue } from './bar-chart.ts';

const figure = fc.option(fc.integer({ min: -50_000, max: 500_000 }), { freq: 5 });
const bars: fc.Arbitrary<BarValue[]> = fc.array(fc.record({ value: figure, compared: figure }), {
  minLength: 1,
  maxLength: 31,
});
const frame = { width: 346, height: 220, leastTop: 100 };
const NEARLY = 1e-6;

describe('the bars of a span of energy', () => {
  it('stay inside the plot, and each in its own column', () => {
    fc.assert(
      fc.property(bars, (values) => {
        const { plot, columns } = barChart(values, frame);
        for (const { left, width, bar, compared } of columns)
          for (const box of [bar, compared].filter((one) => one !== undefined)) {
            expect(box.x).toBeGreaterThanOrEqual(left - NEARLY);
            expect(box.x + box.width).toBeLessThanOrEqual(left + width + NEARLY);
            expect(box.y).toBeGreaterThanOrEqual(plot.top - 1 - NEARLY);
            expect(box.y + box.height).toBeLessThanOrEqual(plot.bottom + 1 + NEARLY);
          }
      }),
    );
  });

  it('are as high as their value, on the side of zero it lies on', () => {
    fc.assert(
      fc.property(bars, (values) => {
        const { columns, ticks, zeroY } = barChart(values, frame);
        const [first, last] = [ticks[0], ticks.at(-1)];
        const perUnit = (first!.y - last!.y) / (last!.value - first!.value);
        for (const [index, { value }] of values.entries()) {
          const { bar } = columns[index]!;
          expect(bar === undefined).toBe(value === null);
          if (bar === undefined || value === null) continue;
          expect(bar.height).toBeCloseTo(Math.max(1, Math.abs(value) * perUnit), 3);
          expect(value < 0 ? bar.y : bar.y + bar.height).toBeCloseTo(zeroY, 6);
        }
      }),
    );
  });

  it('leave out what is not known instead of drawing it as zero', () => {
    const { columns } = barChart(
      [
        { value: null, compared: null },
        { value: 0, compared: null },
      ],
      frame,
    );
    expect(columns.map(({ bar }) => bar?.height)).toEqual([undefined, 1]);
  });
});
