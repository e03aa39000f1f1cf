import { describe, expect, test } from 'vitest';
import { addDays, dayStart, isoSeoul, localDate, localTime, slotStart, weekday } from './seoul.ts';

describe('the Korean calendar', () => {
  test('begins a day at midnight in Seoul, nine hours before Greenwich', () => {
    expect(dayStart('2026-11-22')).toBe(Date.UTC(2026, 10, 21, 15));
    expect(localDate(Date.UTC(2026, 10, 21, 14, 59, 59, 999))).toBe('2026-11-21');
    expect(localDate(Date.UTC(2026, 10, 21, 15))).toBe('2026-11-22');
  });

  test('agrees with the platform calendar on every day of 40 years, leap days included', () => {
    const zone = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' });
    for (let ms = Date.UTC(1999, 0, 1, 3); ms < Date.UTC(2039, 0, 1); ms += 86_400_000) {
      expect(localDate(ms)).toBe(zone.format(ms));
    }
  });

  test('adds days across months and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });

  test('knows its weekdays', () => {
    expect(weekday('2026-11-22')).toBe(6);
    expect(weekday('1969-12-29')).toBe(0);
  });

  test('writes an instant with its offset', () => {
    const ms = Date.UTC(2026, 10, 22, 4, 45, 7);
    expect(isoSeoul(ms)).toBe('2026-11-22T13:45:07+09:00');
    expect(localTime(ms)).toBe('1345');
    expect(slotStart(ms)).toBe(Date.UTC(2026, 10, 22, 4, 45));
  });
});
