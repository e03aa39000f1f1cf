import { describe, expect, test } from 'vitest';
import { addDays } from '../../calendar/seoul.ts';
import { CLIMATE, FUEL, FUND, MINIMUM, VAT } from './add-ons.ts';
import { DISCOUNTS, ESSENTIAL_USE, FREEZE, SMALL_USE, STACKING } from './deductions.ts';
import { NET_METERING } from './net-metering.ts';
import { RESIDENTIAL, TIERS } from './residential.ts';
import type { Dated } from '../../calendar/dated.ts';
import { BAND_HOURS, TIME_OF_USE } from './time-of-use.ts';

const TABLES: Record<string, readonly Dated[]> = {
  'residential low': RESIDENTIAL.low,
  'residential high': RESIDENTIAL.high,
  TIERS,
  CLIMATE,
  FUEL,
  VAT,
  FUND,
  MINIMUM,
  DISCOUNTS,
  STACKING,
  FREEZE,
  SMALL_USE,
  ESSENTIAL_USE,
  NET_METERING,
  TIME_OF_USE,
  'band hours jeju': BAND_HOURS.jeju,
  'band hours mainland': BAND_HOURS.mainland,
};
/** Deductions that existed for a while only. */
const ENDED = ['FREEZE', 'ESSENTIAL_USE'];

describe.each(Object.entries(TABLES))('the rows of %s', (name, rows) => {
  test('follow each other without a gap or an overlap', () => {
    const [, ...later] = rows.map(({ effectiveFrom }) => effectiveFrom);
    const ends = rows.map(({ effectiveTo }) => effectiveTo);
    expect(later).toEqual(ends.slice(0, -1).map((end) => addDays(end!, 1)));
    expect(ends.at(-1) === null).toBe(!ENDED.includes(name));
  });

  test('each name their source, their confidence and the day they were checked', () => {
    for (const row of rows) {
      expect(row.source.length).toBeGreaterThan(5);
      expect(row.confidence).toMatch(/^(verified|single source|derived|unverified)$/);
      expect(row.checkedAt).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(row.id.endsWith(row.effectiveFrom)).toBe(true);
    }
  });
});

test('no two rows share an id', () => {
  const ids = Object.values(TABLES).flatMap((rows) => rows.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});
