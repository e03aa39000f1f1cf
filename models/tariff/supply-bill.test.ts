import { describe, expect, test } from 'vitest';
import { ASSUMED_SUPPLY, type Supply } from '../household/supply.ts';
import type { Bill } from './bill-value.ts';
import { residencePeriod } from './reading-period.ts';
import { supplyBill, type Contract, type PeriodUse } from './supply-bill.ts';

const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const use = (importWh: number, over: Partial<PeriodUse> = {}): PeriodUse => ({
  importWh,
  exportWh: 0,
  carriedKwh: 0,
  ...over,
});
const TOU: Contract = { ...ASSUMED_SUPPLY, plan: { plan: 'tou', contractKw: 3 }, region: 'mainland' };
const SOLAR: Supply = { ...ASSUMED_SUPPLY, netMetering: true };

const billOf = (supply: Supply, used: PeriodUse, period = OCTOBER): Bill => {
  const answer = supplyBill(supply, period, used);
  if (answer.status !== 'priced') throw new Error(JSON.stringify(answer));
  return answer;
};

describe('the bill of a supply', () => {
  test('350.499 kWh measured are billed as 350, half a kWh more as 351', () => {
    expect(billOf(ASSUMED_SUPPLY, use(350_499))).toMatchObject({ kwh: 350, won: { bill: 70_640 } });
    expect(billOf(ASSUMED_SUPPLY, use(350_500))).toMatchObject({ kwh: 351 });
  });

  test('time-of-use bands of 0.5 kWh more or less each add up to the whole kWh that are billed', () => {
    const bandWh = { off: 105_500, mid: 105_500, peak: 89_000 };
    expect(billOf(TOU, use(300_000, { bandWh })).segments[0]!.bandKwh).toEqual({ off: 106, mid: 106, peak: 88 });
    const small = { off: 500, mid: 500, peak: 499 };
    expect(billOf(TOU, use(1499, { bandWh: small })).segments[0]!.bandKwh).toEqual({ off: 1, mid: 0, peak: 0 });
  });

  test('a time-of-use contract without known hours is not priced, and says why', () => {
    expect(supplyBill(TOU, OCTOBER, use(300_000))).toMatchObject({ status: 'unsupported', code: 'tou-without-bands' });
  });

  test('a time-of-use contract of a household whose region is not known is not priced by guessed hours', () => {
    const bandWh = { off: 1000, mid: 1000, peak: 1000 };
    expect(supplyBill({ ...TOU, region: undefined }, OCTOBER, use(3000, { bandWh }))).toMatchObject({
      status: 'unsupported',
      code: 'tou-unknown-region',
    });
  });

  test('208 kWh drawn and 143 fed in are billed as 65; more fed in than drawn is carried on', () => {
    expect(billOf(SOLAR, use(208_000, { exportWh: 143_000 }))).toMatchObject({
      kwh: 65,
      netMetering: { creditedKwh: 143, carriedOutKwh: 0 },
    });
    expect(billOf(SOLAR, use(100_000, { exportWh: 143_000, carriedKwh: 7 }))).toMatchObject({
      kwh: 0,
      netMetering: { carriedInKwh: 7, carriedOutKwh: 50 },
    });
  });

  test('without a net-metering contract what is fed in pays nothing off', () => {
    expect(billOf(ASSUMED_SUPPLY, use(208_000, { exportWh: 143_000 }))).toMatchObject({ kwh: 208, netMetering: null });
  });

  test('who moves in on the 20th of 31 days pays 12 of 31 parts of the base charge, and tiers as narrow', () => {
    const period = residencePeriod('2026-10-25', { readingDay: 1, movedIn: '2026-10-20' });
    if ('status' in period) throw new Error(period.detail);
    expect(period).toMatchObject({ from: '2026-10-20', to: '2026-10-31', days: 12, monthDays: 31 });
    const bill = billOf(ASSUMED_SUPPLY, use(77_000), period);
    expect(bill).toMatchObject({ tier: 1, won: { base: Math.floor((910 * 12) / 31) } });
    expect(billOf(ASSUMED_SUPPLY, use(78_000), period).tier).toBe(2);
  });
});
