import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '../calendar/seoul.ts';
import { clearSkyOfHour, cosineOfZenith, throughCloud } from './sun.ts';

const SEOUL = { latitude: 37.57, longitude: 126.98 };
const MINUTE_MS = 60_000;
const highest = (from: number): { at: number; cosine: number } =>
  Array.from({ length: 24 * 60 }, (_, minute) => from + minute * MINUTE_MS)
    .map((at) => ({ at, cosine: cosineOfZenith(at, SEOUL) }))
    .reduce((best, one) => (one.cosine > best.cosine ? one : best));
const height = (cosine: number): number => 90 - (Math.acos(cosine) * 180) / Math.PI;

describe('the sun over Seoul', () => {
  // noon and height as almanacs give them
  test.each([
    ['2026-06-21', '12:34', 75.9],
    ['2026-12-22', '12:30', 29.0],
    ['2026-03-20', '12:39', 52.4],
  ])('on %s is highest at %s, %f degrees up', (date, time, degrees) => {
    const noon = highest(Date.parse(`${date}T00:00:00+09:00`));
    expect(Math.abs(noon.at - Date.parse(`${date}T${time}:00+09:00`))).toBeLessThanOrEqual(2 * MINUTE_MS);
    expect(height(noon.cosine)).toBeCloseTo(degrees, 0);
  });

  test('gives nothing in the hour after midnight, and most around noon', () => {
    const day = Array.from({ length: 24 }, (_, hour) =>
      clearSkyOfHour(Date.parse('2026-06-21T00:00:00+09:00') + hour * HOUR_MS, SEOUL),
    );
    expect(day[0]).toBe(0);
    expect(day.indexOf(Math.max(...day))).toBe(12);
    // Haurwitz at 14 degrees from straight above
    expect(day[12]).toBeGreaterThan(980);
    expect(day[12]).toBeLessThan(1010);
  });
});

test('in the south the sun is high in December', () => {
  const sydney = { latitude: -33.87, longitude: 151.21 };
  const noon = (month: string): number => clearSkyOfHour(Date.parse(`2026-${month}-21T02:00:00Z`), sydney);
  expect(noon('12')).toBeGreaterThan(1.7 * noon('06'));
});

test('a quarter of the sun comes through a closed sky, and nearly all through scattered clouds', () => {
  expect([0, 300, 1000].map(throughCloud)).toEqual([1, expect.closeTo(0.987, 3), 0.25]);
});
