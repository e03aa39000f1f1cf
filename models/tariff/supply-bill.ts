import type { Supply } from '../household/supply.ts';
import { priceBill, type BillAnswer } from './bill.ts';
import { billedKwh } from './billed-kwh.ts';
import type { BilledUse } from './request.ts';
import type { Region } from './rows/time-of-use.ts';

/** The supply, and the region by whose hours a time-of-use contract is billed; undefined: it is not known. */
export type Contract = Supply & { readonly region?: Region | undefined };

/** Measured energy of a meter-reading period, whole Wh. */
export type PeriodUse = {
  readonly importWh: number;
  readonly exportWh: number;
  /** needed by a time-of-use contract */
  readonly bandWh?: { readonly off: number; readonly mid: number; readonly peak: number };
  /** net-metering credit left from the period before, whole kWh */
  readonly carriedKwh: number;
};

type Period = { readonly from: string; readonly to: string };

/** Each band is rounded, and the last of them takes what the whole then lacks, so that the bands are the billed use. */
const bandKwhOf = (importWh: number, { off, mid }: NonNullable<PeriodUse['bandWh']>) => {
  const whole = billedKwh(importWh);
  const offKwh = Math.min(whole, billedKwh(off));
  const midKwh = Math.min(whole - offKwh, billedKwh(mid));
  return { off: offKwh, mid: midKwh, peak: whole - offKwh - midKwh };
};

/** The bill of a household's period from what was measured; measured Wh become billed kWh once for the period. */
export const supplyBill = (
  { voltage, plan, discounts, netMetering, region }: Contract,
  { from, to }: Period,
  use: PeriodUse,
): BillAnswer => {
  const { importWh, exportWh, bandWh, carriedKwh } = use;
  if (plan.plan === 'tou' && region === undefined)
    return {
      status: 'unsupported',
      code: 'tou-unknown-region',
      reason: 'Jeju and the mainland have different hours, and the region of the household is not known',
    };
  if (plan.plan === 'tou' && !bandWh)
    return { status: 'unsupported', code: 'tou-without-bands', reason: 'the hours of the use are not known' };
  const billed: BilledUse =
    plan.plan === 'tou'
      ? { ...plan, bandKwh: bandKwhOf(importWh, bandWh ?? { off: 0, mid: 0, peak: 0 }) }
      : { plan: 'progressive', kwh: billedKwh(importWh) };
  return priceBill({
    voltage,
    from,
    to,
    use: billed,
    discounts,
    ...(netMetering && { netMetering: { exportKwh: billedKwh(exportWh), carriedKwh, vatOnSupply: false } }),
  });
};
