import { expect, test } from 'vitest';
import { mayOpen, standOf } from './dispute.ts';

const OPENED = { openedOn: '2026-11-01', answeredOn: null, closedOn: null, owed: false };

test('a line is disputed up to 90 days after it was recorded, and not on the day after', () => {
  expect(mayOpen('2026-08-25', '2026-11-23')).toBe(true);
  expect(mayOpen('2026-08-24', '2026-11-23')).toBe(false);
});

test('an answer is due 30 days after the dispute, and overdue the day after that', () => {
  expect(standOf(OPENED, '2026-12-01')).toEqual({ state: 'opened', dueOn: '2026-12-01', overdue: false });
  expect(standOf(OPENED, '2026-12-02')).toEqual({ state: 'opened', dueOn: '2026-12-01', overdue: true });
});

test('an answered dispute closes by itself 14 days later, and at once when whoever opened it says so', () => {
  const answered = { ...OPENED, answeredOn: '2026-11-10' };
  expect(standOf(answered, '2026-11-24')).toEqual({ state: 'answered', dueOn: '2026-11-24', overdue: false });
  expect(standOf(answered, '2026-11-25').state).toBe('closed');
  expect(standOf({ ...answered, closedOn: '2026-11-11' }, '2026-11-11').state).toBe('closed');
  expect(standOf({ ...OPENED, closedOn: '2026-11-02' }, '2026-11-02').state).toBe('closed');
});

test('one that owes a correction stays open for as long as it is owed', () => {
  const upheld = { ...OPENED, answeredOn: '2026-11-10', owed: true };
  expect(standOf(upheld, '2027-11-10')).toEqual({ state: 'answered', dueOn: null, overdue: false });
});
