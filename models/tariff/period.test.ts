import { describe, expect, test } from 'vitest';
import { billedKwh } from './billed-kwh.ts';
import { periodOf } from './period.ts';
import { readingPeriod, residencePeriod } from './reading-period.ts';

describe('a meter-reading period', () => {
  test.each([
    ['2026-08-15', '2026-09-14', 31, 31, 'from the 15th to the 14th: as long as the month it starts in'],
    ['2026-02-01', '2026-02-28', 28, 28, 'a calendar month'],
    ['2024-02-12', '2024-03-11', 29, 29, 'across the leap day'],
    ['2026-01-31', '2026-02-27', 28, 28, 'from month end to month end'],
    ['2026-02-28', '2026-03-30', 31, 31, 'from month end to month end, the longer way'],
    ['2026-02-28', '2026-03-27', 28, 28, 'from the 28th to the 27th'],
    ['2026-04-30', '2026-05-30', 31, 31, 'from the end of April to the end of May'],
    ['2026-10-10', '2026-10-31', 22, 31, 'moved in on the 10th: 22 of 31 days'],
    ['2026-02-12', '2026-02-12', 1, 28, 'one day'],
  ])('%s to %s', (from, to, days, monthDays) => {
    expect(periodOf(from, to)).toEqual({ from, to, days, monthDays });
  });

  test.each([
    ['2026-02-30', '2026-03-29', 'bad-date', 'from'],
    ['2026-02-12', '2026-13-01', 'bad-date', 'to'],
    ['20260212', '2026-03-01', 'bad-date', 'from'],
    ['2026-03-12', '2026-03-11', 'reversed-period', 'to'],
    ['2026-02-12', '2026-03-12', 'period-too-long', 'to'],
    ['2026-01-01', '2026-12-31', 'period-too-long', 'to'],
  ])('%s to %s is refused: %s', (from, to, code, at) => {
    expect(periodOf(from, to)).toMatchObject({ status: 'refused', code, at });
  });
});

describe('the reading day decides the period a day belongs to', () => {
  test.each([
    ['2026-11-22', 15, '2026-11-15', '2026-12-14'],
    ['2026-11-14', 15, '2026-10-15', '2026-11-14'],
    ['2026-11-22', 1, '2026-11-01', '2026-11-30'],
    ['2026-02-27', 'month-end', '2026-01-31', '2026-02-27'],
    ['2026-02-28', 'month-end', '2026-02-28', '2026-03-30'],
    ['2026-01-05', 26, '2025-12-26', '2026-01-25'],
  ] as const)('%s, read on day %s', (date, readingDay, from, to) => {
    expect(readingPeriod(date, readingDay)).toEqual({ from, to });
  });

  test('every reading day and every date of four years lie in a whole period', () => {
    for (const readingDay of [1, 5, 8, 12, 15, 19, 22, 26, 'month-end'] as const)
      for (let month = 0; month < 48; month++) {
        const date = `${2023 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-17`;
        const { from, to } = readingPeriod(date, readingDay);
        const period = periodOf(from, to);
        expect(period).toMatchObject({ from, to });
        expect('days' in period && period.days === period.monthDays).toBe(true);
        expect(from <= date && date <= to).toBe(true);
      }
  });

  test('the day of moving in counts, the day of moving out does not', () => {
    const residence = { readingDay: 15, movedIn: '2026-08-20', movedOut: '2026-09-10' } as const;
    expect(residencePeriod('2026-09-01', residence)).toEqual({
      from: '2026-08-20',
      to: '2026-09-09',
      days: 21,
      monthDays: 31,
    });
  });

  test('who moved out before the period began has no period in it', () => {
    expect(residencePeriod('2026-09-20', { readingDay: 15, movedOut: '2026-09-10' })).toMatchObject({
      code: 'reversed-period',
    });
  });
});

test('measured energy is billed in whole kWh, rounded half up', () => {
  expect([0, 499, 500, 350_499, 350_500].map(billedKwh)).toEqual([0, 0, 1, 350, 351]);
});
