import { describe, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS } from '../calendar/seoul.ts';
import { hourWh, hoursOf, LEAST_DAYS, pastOf, UNUSUAL, unusualUse, type Hours } from './unusual.ts';

const TODAY = '2026-11-23';
const at = (hour: number): number => dayStart(TODAY) + hour * HOUR_MS;
/** 300 Wh an hour, 900 from 18 to 22 h. */
const anEvenPast = (days: number): Hours =>
  Array.from({ length: days * 24 }, (_, index) => (index % 24 >= 18 && index % 24 < 22 ? 900 : 300));

describe('two hours of a home', () => {
  test('far above what they usually are are unusual, and it says by how much', () => {
    expect(unusualUse(anEvenPast(42), 6600, at(14))).toEqual({
      date: TODAY,
      toHour: 14,
      usedWh: 6600,
      usualWh: 600,
    });
  });

  test('that end at midnight belong to the day that ends with them', () => {
    expect(unusualUse(anEvenPast(42), 9000, at(24))).toMatchObject({ date: TODAY, toHour: 24 });
  });

  test('are judged by their own time of day: what is usual in the evening is unusual at night', () => {
    expect(unusualUse(anEvenPast(42), 4000, at(20))).toBeUndefined();
    expect(unusualUse(anEvenPast(42), 4000, at(4))).toBeDefined();
  });

  test('a little above are not news, however even the home is', () => {
    expect(unusualUse(anEvenPast(42), 600 + UNUSUAL.leastMarginWh, at(4))).toBeUndefined();
    expect(unusualUse(anEvenPast(42), 601 + UNUSUAL.leastMarginWh, at(4))).toBeDefined();
  });

  test('are not judged before two weeks are known', () => {
    expect(unusualUse(anEvenPast(LEAST_DAYS - 1), 9000, at(4))).toBeUndefined();
    expect(unusualUse(anEvenPast(LEAST_DAYS), 9000, at(4))).toBeDefined();
  });

  test('are usual where the home went as far on a day of the last six weeks, and news again when that is forgotten', () => {
    const past = [...anEvenPast(42)];
    past[10 * 24 + 4] = 5000;
    expect(unusualUse(past, 5200, at(14))).toBeUndefined();
    expect(unusualUse([...past.slice(11 * 24), ...anEvenPast(11)], 5200, at(14))).toBeDefined();
  });

  test('a Sunday that is like the Sundays before is usual, though it is unlike the days before it', () => {
    const past = anEvenPast(42).map((wh, index) => (Math.floor(index / 24) % 7 === 6 && wh === 300 ? 1800 : (wh ?? 0)));
    expect(unusualUse(past, 3600, at(14))).toBeUndefined();
  });

  test('of a home whose past is full of holes are judged by what is known', () => {
    const past = anEvenPast(42).map((wh, index) => (index % 3 === 0 ? null : wh));
    expect(unusualUse(past, 9000, at(5))).toBeDefined();
    expect(
      unusualUse(
        past.map(() => null),
        9000,
        at(5),
      ),
    ).toBeUndefined();
  });
});

describe('the hours that are remembered', () => {
  test('are unknown where a quarter is, and where a day is', () => {
    const start = dayStart('2026-11-22');
    const quarters = new Map([0, 1, 2, 3, 4, 5, 6].map((quarter) => [start + (quarter * HOUR_MS) / 4, 100]));
    expect(hoursOf('2026-11-22', quarters).slice(0, 3)).toEqual([400, null, null]);
    expect(hourWh(start, quarters)).toBe(400);
    const past = pastOf(new Map([['2026-11-22', hoursOf('2026-11-22', quarters)]]), TODAY);
    expect(past).toHaveLength(UNUSUAL.days * 24);
    expect(past.at(-24)).toBe(400);
    expect(past.filter((wh) => wh !== null)).toHaveLength(1);
    expect(pastOf(new Map([[addDays(TODAY, -50), anEvenPast(1)]]), TODAY).every((wh) => wh === null)).toBe(true);
  });
});
