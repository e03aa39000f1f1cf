import { describe, expect, test } from 'vitest';
import { dayKind } from './holidays.ts';

describe('Korean public holidays', () => {
  test.each([
    ['2026-05-01', 'holiday', 'Labour Day, a public holiday from 2026'],
    ['2026-02-16', 'holiday', 'the day before Seollal'],
    ['2026-03-02', 'holiday', 'the substitute for a national day on a Sunday'],
    ['2026-09-26', 'holiday', 'the day after Chuseok, on a Saturday'],
    ['2026-09-28', 'weekday', 'no substitute: Chuseok days on a Saturday get none'],
    ['2025-01-27', 'temporary-holiday', 'declared for once'],
    ['2026-11-21', 'saturday', 'an ordinary Saturday'],
    ['2026-11-22', 'sunday', 'an ordinary Sunday'],
    ['2027-12-27', 'holiday', 'the substitute for Christmas on a Saturday'],
  ])('%s is a %s: %s', (date, kind) => {
    expect(dayKind(date)).toBe(kind);
  });

  test('a year without a table is unknown, not free of holidays', () => {
    expect(dayKind('2028-01-01')).toBeUndefined();
  });
});
