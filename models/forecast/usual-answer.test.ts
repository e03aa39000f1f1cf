import { describe, expect, test } from 'vitest';
import { dayStart, HOUR_MS } from '../calendar/seoul.ts';
import { usualAnswer } from './usual-answer.ts';

/** Each hour of each day uses its number times 100 Wh; on every fifth day twice that. */
const usesOf = (hours: number): number[] =>
  Array.from({ length: hours }, (_, i) => (Math.floor(i / 24) % 5 === 0 ? 200 : 100) * (i % 24));
const request = (hours: number) => ({ id: 'x', firstDate: '2026-06-01', wh: usesOf(hours), issuedAt: 'now' });

describe('what is usual in a home', () => {
  test('is each hour as the last four weeks had it, from now to the end of tomorrow', () => {
    const { hours, status, modelVersion } = usualAnswer(request(40 * 24 + 18));
    expect([status, modelVersion, hours.length]).toEqual(['ready', 'usual', 30]);
    expect(hours[0]).toMatchObject({
      ts: dayStart('2026-07-11') + 18 * HOUR_MS,
      p10Wh: 1800,
      p50Wh: 1800,
      p90Wh: 3600,
      source: 'fallback',
    });
    // 5 of 28 days twice the others
    expect(hours[0]?.meanWh).toBe(Math.round((1800 * 33) / 28));
  });

  test('counts what is used of today, and spreads days as they were spread', () => {
    const { today, tomorrow, month } = usualAnswer(request(40 * 24 + 18));
    // 27,600 Wh a day, of which 15,300 are used by six, on a day of twice as much
    expect(today!.meanWh).toBe(30_600 + Math.round((12_300 * 33) / 28));
    expect(tomorrow!.p10Wh).toBeLessThan(tomorrow!.meanWh);
    expect(tomorrow!.p90Wh).toBeGreaterThan(tomorrow!.meanWh);
    expect(month!.meanWh).toBeGreaterThan(31 * 27_600);
  });

  test('is, of an hour that is never read, that of the hour beside it, and not nothing', () => {
    const wh = usesOf(40 * 24).map((one, at) => (at % 24 === 19 ? null : one));
    const { hours } = usualAnswer({ ...request(0), wh });
    expect(hours[19]).toMatchObject({ p10Wh: 1800, p50Wh: 1800, p90Wh: 3600, naiveWh: null });
  });

  test.each([
    ['less than a day of readings', usesOf(23)],
    ['four weeks of silence', [...usesOf(48), ...Array<null>(29 * 24).fill(null)]],
  ])('is not known after %s', (_, wh) => {
    expect(usualAnswer({ ...request(0), wh })).toMatchObject({ status: 'collecting', hours: [], today: null });
  });

  test('is not told of a sensor that follows the sun, and says when nobody seems to be there', () => {
    const pvWh = Array.from({ length: 30 * 24 }, (_, i) => Math.max(0, 1000 - 200 * Math.abs((i % 24) - 12)));
    expect(usualAnswer({ ...request(0), wh: pvWh, pvWh })).toMatchObject({ status: 'wiring', hours: [] });
    const away = [...usesOf(30 * 24), ...Array<number>(24).fill(0)];
    expect(usualAnswer({ ...request(0), wh: away }).notices).toEqual(['absence']);
  });
});
