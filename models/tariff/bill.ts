import type { Bill, Tier } from './bill-value.ts';
import { chargesOf, type PricedUse } from './charges.ts';
import { deductionsOf, type Deduction } from './deductions.ts';
import { netted, type Netted } from './net-metering.ts';
import { progressiveRates, progressiveUse, type ProgressiveRates, type SegmentUse } from './progressive.ts';
import { doubts, usedRows } from './provenance.ts';
import type { Rates } from './rates.ts';
import type { Refusal, Unsupported } from './refusal.ts';
import { requestProblem, touGap, type BilledUse, type BillRequest } from './request.ts';
import type { DiscountCode } from './rows/deductions.ts';
import type { Band } from './rows/time-of-use.ts';
import { touRates, touUse, totalKwh, type BandKwh, type TouRates } from './time-of-use.ts';
import { totalOf, vatOn, withVat, type Won } from './total.ts';

export type BillAnswer = Bill | Refusal | Unsupported;

export type Priced<Use extends PricedUse> = {
  readonly uses: readonly Use[];
  readonly deductions: readonly Deduction[];
  readonly won: Won;
};

/** Charges, deductions and total of one use under one period's rates. */
const priced = <Use extends PricedUse>(
  rates: Rates<unknown>,
  { uses, kwh }: { uses: readonly Use[]; kwh: number },
  held: readonly DiscountCode[],
): Priced<Use> => {
  const charges = chargesOf(rates, uses, kwh);
  const deductions = deductionsOf({ rates, kwh, uses, charges }, held);
  return { uses, deductions, won: totalOf(rates, charges, deductions) };
};

const pricedKwh = (rates: ProgressiveRates, kwh: number, held: readonly DiscountCode[]): Priced<SegmentUse> =>
  priced(rates, { uses: progressiveUse(rates, kwh), kwh }, held);

const TIERS: readonly Tier[] = [1, 2, 3, 'super'];

/** A bill under net metering: the netted use is priced, VAT on request as if nothing had been netted. */
const pricedImport = (rates: ProgressiveRates, importKwh: number, request: BillRequest) => {
  const net = request.netMetering && netted(importKwh, request.netMetering);
  const result = pricedKwh(rates, net?.billedKwh ?? importKwh, request.discounts);
  if (!request.netMetering?.vatOnSupply) return { net, result };
  const supply = pricedKwh(rates, importKwh, request.discounts);
  return { net, result: { ...result, won: withVat(result.won, vatOn(rates, supply.won.elec)) } };
};

const common = (rates: Rates<unknown>, request: BillRequest, result: Priced<PricedUse>) => {
  const provisionalReasons = doubts(rates, request, result);
  return {
    status: 'priced' as const,
    voltage: request.voltage,
    plan: request.use.plan,
    contractKw: request.use.plan === 'tou' ? request.use.contractKw : null,
    discounts: request.discounts,
    period: rates.period,
    split: rates.split,
    won: result.won,
    deductions: result.deductions,
    provisional: provisionalReasons.length > 0,
    provisionalReasons,
    rows: usedRows(rates, request, result),
  };
};

const netMeteringOf = (importKwh: number, request: BillRequest, net: Netted | undefined): Bill['netMetering'] =>
  request.netMetering && net
    ? {
        importKwh,
        exportKwh: request.netMetering.exportKwh,
        carriedInKwh: request.netMetering.carriedKwh,
        creditedKwh: importKwh - net.billedKwh,
        carriedOutKwh: net.carriedOutKwh,
      }
    : null;

const progressiveBill = (request: BillRequest, kwh: number): BillAnswer => {
  const rates = progressiveRates[request.voltage](request.from, request.to);
  if ('status' in rates) return rates;
  const { net, result } = pricedImport(rates, kwh, request);
  const next = pricedImport(rates, kwh + 1, request);
  const highest = Math.max(...result.uses.map(({ tier }) => tier));
  return {
    ...common(rates, request, result),
    kwh: net?.billedKwh ?? kwh,
    tier: TIERS[highest] ?? null,
    marginalWon: next.result.won.bill - result.won.bill,
    segments: rates.segments.map(({ from, to, season, days }, i) => {
      const { kwh: ownKwh = 0, tier = 0, tierKwh = [] } = result.uses[i] ?? {};
      return { from, to, season, days, kwh: ownKwh, tier: TIERS[tier] ?? null, tierKwh, bandKwh: null };
    }),
    netMetering: netMeteringOf(kwh, request, net),
  };
};

type TouContract = Extract<BilledUse, { plan: 'tou' }>;

const pricedBands = (rates: TouRates, { bandKwh, contractKw }: TouContract, held: readonly DiscountCode[]) =>
  priced(rates, { uses: touUse(rates, bandKwh, contractKw), kwh: totalKwh(bandKwh) }, held);

const touBill = (request: BillRequest, use: TouContract): BillAnswer => {
  const rates = touRates(request.from, request.to);
  if ('status' in rates) return rates;
  const kwh = totalKwh(use.bandKwh);
  const upToKwh = Math.min(...rates.segments.map(({ prices }) => prices.upToKwh));
  const gap = touGap(request, kwh, upToKwh);
  if (gap) return gap;
  const result = pricedBands(rates, use, request.discounts);
  const marginal = (band: Band): number | null => {
    if (kwh >= upToKwh) return null;
    const bandKwh: BandKwh = { ...use.bandKwh, [band]: use.bandKwh[band] + 1 };
    return pricedBands(rates, { ...use, bandKwh }, request.discounts).won.bill - result.won.bill;
  };
  return {
    ...common(rates, request, result),
    kwh,
    tier: null,
    marginalWon: { off: marginal('off'), mid: marginal('mid'), peak: marginal('peak') },
    segments: rates.segments.map(({ from, to, season, days }, i) => {
      const own = result.uses[i];
      return { from, to, season, days, kwh: own?.kwh ?? 0, tier: null, tierKwh: [], bandKwh: own?.bandKwh ?? null };
    }),
    netMetering: null,
  };
};

/** Prices one meter-reading period with every line item. Whatever is wrong with the request is an answer; nothing is thrown. */
export const priceBill = (request: BillRequest): BillAnswer => {
  const problem = requestProblem(request);
  if (problem) return problem;
  const { use } = request;
  return use.plan === 'tou' ? touBill(request, use) : progressiveBill(request, use.kwh);
};
