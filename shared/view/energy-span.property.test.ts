import { addDays, dayNumber, dayStart, DAY_MS, localDate } from '@hems/models/calendar/seoul';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binsOf, comparedSpan, openingMs, spanOf } from './energy-span.ts';
import { SCOPES } from './scope.ts';

const date = fc
  .integer({ min: dayNumber('2020-01-01'), max: dayNumber('2032-12-31') })
  .map((n) => localDate(n * DAY_MS));
const scope = fc.constantFrom(...SCOPES);
const readingDay = fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant('month-end' as const));

describe('a span of energy', () => {
  it('holds its date, and the spans before and after touch it without a gap', () => {
    fc.assert(
      fc.property(scope, date, readingDay, (which, on, reading) => {
        const span = spanOf(which, on, reading);
        expect(span.from <= on && on <= span.to).toBe(true);
        expect(spanOf(which, addDays(span.from, -1), reading).to).toBe(addDays(span.from, -1));
        expect(spanOf(which, addDays(span.to, 1), reading).from).toBe(addDays(span.to, 1));
      }),
    );
  });

  it('is cut into bars that fill it from the first to the last minute', () => {
    fc.assert(
      fc.property(scope, date, readingDay, fc.boolean(), (which, on, reading, isFine) => {
        const span = spanOf(which, on, reading);
        const bins = binsOf(which === 'day' && isFine ? 'quarters' : which, span);
        expect(bins[0]?.startMs).toBe(dayStart(span.from));
        expect(bins.at(-1)?.endMs).toBe(dayStart(addDays(span.to, 1)));
        for (const [index, bin] of bins.entries()) expect(bins[index + 1]?.startMs ?? bin.endMs).toBe(bin.endMs);
      }),
    );
  });

  it('is compared with one of the same kind that lies wholly before it', () => {
    fc.assert(
      fc.property(
        scope,
        date,
        readingDay,
        fc.constantFrom('before' as const, 'year' as const),
        (which, on, reading, comparison) => {
          const span = spanOf(which, on, reading);
          const other = comparedSpan(which, span, { comparison, readingDay: reading });
          expect(other.to < span.from).toBe(true);
          expect(spanOf(which, other.from, reading)).toEqual(other);
        },
      ),
    );
  });
});

it.each([
  [
    'a week with the same weekdays of the year before',
    'week',
    { from: '2026-11-16', to: '2026-11-22' },
    'year',
    { from: '2025-11-17', to: '2025-11-23' },
  ],
  [
    'a month with the same month of the year before',
    'month',
    { from: '2026-11-01', to: '2026-11-30' },
    'year',
    { from: '2025-11-01', to: '2025-11-30' },
  ],
  [
    'a billing period that begins on 29 February with the one a year before',
    'billing',
    { from: '2028-02-29', to: '2028-03-30' },
    'year',
    { from: '2027-02-28', to: '2027-03-30' },
  ],
  [
    'a year with the year before either way',
    'year',
    { from: '2026-01-01', to: '2026-12-31' },
    'year',
    { from: '2025-01-01', to: '2025-12-31' },
  ],
] as const)('compares %s', (_, which, span, comparison, other) => {
  expect(comparedSpan(which, span, { comparison, readingDay: 'month-end' })).toEqual(other);
});

it('opens on the day before until six in the morning', () => {
  const midnight = dayStart('2026-11-22');
  expect([localDate(openingMs(midnight + 5 * 3_600_000)), localDate(openingMs(midnight + 6 * 3_600_000))]).toEqual([
    '2026-11-21',
    '2026-11-22',
  ]);
});
