import { describe, expect, test } from 'vitest';
import { addDays, weekday } from '../calendar/seoul.ts';
import { useSeries, type DayUse } from './use-series.ts';
import { usePaths } from './use-paths.ts';

/** 2024: a year without a holiday table, so that a rest day is a weekend. */
const daysBefore = (today: string, count: number, whOn: (date: string) => number): DayUse[] =>
  Array.from({ length: count }, (_, i) => addDays(today, i - count)).map((date) => ({
    date,
    importWh: whOn(date),
    exportWh: 0,
    share: 1,
  }));
const TODAY = '2024-11-22';
const ahead = (count: number): string[] => Array.from({ length: count }, (_, i) => addDays(TODAY, i));
const pathsOf = (days: DayUse[], count: number) => usePaths(useSeries(days, addDays(TODAY, count - 1)), ahead(count))!;
const weightedMean = (paths: NonNullable<ReturnType<typeof usePaths>>, day: number): number => {
  const whole = paths.reduce((sum, { weight }) => sum + weight, 0);
  return paths.reduce((sum, { weight, importWh }) => sum + weight * importWh[day]!, 0) / whole;
};

describe('the ways in which the coming days may go', () => {
  test('a home that used 9 kWh on each day of its past goes on so in every stretch of it', () => {
    const paths = pathsOf(
      daysBefore(TODAY, 200, () => 9000),
      10,
    );
    const own = paths.slice(0, -20);
    expect(own).toHaveLength(200 - 21 - 10 + 1);
    for (const { importWh } of own) for (const wh of importWh) expect(wh).toBeCloseTo(9000, 6);
    expect(weightedMean(paths, 0)).toBeGreaterThan(8900);
  });

  test('a week of 12 kWh at weekends and 8 on working days keeps its shape', () => {
    const paths = pathsOf(
      daysBefore(TODAY, 200, (date) => (weekday(date) >= 5 ? 12_000 : 8000)),
      7,
    );
    const [friday, saturday, , monday] = [0, 1, 2, 3].map((day) => weightedMean(paths, day));
    expect(saturday! / friday!).toBeGreaterThan(1.3);
    expect(saturday! / monday!).toBeGreaterThan(1.3);
  });

  test('a home that doubled its use three weeks ago is projected at its level of now, not of before', () => {
    const paths = pathsOf(
      daysBefore(TODAY, 300, (date) => (date >= addDays(TODAY, -21) ? 16_000 : 8000)),
      7,
    );
    expect(weightedMean(paths, 3)).toBeGreaterThan(15_000);
  });

  test('after a year the season that followed then counts most', () => {
    const rising = daysBefore(TODAY, 395, (date) => (date > '2023-11-22' && date <= '2023-12-20' ? 14_000 : 9000));
    const flat = daysBefore(TODAY, 395, () => 9000);
    expect(weightedMean(pathsOf(rising, 14), 10)).toBeGreaterThan(weightedMean(pathsOf(flat, 14), 10) * 1.1);
  });

  test('with three weeks of past the drift of a level decides: 17 % in 15 days', () => {
    const paths = pathsOf(
      daysBefore(TODAY, 22, () => 9000),
      15,
    );
    expect(paths).toHaveLength(20);
    const sums = paths.map(({ importWh }) => importWh[0]!).toSorted((a, b) => a - b);
    expect(sums[2]! / 9000).toBeCloseTo(Math.exp(-1.15 * 0.17), 3);
  });

  test('a longer way ahead is less certain than a short one', () => {
    const noisy = (date: string): number => 8000 + ((Number(date.slice(8)) * 7919) % 3000);
    const spreadOf = (count: number): number => {
      const sums = pathsOf(daysBefore(TODAY, 60, noisy), count)
        .slice(-20)
        .map(({ importWh }) => importWh.reduce((a, b) => a + b, 0) / count);
      return Math.max(...sums) / Math.min(...sums);
    };
    expect(spreadOf(28)).toBeGreaterThan(spreadOf(5));
  });

  test('a home that has been empty is projected empty, not at a use that nobody makes', () => {
    const paths = pathsOf(
      daysBefore(TODAY, 100, () => 0),
      5,
    );
    for (const { importWh } of paths) expect(importWh).toEqual([0, 0, 0, 0, 0]);
  });

  test('the same past gives the same ways', () => {
    const past = daysBefore(TODAY, 120, (date) => 6000 + ((Number(date.slice(8)) * 7919) % 5000));
    expect(pathsOf(past, 9)).toEqual(pathsOf(past.toReversed(), 9));
  });

  test('without a known level there is no way', () => {
    expect(
      usePaths(
        useSeries(
          daysBefore(TODAY, 10, () => 9000),
          TODAY,
        ),
        [TODAY],
      ),
    ).toBeUndefined();
  });
});
