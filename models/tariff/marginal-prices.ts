import { localDate, localTime, type LocalDate } from '../calendar/seoul.ts';
import type { Bill } from './bill-value.ts';
import type { Period } from './period.ts';
import { progressiveRates } from './progressive.ts';
import type { Rates } from './rates.ts';
import { residencePeriod } from './reading-period.ts';
import { refused, type Refusal, type Unsupported } from './refusal.ts';
import type { Band } from './rows/time-of-use.ts';
import { supplyBill, type Contract } from './supply-bill.ts';
import { bandOf } from './time-bands.ts';
import { touRates } from './time-of-use.ts';

/** Won a kWh that one more kWh adds to the bill, VAT and fund included: not rounded, and without the step into another tier. */
type ByBand = Readonly<Record<Band, number>>;
type Marginal = ByBand | Refusal | Unsupported;

export type MarginalPrices = {
  readonly status: 'priced';
  /** of the hours asked for, in their order */
  readonly buyWon: readonly number[];
  /** what a kWh fed in takes off the bill: with net metering as much as one bought adds, else nothing */
  readonly sellWon: readonly number[];
};

export type MarginalRequest = {
  readonly contract: Contract;
  /** whole kWh that the meter-reading period is expected to be billed for at its end; what net metering sets off is off */
  readonly expectedKwh: number;
  /** epoch ms of the hours' beginnings; they may reach into the next meter-reading period */
  readonly hours: readonly number[];
};

/** How far on either side of the expected use deductions are looked at: whole won of fewer kWh are too coarse. */
const REACH_KWH = 10;

/** Without a better word: how much of a use falls into each band matters for the limits of discounts only. */
const thirds = (wh: number): Record<Band, number> => ({ off: wh / 3, mid: wh / 3, peak: wh / 3 });

const billAt = (contract: Contract, period: Period, kwh: number) =>
  supplyBill(contract, period, { importWh: kwh * 1000, exportWh: 0, bandWh: thirds(kwh * 1000), carriedKwh: 0 });

const grossOf = ({ won: { base, energy, climate, fuel } }: Bill): number => base + energy + climate + fuel;
const reliefOf = ({ won: { discount, minimum } }: Bill): number => discount - minimum;

/** Uses around the expected one between which no tier and no deduction begins or ends. */
const around = (expectedKwh: number, limits: readonly number[]): readonly [number, number] => {
  const below = limits.filter((limit) => limit < expectedKwh);
  const above = limits.filter((limit) => limit >= expectedKwh);
  return [
    Math.max(0, expectedKwh - REACH_KWH, ...below.map((limit) => limit + 1)),
    Math.min(expectedKwh + REACH_KWH, ...above),
  ];
};

/** The share of a won charged that discounts and the minimum charge take back, near the expected use. */
const reliefShare = (low: Bill, high: Bill): number => {
  const charged = grossOf(high) - grossOf(low);
  return charged > 0 ? (reliefOf(high) - reliefOf(low)) / charged : 0;
};

/** Per kWh of each band: energy by the days of each price list, climate and fuel, tenths of a won. */
const chargedTenths = <Prices>(rates: Rates<Prices>, energyTenths: (prices: Prices, band: Band) => number): ByBand => {
  const { days } = rates.period;
  const of = (band: Band): number =>
    rates.segments.reduce((sum, segment) => sum + energyTenths(segment.prices, band) * segment.days, 0) / days +
    rates.climateTenthDays / days +
    rates.fuelTenths;
  return { off: of('off'), mid: of('mid'), peak: of('peak') };
};

type Charged = { readonly rates: Rates<unknown>; readonly tenths: ByBand; readonly limits: readonly number[] };

const chargedOf = ({ voltage, plan }: Contract, { from, to }: Period, kwh: number): Charged | Refusal => {
  if (plan.plan === 'tou') {
    const rates = touRates(from, to);
    if ('status' in rates) return rates;
    const limits = rates.segments.map(({ prices }) => prices.upToKwh);
    return { rates, tenths: chargedTenths(rates, ({ tenths }, band) => tenths[band]), limits };
  }
  const rates = progressiveRates[voltage](from, to);
  if ('status' in rates) return rates;
  const tierAt = (limitsKwh: readonly number[]): number => limitsKwh.filter((limit) => kwh > limit).length;
  const tenths = chargedTenths(rates, ({ limitsKwh, energyTenths }) => energyTenths[tierAt(limitsKwh)] ?? 0);
  return { rates, tenths, limits: rates.segments.flatMap(({ prices }) => prices.limitsKwh) };
};

const marginalOf = (contract: Contract, period: Period, expectedKwh: number): Marginal => {
  const bill = billAt(contract, period, expectedKwh);
  if (bill.status !== 'priced') return bill;
  const charged = chargedOf(contract, period, expectedKwh);
  if ('status' in charged) return charged;
  const { rates, tenths, limits } = charged;
  const { smallUse, freeze, essentialUse } = rates.deductions;
  const deductionLimits = [smallUse.upToKwh, freeze.upToKwh, essentialUse.upToKwh];
  const [low, high] = around(expectedKwh, [...limits, ...deductionLimits]).map((kwh) => billAt(contract, period, kwh));
  const kept = low?.status === 'priced' && high?.status === 'priced' ? 1 - reliefShare(low, high) : 1;
  const withTaxes = 1 + rates.vatBasisPoints / 10_000 + rates.fundBasisPointDays / (10_000 * rates.period.days);
  const won = (band: Band): number => Math.max(0, (tenths[band] / 10) * kept * withTaxes);
  return { off: won('off'), mid: won('mid'), peak: won('peak') };
};

const bandAt = ({ plan, region }: Contract, date: LocalDate, ms: number): Band | Refusal => {
  if (plan.plan !== 'tou' || !region) return 'mid';
  return (
    bandOf(region, date, Number(localTime(ms).slice(0, 2))) ??
    refused('no-tariff-row', 'hours', `no time-of-use hours or holidays are known for ${date}`)
  );
};

/**
 * What a kWh more or less is worth in each hour: by tiers at the use that is expected of the period, by time of use at the hour's
 * band; a period that a season or a price divides weighs both by their days, as its bill does. An hour of the next period is
 * priced as if as much were used in it. Refused or unsupported where the bill is.
 */
export const marginalPrices = ({
  contract,
  expectedKwh,
  hours,
}: MarginalRequest): MarginalPrices | Refusal | Unsupported => {
  const periods = new Map<LocalDate, Marginal>();
  const onDate = (date: LocalDate): Marginal => {
    const period = residencePeriod(date, {
      readingDay: contract.readingDay,
      ...(contract.movedIn !== undefined && { movedIn: contract.movedIn }),
      ...(contract.movedOut !== undefined && { movedOut: contract.movedOut }),
    });
    if ('status' in period) return period;
    const held = periods.get(period.from) ?? marginalOf(contract, period, expectedKwh);
    periods.set(period.from, held);
    return held;
  };
  const buyWon: number[] = [];
  for (const ms of hours) {
    const date = localDate(ms);
    const [prices, band] = [onDate(date), bandAt(contract, date, ms)];
    if ('status' in prices) return prices;
    if (typeof band !== 'string') return band;
    buyWon.push(prices[band]);
  }
  return { status: 'priced', buyWon, sellWon: buyWon.map((won) => (contract.netMetering ? won : 0)) };
};
