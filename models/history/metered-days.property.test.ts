import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayStart } from '../calendar/seoul.ts';
import { joinDays, meteredDays, type MeteredInterval } from './metered-days.ts';
import { refusals } from './reasons.ts';

const DATE = '2026-01-31';
const START_S = dayStart(DATE) / 1000;

/** A whole day in intervals of 15, 30 or 60 minutes, mixed by the hour. */
const aDay = fc
  .array(
    fc.constantFrom(900, 1800, 3600).chain((seconds) =>
      fc
        .array(fc.tuple(fc.nat({ max: 900_000 }), fc.boolean()), {
          minLength: 3600 / seconds,
          maxLength: 3600 / seconds,
        })
        .map((parts) => ({ seconds, parts })),
    ),
    { minLength: 24, maxLength: 24 },
  )
  .map((hours) =>
    hours.flatMap(({ seconds, parts }, hour) =>
      parts.map(([milliWh, estimated], at): MeteredInterval => ({
        startS: START_S + hour * 3600 + at * seconds,
        seconds,
        milliWh,
        estimated,
        line: hour * 10 + at,
      })),
    ),
  );
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('a whole day', () => {
  test('is the sum of its intervals, rounded once, and its hours add up to it', () => {
    fc.assert(
      fc.property(aDay, (intervals) => {
        const refused = refusals();
        const [day] = meteredDays(intervals, refused);
        expect(refused.count()).toBe(0);
        expect(day?.wh).toBe(Math.round(sum(intervals.map(({ milliWh }) => milliWh)) / 1000));
        expect(sum(day?.hourWh ?? [])).toBe(day?.wh);
        expect(day?.hourWh?.every((wh) => wh >= 0)).toBe(true);
        expect(day?.estimated).toBe(intervals.some(({ estimated }) => estimated));
      }),
    );
  });

  test('is the same in any order, and with any of it said twice', () => {
    fc.assert(
      fc.property(aDay, fc.nat(), (intervals, seed) => {
        const turned = [...intervals.slice(seed % intervals.length), ...intervals];
        const figures = (of: readonly MeteredInterval[]) =>
          meteredDays(of, refusals()).map(({ line: _line, ...day }) => day);
        expect(figures(turned)).toEqual(figures(intervals));
      }),
    );
  });

  test('without any one of its intervals is refused, never filled', () => {
    fc.assert(
      fc.property(aDay, fc.nat(), (intervals, seed) => {
        const refused = refusals();
        const rest = intervals.toSpliced(seed % intervals.length, 1);
        expect(meteredDays(rest, refused)).toEqual([]);
        expect(refused.first.map(({ code }) => code)).toEqual(['missing-hours']);
      }),
    );
  });

  test('with another value for any one of them is refused with both lines', () => {
    fc.assert(
      fc.property(aDay, fc.nat(), (intervals, seed) => {
        const one = intervals[seed % intervals.length] ?? intervals[0]!;
        const refused = refusals();
        expect(meteredDays([...intervals, { ...one, milliWh: one.milliWh + 1, line: 999 }], refused)).toEqual([]);
        expect(refused.first).toEqual([
          { line: 999, code: 'conflict', reason: expect.stringContaining(`line ${one.line} and line 999`) },
        ]);
      }),
    );
  });
});

test('an hour over quarter hours of the same time is an overlap', () => {
  const quarter = { startS: START_S, seconds: 900, milliWh: 1, estimated: false, line: 1 };
  const refused = refusals();
  meteredDays([quarter, { ...quarter, seconds: 3600, line: 2 }], refused);
  expect(refused.first.map(({ code }) => code)).toEqual(['overlap']);
});

test('a day that starts at midnight elsewhere is no Korean day', () => {
  const utcDay = { startS: START_S + 9 * 3600, seconds: 86_400, milliWh: 1, estimated: false, line: 1 };
  const refused = refusals();
  expect(meteredDays([utcDay], refused)).toEqual([]);
  expect(refused.first.map(({ code }) => code)).toEqual(['odd-interval']);
});

test('of two readings of one direction a day is taken from the one that has hours, and refused where they differ', () => {
  const day = { date: DATE, wh: 24, estimated: false, line: 1 };
  const hours = { ...day, hourWh: Array.from({ length: 24 }, () => 1), line: 2 };
  expect(joinDays([[day], [hours]], refusals())).toEqual([hours]);
  const refused = refusals();
  expect(joinDays([[day], [{ ...hours, wh: 25 }]], refused)).toEqual([]);
  expect(refused.first.map(({ code }) => code)).toEqual(['conflict']);
});
