import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowChart, IDLE_W, type Flow, type FlowChart, type FlowPart } from './flow-chart.ts';
import type { Pixel } from './path.ts';

const power = fc.option(fc.integer({ min: -9000, max: 9000 }), { nil: null, freq: 8 });
const flows = fc
  .record({
    solar: power,
    battery: power,
    car: power,
    grid: power,
    drop: fc.subarray<FlowPart>(['solar', 'battery', 'car']),
  })
  .map(({ drop, ...powers }): Flow[] =>
    (['solar', 'battery', 'car', 'grid'] as const)
      .filter((part) => !drop.includes(part))
      .map((part) => ({ part, toHomeW: powers[part] })),
  );
const frame = fc.record({ width: fc.integer({ min: 240, max: 1100 }), remPx: fc.integer({ min: 14, max: 30 }) });

const distance = (a: Pixel, b: Pixel): number => Math.hypot(a.x - b.x, a.y - b.y);
const chartOf = (drawn: readonly Flow[]): FlowChart => {
  const chart = flowChart(drawn, { width: 320, remPx: 16 });
  if (chart === undefined) throw new Error('no room');
  return chart;
};
const line = (toHomeW: number | null): FlowChart['lines'][number] => chartOf([{ part: 'grid', toHomeW }]).lines[0]!;

describe('the picture of the flows', () => {
  it('keeps every circle, line and arrow inside, and no two circles touch', () => {
    fc.assert(
      fc.property(flows, frame, (drawn, { width, remPx }) => {
        const chart = flowChart(drawn, { width, remPx });
        expect(chart === undefined).toBe(width < 14 * remPx);
        if (chart === undefined) return;
        const nodes = [chart.home, ...Object.values(chart.nodes)];
        for (const { x, y, radius } of nodes) {
          expect(Math.min(x, width - x)).toBeGreaterThanOrEqual(radius);
          expect(Math.min(y, chart.height - y)).toBeGreaterThanOrEqual(radius);
        }
        for (const [index, a] of nodes.entries())
          for (const b of nodes.slice(index + 1)) expect(distance(a, b)).toBeGreaterThan(a.radius + b.radius);
        for (const { arrow = [] } of chart.lines)
          for (const { x, y } of arrow) {
            expect(Math.min(x, width - x)).toBeGreaterThan(0);
            expect(Math.min(y, chart.height - y)).toBeGreaterThan(0);
          }
      }),
    );
  });

  it('leads each line from where the power comes to where it goes', () => {
    fc.assert(
      fc.property(flows, (drawn) => {
        const { home, nodes, lines } = chartOf(drawn);
        for (const [index, { part, from, to, arrow, seconds }] of lines.entries()) {
          const toHomeW = drawn[index]!.toHomeW ?? 0;
          const [begins, ends] = toHomeW < 0 ? [home, nodes[part]!] : [nodes[part]!, home];
          expect(distance(from, begins)).toBeCloseTo(begins.radius);
          expect(distance(to, ends)).toBeCloseTo(ends.radius);
          expect(seconds !== undefined).toBe(Math.abs(toHomeW) >= IDLE_W);
          if (arrow) expect(distance(arrow[1], to)).toBeLessThan(distance(arrow[0], to));
        }
      }),
    );
  });

  it('draws more power wider and faster, up to 5 kW', () => {
    fc.assert(
      fc.property(fc.integer({ min: IDLE_W, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (watts, more) => {
        const [less, greater] = [line(watts), line(watts + more)];
        expect(greater.widthPx).toBeGreaterThanOrEqual(less.widthPx);
        expect(greater.seconds).toBeLessThanOrEqual(less.seconds ?? Number.NaN);
        expect(greater.widthPx).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('has neither arrow nor motion where nothing flows or nothing is known', () => {
    for (const watts of [0, IDLE_W - 1, null])
      expect(line(watts)).toMatchObject({ seconds: undefined, arrow: undefined });
    expect(line(-400).arrow).toBeDefined();
  });

  it('is lower without a car and without a roof', () => {
    const of = (...parts: FlowPart[]): number => chartOf(parts.map((part) => ({ part, toHomeW: 500 }))).height;
    expect(of('grid', 'battery')).toBeLessThan(of('grid', 'battery', 'solar'));
    expect(of('grid', 'solar')).toBeLessThan(of('grid', 'solar', 'car'));
  });
});
