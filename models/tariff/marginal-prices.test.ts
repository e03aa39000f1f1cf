import { describe, expect, test } from 'vitest';
import { HOUR_MS, dayStart } from '../calendar/seoul.ts';
import { ASSUMED_SUPPLY } from '../household/supply.ts';
import { marginalPrices, type MarginalRequest } from './marginal-prices.ts';
import type { Contract } from './supply-bill.ts';

const MAINLAND_TOU: Contract = { ...ASSUMED_SUPPLY, plan: { plan: 'tou', contractKw: 3 }, region: 'mainland' };
const dayOf = (date: string): number[] => Array.from({ length: 24 }, (_, hour) => dayStart(date) + hour * HOUR_MS);

const pricesOf = (request: Omit<MarginalRequest, 'hours'>, hours: readonly number[]) => {
  const answer = marginalPrices({ ...request, hours });
  if (answer.status !== 'priced') throw new Error(JSON.stringify(answer));
  return answer;
};
const first = (contract: Contract, expectedKwh: number, date = '2026-10-20'): string =>
  pricesOf({ contract, expectedKwh }, [dayStart(date)]).buyWon[0]!.toFixed(1);

describe('a kWh of a progressive contract', () => {
  // the published values of one saved kWh (korea.md 1.8)
  test.each([
    ['low', 150, '2026-10-20', '151.0'],
    ['low', 300, '2026-10-20', '257.6'],
    ['low', 500, '2026-10-20', '362.1'],
    ['low', 1100, '2026-12-20', '845.5'],
    ['high', 150, '2026-10-20', '134.1'],
    ['high', 300, '2026-10-20', '211.9'],
    ['high', 500, '2026-10-20', '288.9'],
    ['high', 1100, '2026-12-20', '693.4'],
  ] as const)('at %s voltage and %i kWh in the month of %s costs %s won', (voltage, kwh, date, won) => {
    expect(first({ ...ASSUMED_SUPPLY, voltage }, kwh, date)).toBe(won);
  });

  test('changes its price after the last kWh of a tier, not with it', () => {
    expect(first(ASSUMED_SUPPLY, 200)).toBe('151.0');
    expect(first(ASSUMED_SUPPLY, 201)).toBe('257.6');
  });

  test('takes each part of a period that the summer divides by its days', () => {
    // 17 days of summer in the middle tier, 14 days of autumn in the third
    const won = ((214.6 * 17 + 307.3 * 14) / 31 + 14) * 1.127;
    expect(first({ ...ASSUMED_SUPPLY, readingDay: 15 }, 430, '2026-08-20')).toBe(won.toFixed(1));
  });

  test('costs a household with 30 % off so much less, and no less beyond the most that is taken off', () => {
    const large: Contract = { ...ASSUMED_SUPPLY, discounts: ['A1'] };
    expect(Number(first(large, 250))).toBeCloseTo(0.7 * 257.6, 0);
    expect(first(large, 390)).toBe('257.6');
    expect(first({ ...ASSUMED_SUPPLY, discounts: ['B1'] }, 250)).toBe('257.6');
  });

  test('that is fed in is worth one that is bought with net metering, and nothing without', () => {
    const hours = [dayStart('2026-10-20')];
    const netted = pricesOf({ contract: { ...ASSUMED_SUPPLY, netMetering: true }, expectedKwh: 65 }, hours);
    expect(netted.sellWon).toEqual(netted.buyWon);
    expect(pricesOf({ contract: ASSUMED_SUPPLY, expectedKwh: 65 }, hours).sellWon).toEqual([0]);
  });

  test('in the next meter-reading period is priced by its season', () => {
    const hours = [dayStart('2026-06-30'), dayStart('2026-07-01')];
    expect(pricesOf({ contract: ASSUMED_SUPPLY, expectedKwh: 280 }, hours).buyWon.map((won) => won.toFixed(1))).toEqual(
      ['257.6', '151.0'],
    );
  });
});

describe('a kWh of a time-of-use contract', () => {
  const won = (energy: number): string => ((energy + 14) * 1.127).toFixed(1);
  test('costs on a winter weekday what its hour’s band says', () => {
    const prices = pricesOf({ contract: MAINLAND_TOU, expectedKwh: 300 }, dayOf('2026-11-23')).buyWon;
    expect([7, 8, 10, 13, 17, 22].map((hour) => prices[hour]!.toFixed(1))).toEqual(
      [138.7, 184.7, 220.5, 184.7, 220.5, 138.7].map(won),
    );
  });

  test('is off-peak all Sunday', () => {
    expect(new Set(pricesOf({ contract: MAINLAND_TOU, expectedKwh: 300 }, dayOf('2026-11-22')).buyWon).size).toBe(1);
  });
});

describe('no price is made up', () => {
  const of = (contract: Contract, expectedKwh: number, date = '2026-11-23') =>
    marginalPrices({ contract, expectedKwh, hours: dayOf(date) });
  test('of a time-of-use contract whose hours are not known, above its limit, or with net metering', () => {
    expect(of({ ...MAINLAND_TOU, region: undefined }, 300)).toMatchObject({ code: 'tou-unknown-region' });
    expect(of(MAINLAND_TOU, 1001)).toMatchObject({ status: 'unsupported', code: 'tou-above-1000-kwh' });
    expect(of({ ...MAINLAND_TOU, netMetering: true }, 300)).toMatchObject({ code: 'tou-net-metering' });
  });
  test('of hours before the tariff sheet, or of a year without known holidays', () => {
    expect(of(ASSUMED_SUPPLY, 300, '2019-11-23')).toMatchObject({ status: 'refused', code: 'no-tariff-row' });
    expect(of(MAINLAND_TOU, 300, '2030-01-05')).toMatchObject({ status: 'refused', at: 'hours' });
  });
  test('of a use that is no amount', () => {
    expect(of(ASSUMED_SUPPLY, -1)).toMatchObject({ status: 'refused', code: 'bad-kwh' });
  });
});
