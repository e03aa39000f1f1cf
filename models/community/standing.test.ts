import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../calendar/seoul.ts';
import { homeDays } from '../testing/home-days.ts';
import { aHome } from '../testing/home.ts';
import { referenceOf, referenceWindow, type KnownDay, type Window } from './reference.ts';
import { standingOf, type NoStanding, type Standing } from './standing.ts';

const NOVEMBER: Window = { from: '2026-11-01', to: '2026-11-30' };

const days = (from: string, uses: readonly (number | null)[]): KnownDay[] =>
  uses.map((wh, i) => ({ date: addDays(from, i), wh }));
/** The year before between 8 and 12 kWh a day, `k` times, 10 on average on either kind of day. */
const yearBefore = (k: number) =>
  referenceOf(
    NOVEMBER,
    days(
      referenceWindow(NOVEMBER).from,
      Array.from(
        { length: 44 },
        (_, i) => k * (i < 42 ? ([8000, 10_000, 12_000][Math.floor(i / 7) % 3] ?? 0) : 10_000),
      ),
    ),
  );
const YEAR_BEFORE = yearBefore(1);
const november = (uses: readonly (number | null)[]): Standing | NoStanding =>
  standingOf(YEAR_BEFORE, days(NOVEMBER.from, uses));
const saved = (standing: Standing | NoStanding): number | undefined =>
  standing.status === 'standing' ? standing.savedBasisPoints : undefined;

const use = fc.integer({ min: 6000, max: 12_000 });
const month = fc.array(use, { minLength: 30, maxLength: 30 });

describe('the year before', () => {
  test('is 10 kWh a day here, left below 6 kWh, 12 kWh at most', () => {
    const part = { expectedWh: 10_000, absentBelowWh: 6000, heaviestWh: 12_000 };
    expect(YEAR_BEFORE).toEqual({ status: 'reference', weekday: part, weekend: part });
  });

  test('is the same weeks and one to either side', () => {
    expect(referenceWindow(NOVEMBER)).toEqual({ from: '2025-10-26', to: '2025-12-08' });
  });

  const history = (keep: (day: number) => boolean, wh = 10_000) =>
    days(
      referenceWindow(NOVEMBER).from,
      Array.from({ length: 44 }, (_, i) => (keep(i) ? wh : null)),
    );
  test('needs 80 % of its days, and a use', () => {
    expect(
      referenceOf(
        NOVEMBER,
        history((day) => day < 36),
      ).status,
    ).toBe('reference');
    expect(
      referenceOf(
        NOVEMBER,
        history((day) => day < 35),
      ),
    ).toMatchObject({ code: 'insufficient-history' });
    expect(
      referenceOf(
        NOVEMBER,
        history(() => true, 0),
      ),
    ).toMatchObject({ code: 'insufficient-history' });
    expect(
      referenceOf(
        NOVEMBER,
        days(
          '2026-10-01',
          Array.from({ length: 31 }, () => 10_000),
        ),
      ),
    ).toMatchObject({
      code: 'insufficient-history',
    });
  });

  test('does not count the days of a holiday then', () => {
    const away = history((day) => day < 44).map((day, i) => (i < 7 ? { ...day, wh: 2000 } : day));
    expect(referenceOf(NOVEMBER, away)).toMatchObject({
      weekday: { expectedWh: 10_000 },
      weekend: { expectedWh: 10_000 },
    });
  });
});

describe('a standing', () => {
  test('hiding a day, however heavy up to the heaviest of the year before, never raises it', () => {
    fc.assert(
      fc.property(month, fc.uniqueArray(fc.nat(29), { minLength: 1, maxLength: 3 }), (uses, hidden) => {
        const [open, shut] = [november(uses), november(uses.map((wh, i) => (hidden.includes(i) ? null : wh)))];
        expect(saved(shut)).toBeLessThanOrEqual(saved(open) ?? Infinity);
      }),
    );
  });

  const leaving = (most: number) => fc.uniqueArray(fc.nat(29), { minLength: 1, maxLength: most });
  const without = (uses: readonly number[], away: readonly number[]) =>
    november(uses.map((wh, i) => (away.includes(i) ? 3000 : wh)));

  test('leaving never raises it, whichever days are chosen', () => {
    fc.assert(
      fc.property(month, leaving(6), (uses, away) => {
        expect(saved(without(uses, away))).toBeLessThanOrEqual(saved(november(uses)) ?? Infinity);
      }),
    );
  });

  test('leaving for more than a fifth of the days ends it', () => {
    const uses = Array.from({ length: 30 }, () => 10_000);
    expect(without(uses, [0, 1, 2, 3, 4, 5])).toMatchObject({ status: 'standing', absentDays: 6 });
    expect(without(uses, [0, 1, 2, 3, 4, 5, 6])).toMatchObject({ code: 'looks-absent' });
  });

  test('does not depend on the size of the home', () => {
    fc.assert(
      fc.property(month, fc.integer({ min: 2, max: 9 }), (uses, k) => {
        const large = standingOf(
          yearBefore(k),
          days(
            NOVEMBER.from,
            uses.map((wh) => wh * k),
          ),
        );
        expect(saved(large)).toBe(saved(november(uses)));
      }),
    );
  });

  test('a tenth of the days may be unknown, not more', () => {
    const of = (unknown: number) => november(Array.from({ length: 30 }, (_, i) => (i < unknown ? null : 9000)));
    // 27 days of 1,000 Wh saved, 3 taken for 12 kWh
    expect(of(3)).toMatchObject({ savedBasisPoints: 700, knownDays: 27 });
    expect(of(4)).toMatchObject({ code: 'too-few-days' });
    expect(november([])).toMatchObject({ code: 'too-few-days' });
  });
});

describe('an honest home', () => {
  // a year of months and the year before them: all homes live under one sky, so a single month tells of its weather
  const HOMES = [0, 1, 2, 3, 4, 5].map((i) =>
    aHome(2000 + i, {
      solarKwp: 0,
      batteryWh: 0,
      evW: i === 0 ? 7000 : 0,
      heating: i === 1 ? 'heat-pump' : 'gas-boiler',
    }),
  );
  const MONTHS = Array.from({ length: 12 }, (_, i): Window => {
    const first = new Date(Date.UTC(2025, 10 + i)).toISOString().slice(0, 10);
    return { from: first, to: addDays(first, 27) };
  });
  const lived = HOMES.flatMap((home) => {
    const all = [...homeDays(home, '2024-10-25', '2026-11-01')].map(({ date, importWh }) => ({ date, wh: importWh }));
    return MONTHS.map((window) => ({
      reference: referenceOf(window, all),
      days: all.filter(({ date }) => window.from <= date && date <= window.to),
    }));
  });
  const credited = (savedPercent: number): number => {
    const standings = lived.map(({ reference, days: now }) =>
      standingOf(
        reference,
        now.map(({ date, wh }) => ({ date, wh: Math.round((wh * (100 - savedPercent)) / 100) })),
      ),
    );
    const known = standings.flatMap((one) => saved(one) ?? []);
    expect(known).toHaveLength(lived.length);
    return known.reduce((sum, one) => sum + one, 0) / known.length / 100;
  };

  test('that saves 0, 5 or 10 % is credited that within 1 percentage point, on average over a year', () => {
    for (const percent of [0, 5, 10]) expect(Math.abs(credited(percent) - percent)).toBeLessThan(1);
  });
});
