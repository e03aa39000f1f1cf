import { describe, expect, test } from 'vitest';
import { addDays, dayStart, HOUR_MS, SLOT_MS } from '../calendar/seoul.ts';
import type { DayItem } from '../day/day-value.ts';
import type { HouseholdQuarter } from '../usage/balance.ts';
import { hourUse } from './hour-use.ts';
import { monthlyUse } from './monthly-use.ts';

const day = (date: string, over: Partial<DayItem> = {}): DayItem => ({
  date,
  importWh: 10_000,
  quality: 'good',
  missingSlots: 0,
  source: 'measured',
  revision: 0,
  inputsHash: '',
  ...over,
});
const february = Array.from({ length: 28 }, (_, i) => day(addDays('2026-02-01', i)));
const withDay = (index: number, over: Partial<DayItem>): DayItem[] =>
  february.map((one, i) => (i === index ? { ...one, ...over } : one));

describe('a month of use', () => {
  test('is the sum of its days', () => {
    expect([...monthlyUse(february)]).toEqual([['2026-02', { wh: 280_000, quality: 'good' }]]);
    expect(monthlyUse(withDay(5, { quality: 'estimated' })).get('2026-02')?.quality).toBe('estimated');
  });

  test.each([
    ['a day is not there', february.slice(1)],
    ['a day has hours that nobody read', withDay(3, { missingSlots: 1, missingImportSlots: 1 })],
    ['the grid use of a day is not known', withDay(3, { importWh: undefined })],
    ['a day is bad', withDay(27, { quality: 'bad' })],
    ['a day is missing', withDay(27, { quality: 'missing', importWh: undefined, missingSlots: 96 })],
    ['a total was handed in as missing', withDay(27, { quality: 'missing', source: 'imported' })],
  ])('is not known when %s: unread use would look like a saving', (_what, days) => {
    expect(monthlyUse(days).size).toBe(0);
  });

  test('is known, as an estimate, where the roof was silent for a day and the meter was not', () => {
    const use = monthlyUse(withDay(9, { loadWh: undefined, missingSlots: 96, quality: 'missing' })).get('2026-02');
    expect(use).toEqual({ wh: 280_000, quality: 'estimated' });
  });

  test('says nothing of the months before and after', () => {
    const days = [day('2026-01-31'), ...february, day('2026-03-01')];
    expect([...monthlyUse(days).keys()]).toEqual(['2026-02']);
  });
});

describe('an hour of use', () => {
  const start = dayStart('2026-02-01') + 18 * HOUR_MS;
  const quarter = (i: number, over: Partial<HouseholdQuarter> = {}): [number, HouseholdQuarter] => [
    start + i * SLOT_MS,
    {
      startMs: start + i * SLOT_MS,
      importWh: 250,
      exportWh: 0,
      solarWh: undefined,
      toBatteryWh: undefined,
      fromBatteryWh: undefined,
      loadWh: 250,
      quality: 'good',
      ...over,
    },
  ];
  const hour = (...over: Partial<HouseholdQuarter>[]) =>
    hourUse(new Map([0, 1, 2, 3].map((i) => quarter(i, over[i] ?? {}))), start);

  test('is the grid use of its four quarters', () => {
    expect(hour()).toEqual({ wh: 1000, quality: 'good' });
  });

  test('is not known when a quarter is not', () => {
    expect(hour({}, { importWh: undefined })).toBeUndefined();
    expect(hourUse(new Map([0, 1, 2].map((i) => quarter(i))), start)).toBeUndefined();
  });

  test('counts what the meter told while the roof was silent, as an estimate', () => {
    expect(hour({ loadWh: undefined, quality: 'missing' })).toEqual({ wh: 1000, quality: 'estimated' });
  });
});
