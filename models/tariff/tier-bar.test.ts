import { describe, expect, test } from 'vitest';
import type { Way } from './period-ways.ts';
import { progressiveRates } from './progressive.ts';
import type { Weighted } from './quantile.ts';
import { nettedKwh, tierBarOf } from './tier-bar.ts';

const ratesOf = (from: string, to: string) => {
  const rates = progressiveRates.low(from, to);
  if ('status' in rates) throw new Error(rates.detail);
  return rates;
};
const NOVEMBER = ratesOf('2026-11-01', '2026-11-30');
/** So many kWh on each day of November. */
const way = (kwhADay: number, weight = 1, exportKwh = 0): Weighted<Way> => ({
  weight,
  value: { importWh: Array<number>(30).fill(kwhADay * 1000), exportWh: Array<number>(30).fill(exportKwh * 1000) },
});
const barOf = (
  ways: Weighted<Way>[],
  { usedKwh = 100, today = '2026-11-11', carriedKwh }: { usedKwh?: number; today?: string; carriedKwh?: number } = {},
) =>
  tierBarOf(NOVEMBER, usedKwh, {
    ways,
    today,
    netting: carriedKwh === undefined ? undefined : { carriedKwh },
    kwh: { low: 250, middle: 300, high: 350 },
  });

describe('the tiers of a period', () => {
  test('in November: to 200, to 400, and above', () => {
    expect(barOf([way(10)]).tiers).toEqual([
      { tier: 1, fromKwh: 0, toKwh: 200 },
      { tier: 2, fromKwh: 201, toKwh: 400 },
      { tier: 3, fromKwh: 401, toKwh: null },
    ]);
  });

  test('in winter the super-user begins above 1,000 kWh', () => {
    expect(tierBarOf(ratesOf('2026-12-01', '2026-12-31'), 0, null).tiers.at(-1)).toEqual({
      tier: 'super',
      fromKwh: 1001,
      toKwh: null,
    });
  });

  test('from mid-June to mid-July a tier begins where the June part reaches it, as the bill names its tier', () => {
    expect(tierBarOf(ratesOf('2026-06-15', '2026-07-14'), 0, null).tiers.map(({ toKwh }) => toKwh)).toEqual([
      200,
      400,
      1000,
      null,
    ]);
  });

  test('who has lived there for 12 of 31 days has tiers of 77 and 154 kWh', () => {
    expect(tierBarOf(ratesOf('2026-10-20', '2026-10-31'), 0, null).tiers.map(({ toKwh }) => toKwh)).toEqual([
      77,
      154,
      null,
    ]);
  });
});

describe('the crossing of the next limit', () => {
  test('ten kWh a day cross 200 kWh on the 21st: 200 on the 20th is still tier 1', () => {
    expect(barOf([way(10)]).crossing).toEqual({
      intoTier: 2,
      atKwh: 200,
      date: '2026-11-21',
      earliest: '2026-11-21',
      latest: '2026-11-21',
      likelyPercent: 100,
      alert: true,
    });
  });

  test('the date is the middle of the ways, between one in ten and nine in ten', () => {
    const ways = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16].map((kwh) => way(kwh));
    expect(barOf(ways).crossing).toMatchObject({
      date: '2026-11-17',
      earliest: '2026-11-13',
      latest: '2026-11-26',
      likelyPercent: 100,
    });
  });

  test('where one way in ten ends below the limit there is no latest day', () => {
    expect(barOf([way(10, 85), way(6, 15)]).crossing).toMatchObject({ likelyPercent: 85, latest: null, alert: true });
  });

  test('three in ten: told with its chance, without an alert; fewer than two in ten: not told', () => {
    expect(barOf([way(10, 3), way(6, 7)]).crossing).toMatchObject({
      likelyPercent: 30,
      alert: false,
      date: '2026-11-21',
    });
    expect(barOf([way(10, 1), way(6, 9)]).crossing).toBeNull();
  });

  test('beyond 200 kWh the next limit is 400, beyond 400 in November there is none', () => {
    expect(barOf([way(15)], { usedKwh: 201 }).crossing).toMatchObject({ intoTier: 3, atKwh: 400, date: '2026-11-27' });
    expect(barOf([way(20)], { usedKwh: 401 }).crossing).toBeNull();
  });

  test('a crossing that may lie in a missing day of the past is told from today on', () => {
    expect(barOf([way(10)], { today: '2026-11-25' }).crossing).toMatchObject({
      date: '2026-11-25',
      earliest: '2026-11-25',
    });
  });

  test('with net metering the use can fall back below a limit: only the day it stays above counts', () => {
    const sunny: Weighted<Way> = {
      weight: 1,
      value: {
        importWh: [...Array<number>(15).fill(15_000), ...Array<number>(15).fill(10_000)],
        exportWh: [...Array<number>(15).fill(0), 50_000, ...Array<number>(14).fill(0)],
      },
    };
    expect(nettedKwh(225_000, 50_000, { carriedKwh: 0 })).toBe(175);
    expect(barOf([sunny], { carriedKwh: 0 }).crossing).toMatchObject({ date: '2026-11-18' });
    expect(barOf([sunny], { carriedKwh: 200 }).crossing).toBeNull();
  });
});
