import { describe, expect, test } from 'vitest';
import { ASSUMED_SUPPLY, type Supply } from './supply.ts';
import { billedOn, changeDay, changedBy, changeProblem, supplyOn, type SupplyRows } from './supply-history.ts';

const TODAY = '2026-11-22';
const read = (readingDay: Supply['readingDay'], over: Partial<Supply> = {}): Supply => ({
  ...ASSUMED_SUPPLY,
  readingDay,
  ...over,
});
const SINCE_NOVEMBER: SupplyRows = [{ from: '2026-11-01', supply: read(1, { voltage: 'high' }) }];
const period = (rows: SupplyRows, date: string) => {
  const billed = billedOn(rows, date);
  return billed.status === 'billed' ? [billed.period.from, billed.period.to, billed.period.monthDays] : billed.code;
};

describe('the supply in force', () => {
  test('is that of the row that began last; before the first row the most common one is assumed', () => {
    expect(supplyOn(SINCE_NOVEMBER, '2026-11-01')).toMatchObject({ supply: { voltage: 'high' }, assumed: false });
    expect(supplyOn(SINCE_NOVEMBER, '2026-10-31')).toMatchObject({ supply: ASSUMED_SUPPLY, assumed: true });
    expect(supplyOn([], TODAY)).toEqual({ supply: ASSUMED_SUPPLY, assumed: true });
  });

  test('with a new reading day begins a period on its first day, and ends the one before it as a part of a month', () => {
    const rows: SupplyRows = [...SINCE_NOVEMBER, { from: '2026-11-15', supply: read(15) }];
    expect(period(rows, '2026-11-14')).toEqual(['2026-11-01', '2026-11-14', 30]);
    expect(period(rows, '2026-11-15')).toEqual(['2026-11-15', '2026-12-14', 30]);
    const early: SupplyRows = [{ from: '2026-11-03', supply: read(15) }];
    expect(period(early, '2026-11-03')).toEqual(['2026-11-03', '2026-11-14', 30]);
  });

  test('counts the day of moving in, and not that of moving out', () => {
    const rows: SupplyRows = [
      { from: '2026-10-01', supply: read(1, { movedIn: '2026-10-05', movedOut: '2026-11-10' }) },
    ];
    expect(period(rows, '2026-10-05')).toEqual(['2026-10-05', '2026-10-31', 31]);
    expect(period(rows, '2026-11-09')).toEqual(['2026-11-01', '2026-11-09', 30]);
    expect([period(rows, '2026-10-04'), period(rows, '2026-11-10')]).toEqual(['before-moving-in', 'after-moving-out']);
  });

  test('is none before the household moved in under its first row', () => {
    const rows: SupplyRows = [{ from: '2026-11-01', supply: read(1, { movedIn: '2026-11-15' }) }];
    expect(period(rows, '2026-10-10')).toBe('before-moving-in');
  });
});

describe('a change of the supply', () => {
  test.each([
    ['on the same reading day: the present period', SINCE_NOVEMBER, 1, '2026-11-01'],
    ['on a day within it: the new period', SINCE_NOVEMBER, 15, '2026-11-15'],
    ['on a day that would cut October, which is final: November', SINCE_NOVEMBER, 25, '2026-11-01'],
    ['of a household that has said nothing yet', [], 'month-end', '2026-11-01'],
    [
      'back again, after a mistaken one: the period as it was',
      [...SINCE_NOVEMBER, { from: '2026-11-15', supply: read(15) }],
      1,
      '2026-11-01',
    ],
    [
      'of something else, after a row within the month: that row’s period',
      [...SINCE_NOVEMBER, { from: '2026-11-15', supply: read(1, { voltage: 'low' }) }],
      1,
      '2026-11-15',
    ],
  ] as [string, SupplyRows, Supply['readingDay'], string][])('holds, read %s', (_, rows, readingDay, from) => {
    expect(changeDay(rows, read(readingDay), TODAY)).toBe(from);
    expect(changeProblem(rows, from, TODAY)).toBeUndefined();
  });

  test.each([
    ['2026-11-23', 'from: 2026-11-23 is after today, 2026-11-22'],
    [
      '2026-10-28',
      'the billing period that began on 2026-10-01; days more than 30 days ago are final, so a change can hold from 2026-11-01 on',
    ],
    ['2025-03-10', 'so a change can hold from 2026-11-01 on'],
  ])('cannot hold from %s: %s', (from, says) => {
    expect(changeProblem(SINCE_NOVEMBER, from, TODAY)).toContain(says);
  });

  test('replaces what had been said for later days, and leaves the earlier rows', () => {
    const rows: SupplyRows = [...SINCE_NOVEMBER, { from: '2026-11-15', supply: read(15) }];
    expect(changedBy(rows, { from: '2026-11-10', supply: read(10) })).toEqual([
      ...SINCE_NOVEMBER,
      { from: '2026-11-10', supply: read(10) },
    ]);
  });
});
