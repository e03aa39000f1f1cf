import { expect, test } from 'vitest';
import { addDays, weekday } from '../calendar/seoul.ts';
import { originDateOf } from './origin-date.ts';

const FILE = { shiftDays: 3654, firstDate: '2016-08-01', lastDate: '2017-07-30' };

test('a replayed day is the recorded day the shift before it, on the same weekday', () => {
  expect(originDateOf(FILE, '2026-11-22')).toBe('2016-11-20');
  expect(weekday(originDateOf(FILE, '2026-11-22'))).toBe(weekday('2026-11-22'));
});

test('past either end of the file the replay begins again 364 days away', () => {
  expect(originDateOf(FILE, addDays('2016-08-01', 3654))).toBe('2016-08-01');
  expect(originDateOf(FILE, addDays('2016-07-31', 3654))).toBe('2017-07-30');
  expect(originDateOf(FILE, addDays('2017-07-31', 3654))).toBe('2016-08-01');
  expect(originDateOf(FILE, addDays('2017-07-31', 3654 + 364))).toBe('2016-08-01');
  expect(originDateOf(FILE, addDays('2016-07-31', 3654 - 364))).toBe('2017-07-30');
});

test('the day the replay wraps is a seam, and no other', () => {
  const dates = Array.from({ length: 1200 }, (_, index) => addDays('2025-01-01', index));
  const seams = dates.filter((date) => originDateOf(FILE, date) !== addDays(originDateOf(FILE, addDays(date, -1)), 1));
  expect(seams.map((date) => originDateOf(FILE, date))).toEqual(seams.map(() => '2016-08-01'));
  expect(seams).toHaveLength(3);
});
