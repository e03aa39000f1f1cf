import { supplyBill, type Contract } from '../tariff/supply-bill.ts';
import type { PeriodAhead, WonRange } from './advice-home.ts';

type TierRoom = {
  readonly limitKwh: number;
  readonly expectedKwh: number;
  readonly overKwh: number;
  readonly wonPerMonth: WonRange;
};

/** Of the rest of the period, so much less is within reach of people who know. */
const WITHIN_REACH = 0.15;

/**
 * What crossing the next limit of a tier costs this period, where it is likely to be crossed and staying below is within reach. The range is
 * from the use that one in ten stays below to the expected one. Undefined where neither holds, or nothing can be billed.
 */
export const tierRoom = (contract: Contract, period: PeriodAhead): TierRoom | undefined => {
  const { from, to, usedKwh, lowKwh, middleKwh, tierLimitsKwh } = period;
  const limitKwh = tierLimitsKwh.findLast((limit) => limit >= usedKwh && limit < lowKwh);
  if (limitKwh === undefined || middleKwh - limitKwh > WITHIN_REACH * (middleKwh - usedKwh)) return undefined;
  const billOf = (kwh: number): number | undefined => {
    const bill = supplyBill(contract, { from, to }, { importWh: kwh * 1000, exportWh: 0, carriedKwh: 0 });
    return bill.status === 'priced' ? bill.won.bill : undefined;
  };
  const [below, least, expected] = [billOf(limitKwh), billOf(lowKwh), billOf(middleKwh)];
  if (below === undefined || least === undefined || expected === undefined) return undefined;
  const low = Math.max(0, least - below);
  return {
    limitKwh,
    expectedKwh: middleKwh,
    overKwh: middleKwh - limitKwh,
    wonPerMonth: { low, high: Math.max(low, expected - below) },
  };
};
