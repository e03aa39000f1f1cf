import { describe, expect, test } from 'vitest';
import { candidateDays } from '../baseline/candidate-days.ts';
import type { LocalDate } from '../calendar/seoul.ts';
import { DAY_METHOD } from './day-saving.ts';
import { usualHourWh, type PastHours } from './today.ts';

const TODAY = '2026-11-20';
/** The weekdays before this Friday, latest first. */
const { dates: PAST } = candidateDays(
  { eventDate: TODAY, earlierEventDates: new Set() },
  3 * DAY_METHOD.days,
  DAY_METHOD.candidates,
);
const HOUR = 13;

const day = (loadWh: number | null): PastHours => ({
  // at noon the roof pays for most of what the home uses
  importWh: Array.from({ length: 24 }, () => 50),
  loadWh: Array.from({ length: 24 }, (_, hour) => (hour === HOUR ? loadWh : 9000)),
});
const hoursOf = (loadWh: (index: number) => number | null): Map<LocalDate, PastHours> =>
  new Map(PAST.map((date, index) => [date, day(loadWh(index))]));

describe('the usual power of an hour', () => {
  test('is what the home uses in it, whatever part of it the grid brings', () => {
    expect(usualHourWh({ date: TODAY, hours: hoursOf(() => 700) }, HOUR)).toBe(700);
  });

  test('rests on the latest ten days that are known, of twenty', () => {
    // of twenty days eleven are known, ten of them used: 100, 120, … 280
    const holed = hoursOf((index) => (index % 2 === 1 || index === 18 ? 100 + 10 * (index - (index % 2)) : null));
    expect(usualHourWh({ date: TODAY, hours: holed }, HOUR)).toBe(190);
  });

  test('is not known where fewer than four of the twenty are, however many there were before', () => {
    const young = hoursOf((index) => (index < 3 || index >= 2 * DAY_METHOD.days ? 700 : null));
    expect(usualHourWh({ date: TODAY, hours: young }, HOUR)).toBeNull();
    const four = hoursOf((index) => (index < 3 || index === 2 * DAY_METHOD.days - 1 ? 700 : null));
    expect(usualHourWh({ date: TODAY, hours: four }, HOUR)).toBe(700);
  });
});
