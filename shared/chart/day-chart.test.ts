import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import { dayChart, type PowerSample } from './day-chart.ts';

const nowMs = dayStart('2026-11-22') + 15 * HOUR_MS;
const frame = { width: 346, height: 240, nowMs };
const at = (hoursAgo: number, value: number | null, estimated = false): PowerSample => ({
  ts: nowMs - hoursAgo * HOUR_MS,
  value,
  estimated,
});

describe('the chart of the last 24 hours', () => {
  it('spans exactly 24 hours and forgets what is older', () => {
    const chart = dayChart([at(25, 9000), at(24, 400), at(0, 800)], frame);
    expect(chart.line).toBe('M36,114L336,14');
    expect(chart.end).toEqual({ x: 336, y: 14 });
  });

  it('moves when a live value arrives', () => {
    const before = dayChart([at(0.25, 400), at(0.01, 700)], frame);
    const after = dayChart([at(0.25, 400), at(0.01, 700), at(0, 900)], frame);
    expect(after.line).not.toBe(before.line);
    expect(after.end?.y).toBeLessThan(before.end?.y ?? 0);
  });

  it('leaves a gap where the record is missing', () => {
    const chart = dayChart([at(4, 500), at(3, 500), at(2, null), at(1, 500), at(0, 500)], frame);
    expect(chart.line.match(/M/g)).toHaveLength(2);
    expect(chart.measuredArea.match(/Z/g)).toHaveLength(2);
  });

  it('draws estimated energy apart from measured energy', () => {
    const chart = dayChart([at(3, 500), at(2, 500), at(1, 500, true), at(0, 500)], frame);
    expect(chart.measuredArea.match(/Z/g)).toHaveLength(1);
    expect(chart.estimatedArea.match(/Z/g)).toHaveLength(1);
    expect(chart.line.match(/M/g)).toHaveLength(1);
  });

  it('marks the Korean hours 18, 0, 6 and 12, evenly spaced', () => {
    const { hourTicks } = dayChart([], frame);
    expect(hourTicks.map((tick) => tick.hour)).toEqual([18, 0, 6, 12]);
    expect(hourTicks.map((tick) => tick.x)).toEqual([73.5, 148.5, 223.5, 298.5]);
  });

  it('starts the scale at zero and keeps an idle home low', () => {
    const { powerTicks, line } = dayChart([at(1, 50), at(0, 50)], frame);
    expect(powerTicks.map((tick) => tick.powerW)).toEqual([0, 200, 400, 600]);
    expect(line).toContain('197.3');
  });

  it('has no line and no end without a record', () => {
    expect(dayChart([at(1, null)], frame)).toMatchObject({ line: '', measuredArea: '', end: undefined });
  });
});
