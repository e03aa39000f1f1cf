import { describe, expect, test } from 'vitest';
import { NO_AUTO_JOIN, whyNotJoined, type AutoJoinCase, type AutoJoinRule } from './auto-join.ts';

/** A Wednesday, 18 to 20 h, that earns 520 won at most. */
const CASE: AutoJoinCase = {
  event: { eventId: 'dr-1125', programme: 'national-dr', date: '2026-11-25', fromHour: 18, toHour: 20 },
  most: { unit: 'won', amount: 520 },
  isTaken: false,
  joinedInWeek: 0,
};
const why = (over: Partial<AutoJoinRule>, of: Partial<AutoJoinCase> = {}) =>
  whyNotJoined({ ...NO_AUTO_JOIN, ...over }, { ...CASE, ...of });

describe('a rule that asks for nothing', () => {
  test('joins every event, also one whose reward nobody knows', () => {
    expect(why({})).toBeUndefined();
    expect(why({}, { most: { unit: 'won', amount: null } })).toBeUndefined();
  });

  test('leaves an event in hours in which the home takes part in another', () => {
    expect(why({}, { isTaken: true })).toBe('same-hours');
  });
});

describe('quiet time', () => {
  test.each([
    ['the Wednesday itself', { quietWeekdays: [2] }, 'quiet-day'],
    ['other weekdays', { quietWeekdays: [0, 1, 3, 4, 5, 6] }, undefined],
    ['a journey that ends on the day', { quietDates: { from: '2026-11-20', to: '2026-11-25' } }, 'quiet-day'],
    ['a journey that ends on the day before', { quietDates: { from: '2026-11-20', to: '2026-11-24' } }, undefined],
    ['hours that begin in the last hour of the event', { quietHours: { fromHour: 19, toHour: 22 } }, 'quiet-hour'],
    ['hours that begin as the event ends', { quietHours: { fromHour: 20, toHour: 22 } }, undefined],
    ['hours that end as the event begins', { quietHours: { fromHour: 12, toHour: 18 } }, undefined],
    ['a night that begins in the event', { quietHours: { fromHour: 19, toHour: 7 } }, 'quiet-hour'],
    ['a night that ends before it', { quietHours: { fromHour: 22, toHour: 7 } }, undefined],
  ] satisfies [string, Partial<AutoJoinRule>, string | undefined][])('of %s', (_what, over, answer) => {
    expect(why(over)).toBe(answer);
  });

  test('of hours that the event begins in after midnight', () => {
    const event = { ...CASE.event, fromHour: 5, toHour: 6 };
    expect(why({ quietHours: { fromHour: 22, toHour: 6 } }, { event })).toBe('quiet-hour');
    expect(why({ quietHours: { fromHour: 22, toHour: 5 } }, { event })).toBeUndefined();
  });
});

describe('a minimum', () => {
  const minimum = { won: 520, points: 300 };

  test('is reached by an event that can just earn it', () => {
    expect(why({ minimum })).toBeUndefined();
    expect(why({ minimum }, { most: { unit: 'won', amount: 519 } })).toBe('below-minimum');
  });

  test('of points says nothing of won, and the other way round', () => {
    expect(why({ minimum }, { most: { unit: 'points', amount: 300 } })).toBeUndefined();
    expect(why({ minimum }, { most: { unit: 'points', amount: 299 } })).toBe('below-minimum');
    expect(why({ minimum: { won: 0, points: 300 } }, { most: { unit: 'won', amount: 1 } })).toBeUndefined();
  });

  test('is not taken as reached where the reward is not known', () => {
    expect(why({ minimum }, { most: { unit: 'won', amount: null } })).toBe('reward-unknown');
  });
});

test('of at most two a week the third is left to the people', () => {
  expect(why({ mostPerWeek: 2 }, { joinedInWeek: 1 })).toBeUndefined();
  expect(why({ mostPerWeek: 2 }, { joinedInWeek: 2 })).toBe('week-is-full');
});
