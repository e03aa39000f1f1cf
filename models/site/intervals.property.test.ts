import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayStart, HOUR_MS } from '../calendar/seoul.ts';
import { chosen, faultOf, hoursOf, merge, type Interval } from './intervals.ts';

const START = dayStart('2026-11-20');
const NOW = dayStart('2026-11-23');
const QUARTER_MS = 900_000;

const quarter = fc.record({
  fromMs: fc.integer({ min: 0, max: 95 }).map((at) => START + at * QUARTER_MS),
  minutes: fc.constant(15 as const),
  importWh: fc.integer({ min: 0, max: 3 }),
  exportWh: fc.constantFrom(0, null),
  quality: fc.constantFrom('good' as const, 'estimated' as const),
  revision: fc.integer({ min: 0, max: 2 }),
});
const day = fc.array(quarter, { maxLength: 30 });

const of = (...feeds: readonly (readonly Interval[])[]): readonly Interval[] =>
  feeds.reduce<readonly Interval[]>((known, added) => merge(known, added).intervals, []);

describe('the intervals of a meter', () => {
  it('are the same in whatever order, and however often, a building sends them', () => {
    fc.assert(
      fc.property(day, day, day, (a, b, c) => {
        expect(of(a, b, c)).toEqual(of(c, b, a));
        expect(of(a, b, b, a)).toEqual(of(b, a));
        expect(merge(of(a, b), b).taken).toBe(0);
      }),
    );
  });

  it('hold at each start the value of the highest revision that was sent', () => {
    fc.assert(
      fc.property(day, (sent) => {
        for (const one of of(sent)) {
          const rivals: Interval[] = sent.filter(({ fromMs }) => fromMs === one.fromMs);
          expect(one).toEqual(rivals.reduce(chosen));
          expect(one.revision).toBe(Math.max(...rivals.map(({ revision }) => revision)));
        }
      }),
    );
  });

  it('add up to the hours of the day to the Wh, and an hour with a gap is not told', () => {
    fc.assert(
      fc.property(day, (sent) => {
        const known = of(sent);
        const hours = hoursOf(START, known);
        for (const { fromMs, importWh } of hours) {
          const inside = known.filter((one) => one.fromMs >= fromMs && one.fromMs < fromMs + HOUR_MS);
          const whole = inside.length === 4;
          expect(importWh).toBe(whole ? inside.reduce((all, one) => all + (one.importWh ?? 0), 0) : null);
        }
      }),
    );
  });
});

describe('an interval', () => {
  const good: Interval = { fromMs: START, minutes: 15, importWh: 120, exportWh: null, quality: 'good', revision: 1 };
  it.each<[string, Partial<Interval>, string | undefined]>([
    ['of a quarter hour that is over is taken', {}, undefined],
    ['that begins within a quarter hour is refused', { fromMs: START + 1000 }, 'not-aligned'],
    ['that is not over yet is refused', { fromMs: NOW - QUARTER_MS + QUARTER_MS }, 'in-the-future'],
    ['of two winters ago is refused', { fromMs: dayStart('2025-01-01') }, 'too-old'],
    ['that is missing and yet has energy is refused', { quality: 'missing' }, 'missing-with-energy'],
    ['that is missing and says so is taken', { quality: 'missing', importWh: null }, undefined],
    ['that is good and has no energy is refused', { importWh: null }, 'energy-missing'],
  ])('%s', (_what, over, fault) => {
    expect(faultOf({ ...good, ...over }, NOW)).toBe(fault);
  });

  it('of another length than the day has is refused, because the hour would count twice', () => {
    const { intervals, faults } = merge([good], [{ ...good, minutes: 60, importWh: 500, revision: 0 }]);
    expect(intervals).toEqual([good]);
    expect(faults).toEqual([{ fromMs: START, fault: 'other-resolution' }]);
  });

  it('of another length and a later revision takes the day over: a wrong length can be corrected', () => {
    const corrected = { ...good, minutes: 60 as const, importWh: 500, revision: 9 };
    expect(merge([good], [corrected])).toEqual({ intervals: [corrected], taken: 1, faults: [] });
  });

  it('that is told twice differently under one revision is told as a fault, and the same one counts whichever came first', () => {
    const other = { ...good, importWh: 130 };
    expect(merge([good], [other]).faults).toEqual([{ fromMs: START, fault: 'other-content' }]);
    expect(merge([good], [other]).intervals).toEqual(merge([other], [good]).intervals);
  });
});
