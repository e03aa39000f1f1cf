import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreLaterDays } from './back-test/later-days.ts';
import { expectedDays, laterDays, laterTotals } from './later-days.ts';
import { aHome } from './testing/homes.ts';
import { levelsOf } from './totals.ts';

const WEEKS = 12;
/** 10 kWh a day, and 17 on the last of seven. */
const weekly = (weeks: number): Float64Array =>
  Float64Array.from({ length: weeks * 7 }, (_, day) => (day % 7 === 6 ? 17_000 : 10_000));

describe('the days after tomorrow', () => {
  test('are the home’s level, and more on the weekday that is more', () => {
    // days 86 to 90; day 90 is the last of seven
    const days = laterDays(weekly(WEEKS));
    expect(days.map(({ day }) => day)).toEqual([86, 87, 88, 89, 90]);
    const [usual, heavy] = [days[0]!.meanWh, days[4]!.meanWh];
    for (const { meanWh } of days.slice(0, 4)) expect(meanWh).toBeCloseTo(usual);
    // 56 days: 8 of that weekday at 17 of a mean of 11, and 8 ordinary ones beside them
    const ratio = (8 + 8 * (17 / 11)) / (8 + 8 * (10 / 11));
    expect(heavy / usual).toBeCloseTo(ratio);
  });

  test('have dates: the first is the one after tomorrow', () => {
    // 80 days from 2024-10-04; the 81st is today
    expect(laterTotals(aHome('a', 81), 80).map(({ date }) => date)).toEqual([
      '2024-12-25',
      '2024-12-26',
      '2024-12-27',
      '2024-12-28',
      '2024-12-29',
    ]);
  });

  test('of a home that never changes have no range, and of a young one reach to twice the mean', () => {
    const steady = new Float64Array(60).fill(9000);
    for (const { meanWh, p10Wh, p90Wh } of laterDays(steady)) expect([p10Wh, p90Wh]).toEqual([meanWh, meanWh]);
    for (const { meanWh, p10Wh, p90Wh } of laterDays(steady.subarray(0, 2)))
      expect([p10Wh, meanWh, p90Wh]).toEqual([0, 9000, 18_000]);
  });

  test('of a home without a day are not known', () => {
    expect(laterDays(new Float64Array(0))).toEqual([]);
    expect(laterDays(new Float64Array(9).fill(NaN))).toEqual([]);
  });
});

test('what a day was expected to be does not change by a bit when it and all after it become something else', () => {
  const total = fc.oneof(fc.integer({ min: 0, max: 40_000 }), fc.constant(NaN));
  fc.assert(
    fc.property(fc.array(total, { minLength: 1, maxLength: 120 }), fc.nat(), (values, at) => {
      const totals = Float64Array.from(values);
      const origin = at % (values.length + 1);
      const other = totals.map((value, day) => (day < origin ? value : 99_999));
      expect(expectedDays(other, levelsOf(other), origin)).toEqual(expectedDays(totals, levelsOf(totals), origin));
      for (const { meanWh, p10Wh, p90Wh } of laterDays(totals))
        expect([p10Wh, meanWh, p90Wh].every(Number.isFinite) && 0 <= p10Wh && p10Wh <= meanWh && meanWh <= p90Wh).toBe(
          true,
        );
    }),
    { numRuns: 60 },
  );
});

test('the back-test of a home of weekly habits beats its 7-day mean, and ranges hold', () => {
  const scores = scoreLaterDays(aHome('a', 200), 0);
  expect(scores.map(({ ahead }) => ahead)).toEqual([2, 3, 4, 5, 6]);
  for (const { nmae, sevenDayMean } of scores) expect(nmae).toBeLessThan(sevenDayMean);
  expect(scoreLaterDays(aHome('a', 100), 0)).toEqual([]);
});
