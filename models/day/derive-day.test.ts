import { describe, expect, test } from 'vitest';
import { dayStart, HOUR_MS, SLOT_MS } from '../calendar/seoul.ts';
import type { HouseholdQuarter } from '../usage/balance.ts';
import { deriveDay, standing, type DayFacts } from './derive-day.ts';

const FRIDAY = '2026-11-20';
const quartersOf = (
  date: string,
  over: (index: number) => Partial<HouseholdQuarter> = () => ({}),
): HouseholdQuarter[] =>
  Array.from({ length: 96 }, (_, index) => ({
    startMs: dayStart(date) + index * SLOT_MS,
    importWh: 100,
    exportWh: 0,
    solarWh: undefined,
    toBatteryWh: undefined,
    fromBatteryWh: undefined,
    loadWh: 100,
    quality: 'good',
    ...over(index),
  }));
const UNKNOWN = { importWh: undefined, exportWh: undefined, loadWh: undefined, quality: 'missing' } as const;
const total: DayFacts = {
  date: FRIDAY,
  importWh: 8000,
  loadWh: 8000,
  quality: 'estimated',
  missingSlots: 0,
  source: 'imported',
};

describe('a day from its quarter hours', () => {
  test('shares its grid use among the time bands: on a winter weekday 6 h are peak, 8 h mid, 10 h off-peak', () => {
    const day = deriveDay(FRIDAY, quartersOf(FRIDAY), 0);
    expect(day).toMatchObject({ importWh: 9600, missingSlots: 0, quality: 'good', source: 'measured' });
    expect(day.bandWh?.mainland).toEqual({ off: 4000, mid: 3200, peak: 2400 });
  });

  test('by the hours of Jeju, 16 to 22 h are peak and 8 to 16 h mid in every season', () => {
    expect(deriveDay(FRIDAY, quartersOf(FRIDAY), 0).bandWh?.jeju).toEqual({ off: 4000, mid: 3200, peak: 2400 });
    const hour = (at: number) =>
      deriveDay(
        FRIDAY,
        quartersOf(FRIDAY, (index) => ({ importWh: Math.floor(index / 4) === at ? 25 : 0 })),
        0,
      ).bandWh;
    // 09 to 12 h are peak on the mainland in winter, 19 to 22 h are on Jeju
    expect(hour(10)).toEqual({ mainland: { off: 0, mid: 0, peak: 100 }, jeju: { off: 0, mid: 100, peak: 0 } });
    expect(hour(21)).toEqual({ mainland: { off: 0, mid: 100, peak: 0 }, jeju: { off: 0, mid: 0, peak: 100 } });
    expect(hour(22)).toEqual({ mainland: { off: 100, mid: 0, peak: 0 }, jeju: { off: 100, mid: 0, peak: 0 } });
  });

  test('of May 2026 knows the bands of Jeju only: no source states the hours of the mainland', () => {
    expect(Object.keys(deriveDay('2026-05-20', quartersOf('2026-05-20'), 0).bandWh ?? {})).toEqual(['jeju']);
  });

  test('is off-peak all day on a Sunday', () => {
    const off = { off: 9600, mid: 0, peak: 0 };
    expect(deriveDay('2026-11-22', quartersOf('2026-11-22'), 0).bandWh).toEqual({ mainland: off, jeju: off });
  });

  test('with an hour unknown says how many quarter hours, and is estimated at best', () => {
    const silent = quartersOf(FRIDAY, (index) => (index < 4 ? UNKNOWN : {}));
    expect(deriveDay(FRIDAY, silent, 0)).toMatchObject({
      importWh: 9200,
      missingSlots: 4,
      missingImportSlots: 4,
      quality: 'estimated',
    });
  });

  test('counts quarter hours that no device has reached as missing', () => {
    expect(deriveDay(FRIDAY, quartersOf(FRIDAY).slice(0, 95), 1)).toMatchObject({ missingSlots: 1, unheard: 1 });
  });

  test('of a home whose inverter is silent still knows its grid use', () => {
    const dark = quartersOf(FRIDAY, () => ({ loadWh: undefined, quality: 'missing' }));
    const day = deriveDay(FRIDAY, dark, 0);
    expect(day).toMatchObject({ importWh: 9600, missingSlots: 96 });
    expect(day.missingImportSlots).toBeUndefined();
  });

  test('without a meter has no grid use and no bands: not known is not 0', () => {
    const day = deriveDay(
      FRIDAY,
      quartersOf(FRIDAY, () => UNKNOWN),
      0,
    );
    expect(day.importWh).toBeUndefined();
    expect(day.bandWh).toBeUndefined();
  });
});

describe('a total that was handed in', () => {
  test('stands while the quarter hours of its day are not whole', () => {
    const partial = deriveDay(FRIDAY, quartersOf(FRIDAY).slice(8), 1);
    expect(standing(total, partial)).toEqual({ ...total, unheard: 1 });
  });

  test('gives way to whole quarter hours', () => {
    const whole = deriveDay(FRIDAY, quartersOf(FRIDAY), 0);
    expect(standing(total, whole)).toBe(whole);
  });
});

test('the bands of an hour belong to its Korean hour: 09:00 in Seoul begins the winter peak', () => {
  const one = quartersOf(FRIDAY, (index) => ({ importWh: index === 36 ? 500 : 0 }));
  expect(one[36]?.startMs).toBe(dayStart(FRIDAY) + 9 * HOUR_MS);
  expect(deriveDay(FRIDAY, one, 0).bandWh?.mainland).toEqual({ off: 0, mid: 0, peak: 500 });
});
