import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import { dayChart, type DaySeries, type PowerSample } from './day-chart.ts';

const nowMs = dayStart('2026-11-22') + 15 * HOUR_MS;
const frame = { width: 346, height: 240, nowMs };
const at = (hoursAgo: number, value: number | null, estimated = false): PowerSample => ({
  ts: nowMs - hoursAgo * HOUR_MS,
  value,
  estimated,
});
const drawn = (samples: readonly PowerSample[], over: Partial<DaySeries> = {}) =>
  dayChart({ samples, before: [], expected: [], ...over }, frame);
/** Hours from now on, W: 600 in the middle, 300 to 900. */
const hoursFrom = (first: number, count: number): DaySeries['expected'] =>
  Array.from({ length: count }, (_, index) => ({
    ts: nowMs + (first + index) * HOUR_MS,
    middle: 600,
    low: 300,
    high: 900,
  }));

describe('the chart of the last 24 hours', () => {
  it('spans exactly 24 hours and forgets what is older', () => {
    const chart = drawn([at(25, 9000), at(24, 400), at(0, 800)]);
    expect(chart.line).toBe('M36,114L336,14');
    expect(chart.end).toEqual({ x: 336, y: 14 });
    expect(chart.nowX).toBeUndefined();
  });

  it('moves when a live value arrives', () => {
    const before = drawn([at(0.25, 400), at(0.01, 700)]);
    const after = drawn([at(0.25, 400), at(0.01, 700), at(0, 900)]);
    expect(after.line).not.toBe(before.line);
    expect(after.end?.y).toBeLessThan(before.end?.y ?? 0);
  });

  it('leaves a gap where the record is missing', () => {
    const chart = drawn([at(4, 500), at(3, 500), at(2, null), at(1, 500), at(0, 500)]);
    expect(chart.line.match(/M/g)).toHaveLength(2);
    expect(chart.measuredArea.match(/Z/g)).toHaveLength(2);
  });

  it('draws estimated energy apart from measured energy', () => {
    const chart = drawn([at(3, 500), at(2, 500), at(1, 500, true), at(0, 500)]);
    expect(chart.measuredArea.match(/Z/g)).toHaveLength(1);
    expect(chart.estimatedArea.match(/Z/g)).toHaveLength(1);
    expect(chart.line.match(/M/g)).toHaveLength(1);
  });

  it('marks the Korean hours 18, 0, 6 and 12, evenly spaced', () => {
    const { hourTicks } = drawn([]);
    expect(hourTicks.map((tick) => tick.hour)).toEqual([18, 0, 6, 12]);
    expect(hourTicks.map((tick) => tick.x)).toEqual([73.5, 148.5, 223.5, 298.5]);
  });

  it('starts the scale at zero and keeps an idle home low', () => {
    const { powerTicks, line } = drawn([at(1, 50), at(0, 50)]);
    expect(powerTicks.map((tick) => tick.powerW)).toEqual([0, 200, 400, 600]);
    expect(line).toContain('197.3');
  });

  it('has no line and no end without a record', () => {
    expect(drawn([at(1, null)])).toMatchObject({ line: '', measuredArea: '', end: undefined, expected: '', band: '' });
  });
});

describe('the 6 hours after now', () => {
  it('take a fifth of the width, end at its edge and are marked as well', () => {
    const chart = drawn([at(24, 400), at(0, 400)], { expected: hoursFrom(0, 12) });
    expect(chart.nowX).toBe(276);
    expect(chart.line).toBe('M36,134L276,134');
    // the first point is the newest value, the second the middle of the hour that runs, the last the edge
    expect(chart.expected).toMatch(/^M276,134L281,\d+.*L336,/);
    expect(chart.hourTicks.map((tick) => tick.hour)).toEqual([18, 0, 6, 12, 18]);
  });

  it('open from the newest value into the range of 8 in 10', () => {
    const { band, end } = drawn([at(0, 400)], { expected: hoursFrom(0, 2) });
    expect(end).toEqual({ x: 276, y: 134 });
    expect(band.startsWith('M276,134L281,')).toBe(true);
    expect(band.endsWith('L276,134Z')).toBe(true);
  });

  it('do not begin at a value that is hours old', () => {
    const { expected } = drawn([at(5, 400)], { expected: hoursFrom(0, 3) });
    expect(expected.startsWith('M281,')).toBe(true);
  });

  it('begin with the first hour whose middle is still to come', () => {
    const late = { ...frame, nowMs: nowMs + 45 * 60_000 };
    const { expected, nowX } = dayChart({ samples: [], before: [], expected: hoursFrom(0, 3) }, late);
    expect(Number(expected.slice(1).split(',')[0])).toBeGreaterThan(nowX ?? Infinity);
  });
});

describe('the day before', () => {
  it('is a line of its own, behind the hours to come as well', () => {
    const before = [at(30, 9000), at(20, 200), at(-5, 200), at(-7, 9000)].map(({ ts, value }) => ({ ts, value }));
    const alone = drawn([at(0, 400)], { before });
    expect(alone.before.match(/[ML]/g)).toHaveLength(1);
    const ahead = drawn([at(0, 400)], { before, expected: hoursFrom(0, 8) });
    expect(ahead.before).toBe('M76,174L326,174');
    expect(ahead.line).toBe('M276,134h0');
  });
});
