import { describe, expect, test } from 'vitest';
import { HOURS } from './series.ts';
import { dayTotalOf, dayTotals, levelsOf, remainderOf } from './totals.ts';

const series = (totals: readonly number[]) => ({
  name: 'a',
  firstDay: 20_000,
  wh: Float64Array.from(totals.flatMap((total) => Array.from({ length: HOURS }, () => total / HOURS))),
});

describe('the total of a day', () => {
  test('of which an hour is missing is as if that hour were like the others', () => {
    const home = series([2400]);
    home.wh[7] = NaN;
    expect(dayTotals(home)[0]).toBeCloseTo(2400);
  });
  test('of which seven hours are missing is not known', () => {
    const home = series([2400]);
    home.wh.fill(NaN, 3, 10);
    expect(dayTotals(home)[0]).toBeNaN();
  });
});

describe('the level before a day', () => {
  test('knows nothing of the day itself', () => {
    const [usual, changed] = [
      [1000, 1000, 1000],
      [1000, 1000, 9000],
    ].map((own) => levelsOf(Float64Array.from(own)));
    expect([...changed!.subarray(0, 3)]).toEqual([...usual!.subarray(0, 3)]);
  });
  test('is half the mean of two weeks and half a mean in which three days ago counts half of yesterday', () => {
    const sixteen = (at: number) =>
      levelsOf(Float64Array.from({ length: 16 }, (_, day) => (day === at ? 1400 : 0)))[16]!;
    expect(sixteen(15) - 50).toBeCloseTo(2 * (sixteen(12) - 50));
    // a day older than two weeks is in the fading half alone
    expect(sixteen(0)).toBeLessThan(sixteen(2));
  });
  test('passes over a day that is not known', () => {
    expect(levelsOf(Float64Array.of(1000, NaN, 1000))[3]).toBeCloseTo(1000);
  });
});

describe('what is left of a month', () => {
  const calm = Float64Array.from({ length: 60 }, (_, day) => 9000 + (day % 2) * 2000);
  const wild = Float64Array.from({ length: 60 }, (_, day) => (Math.floor(day / 10) % 2 === 0 ? 3000 : 17_000));
  const ask = (totals: Float64Array, soFarWh = 50_000, days = 10) => remainderOf(totals, { soFarWh, days, seed: 7 })!;

  test('is the level for each day, on top of what is used', () => {
    expect(ask(calm).meanWh).toBeCloseTo(50_000 + 10 * levelsOf(calm)[60]!);
  });
  test('is less certain for a home of long ups and downs, by more than its single days say', () => {
    const width = ({ p10Wh, p90Wh }: { p10Wh: number; p90Wh: number }): number => p90Wh - p10Wh;
    expect(width(ask(wild))).toBeGreaterThan(5 * width(ask(calm)));
  });
  test('never falls below what is used already', () => {
    expect(ask(wild).p10Wh).toBeGreaterThanOrEqual(50_000);
  });
  test('is the same range again for the same seed', () => {
    expect(ask(wild)).toEqual(ask(wild));
  });
  test('of a home that rested for weeks is bounded by its largest day, as it is while it rests', () => {
    const rested = Float64Array.from({ length: 120 }, (_, day) => (day >= 30 && day < 70 ? 0 : 9000 + (day % 3) * 500));
    for (const until of [75, 120]) {
      const own = ask(rested.subarray(0, until), 0, 20);
      expect(own.p90Wh).toBeGreaterThan(own.meanWh);
      expect(own.p90Wh).toBeLessThanOrEqual(20 * 10_000);
    }
    expect(ask(rested.subarray(0, 70), 0, 20).p90Wh).toBeLessThanOrEqual(20 * 10_000);
  });
  test('of a home at rest is what is used so far: errors in units of next to nothing would have no bound', () => {
    expect(ask(new Float64Array(60), 5000)).toEqual({ meanWh: 5000, p10Wh: 5000, p90Wh: 5000 });
    const flicker = Float64Array.from({ length: 60 }, (_, day) => (day % 20 === 19 ? 100 : 1));
    expect(ask(flicker, 0).p90Wh).toBeLessThan(500);
  });
  test('of a home without a day is not known', () => {
    expect(remainderOf(new Float64Array(0), { soFarWh: 0, days: 10, seed: 7 })).toBeUndefined();
  });
});

test('a day of which few errors are known may be anything up to twice its mean', () => {
  expect(dayTotalOf(5000, [])).toEqual({ meanWh: 5000, p10Wh: 0, p90Wh: 10_000 });
  expect(dayTotalOf(5000, Array<number>(13).fill(1))).toEqual({ meanWh: 5000, p10Wh: 0, p90Wh: 10_000 });
});

test('the range of a day lets its own past errors in, and not less than nothing', () => {
  const errors = Array.from({ length: 28 }, (_, i) => (i - 14) * 1000);
  const { p10Wh, p90Wh } = dayTotalOf(5000, errors);
  expect(p10Wh).toBe(0);
  expect(p90Wh).toBeGreaterThan(14_000);
});
