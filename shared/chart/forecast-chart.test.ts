import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { describe, expect, it } from 'vitest';
import { forecastChart, type ForecastHour } from './forecast-chart.ts';

const NOON = dayStart('2026-11-22') + 12 * HOUR_MS;
const FRAME = { width: 320, height: 240 };
const hour = (index: number, over: Partial<ForecastHour> = {}): ForecastHour => ({
  ts: NOON + index * HOUR_MS,
  middle: 900,
  low: 500,
  high: 2000,
  naive: 1100,
  solar: null,
  ...over,
});
const hours = Array.from({ length: 36 }, (_, index) => hour(index));
/** Every place of a path, steps to the right included. */
const pixelsOf = (path: string): { x: number; y: number }[] =>
  [...path.matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

describe('the chart of a forecast', () => {
  const chart = forecastChart({ hours, actual: [] }, FRAME);

  it('keeps every line within the plot, the expected middle between the edges of its range', () => {
    const { plot } = chart;
    for (const path of [chart.band, chart.expected, chart.naive])
      for (const { x, y } of pixelsOf(path)) {
        expect(x).toBeGreaterThanOrEqual(plot.left);
        expect(x).toBeLessThanOrEqual(plot.right);
        expect(y).toBeGreaterThanOrEqual(plot.top);
        expect(y).toBeLessThanOrEqual(plot.bottom);
      }
    const edges = pixelsOf(chart.band).map(({ y }) => y);
    const [middle] = pixelsOf(chart.expected);
    expect(middle!.y).toBeGreaterThan(Math.min(...edges));
    expect(middle!.y).toBeLessThan(Math.max(...edges));
  });

  it('draws the band once around: there above, back below', () => {
    const band = pixelsOf(chart.band);
    expect(band).toHaveLength(2 * hours.length);
    expect(band[0]!.x).toBe(band.at(-1)!.x);
    expect(chart.band.endsWith('Z')).toBe(true);
  });

  it('does not smooth the 7-day mean, and breaks it where it is not known', () => {
    const gap = hours.map((one, index) => (index === 5 ? hour(5, { naive: null }) : one));
    const { naive } = forecastChart({ hours: gap, actual: [] }, FRAME);
    expect([...naive.matchAll(/M/g)]).toHaveLength(2);
    expect([...naive.matchAll(/h/g)]).toHaveLength(hours.length - 1);
  });

  it('has no sun where none is foreseen', () => {
    expect(chart.solar).toBe('');
    expect(
      forecastChart({ hours: [hour(0, { solar: 10 }), hour(1, { solar: 20 })], actual: [] }, FRAME).solar,
    ).not.toBe('');
  });

  it('begins where what was used ends, and by itself where the last hour is not known', () => {
    const actual = [
      { ts: NOON - 2 * HOUR_MS, value: 700 },
      { ts: NOON - HOUR_MS, value: 800 },
    ];
    const both = forecastChart({ hours, actual }, FRAME);
    expect(pixelsOf(both.expected)[0]).toEqual(pixelsOf(both.actual).at(-1));
    const unknown = forecastChart(
      { hours, actual: [...actual.slice(0, 1), { ts: NOON - HOUR_MS, value: null }] },
      FRAME,
    );
    expect(pixelsOf(unknown.expected)).toHaveLength(hours.length);
  });

  it.each([320, 768, 1280])('names hours at %i px without touching each other, midnight by its date', (width) => {
    const { timeTicks } = forecastChart({ hours, actual: [] }, { width, height: 240 });
    const gaps = timeTicks.slice(1).map(({ x }, index) => x - timeTicks[index]!.x);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(54);
    // the name of the very end would be cut off
    expect(timeTicks.at(-1)!.x + 27).toBeLessThanOrEqual(width);
    expect(timeTicks.some(({ hour: at }) => at === 0)).toBe(true);
  });
});
