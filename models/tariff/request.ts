import { refused, type Refusal, type Unsupported } from './refusal.ts';
import { DISCOUNT_CODES, type DiscountCode } from './rows/deductions.ts';
import { VOLTAGES, type Voltage } from './rows/residential.ts';
import { BANDS, type Band } from './rows/time-of-use.ts';
import type { LocalDate } from '../calendar/seoul.ts';

/** The use of the period, whole kWh, under the plan it is billed by. */
export type BilledUse =
  | { readonly plan: 'progressive'; readonly kwh: number }
  | { readonly plan: 'tou'; readonly contractKw: number; readonly bandKwh: Readonly<Record<Band, number>> };

export type NetMetering = {
  /** surplus fed to the grid in the period, and credit left from earlier ones, whole kWh */
  readonly exportKwh: number;
  readonly carriedKwh: number;
  /** take VAT on the supply before netting, as one owner's analysis of bills has it (O14) */
  readonly vatOnSupply: boolean;
};

/** What is to be priced: one meter-reading period of one household, both days inclusive. */
export type BillRequest = {
  readonly voltage: Voltage;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly use: BilledUse;
  readonly discounts: readonly DiscountCode[];
  readonly netMetering?: NetMetering;
};

/** Above this no home's meter reading is believed; below it every figure of a bill is an exact integer. */
const MAX_KWH = 1_000_000;
const MAX_CONTRACT_KW = 1000;

const whole = (value: number, max: number): boolean => Number.isInteger(value) && value >= 0 && value <= max;

const kwhProblem = (at: string, value: number): Refusal | undefined =>
  whole(value, MAX_KWH)
    ? undefined
    : refused('bad-kwh', at, `${value} is not a whole number of kWh from 0 to ${MAX_KWH}`);

const useProblem = (use: BilledUse): Refusal | undefined => {
  switch (use.plan) {
    case 'progressive':
      return kwhProblem('kwh', use.kwh);
    case 'tou':
      if (!whole(use.contractKw, MAX_CONTRACT_KW) || use.contractKw === 0)
        return refused(
          'bad-contract-kw',
          'contract-kw',
          `the contract is a whole number of kW from 1 to ${MAX_CONTRACT_KW}`,
        );
      return BANDS.map((band) => kwhProblem(`kwh-${band}`, use.bandKwh[band])).find((problem) => problem !== undefined);
    default:
      return refused('unknown-plan', 'plan', 'the plans are progressive and tou');
  }
};

const netProblem = ({ exportKwh, carriedKwh }: NetMetering): Refusal | undefined =>
  kwhProblem('export-kwh', exportKwh) ?? kwhProblem('carried-kwh', carriedKwh);

const discountProblem = (code: DiscountCode): Refusal | undefined =>
  DISCOUNT_CODES.includes(code)
    ? undefined
    : refused('unknown-discount', 'discount', `${code} is none of ${DISCOUNT_CODES.join(', ')}`);

/** What is wrong with the request, its dates apart. */
export const requestProblem = (request: BillRequest): Refusal | undefined => {
  if (!VOLTAGES.includes(request.voltage))
    return refused('unknown-voltage', 'voltage', 'the voltages are low and high');
  for (const code of request.discounts) {
    const problem = discountProblem(code);
    if (problem) return problem;
  }
  return useProblem(request.use) ?? (request.netMetering && netProblem(request.netMetering));
};

/** What the sheet leaves open about a time-of-use bill. */
export const touGap = (request: BillRequest, kwh: number, upToKwh: number): Unsupported | undefined => {
  const gap = (code: Unsupported['code'], reason: string): Unsupported => ({ status: 'unsupported', code, reason });
  if (request.voltage === 'high')
    return gap('tou-high-voltage', 'the sheet has residential time-of-use prices for low voltage only');
  if (request.netMetering)
    return gap('tou-net-metering', 'how a solar surplus is credited to the time-of-use bands is not documented');
  if (kwh > upToKwh)
    return gap(
      'tou-above-1000-kwh',
      `above ${upToKwh} kWh the super-user price applies, in months no source confirms (O8)`,
    );
  return undefined;
};
