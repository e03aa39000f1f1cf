import type { LocalDate } from '../calendar/seoul.ts';
import { shareByDays } from './day-share.ts';
import { periodOf, type Period } from './period.ts';
import { ratesCache, ratesOf, type DayPrices, type Rates, type Segment, type Sheet } from './rates.ts';
import { roundDiv } from './rounding.ts';
import {
  RESIDENTIAL,
  TIERS,
  type ResidentialRow,
  type TierLimits,
  type TierRow,
  type Voltage,
} from './rows/residential.ts';
import { rowOn } from '../calendar/dated.ts';

/** Prices by tier, and where the tiers of one segment lie. The fourth tier is the super-user's. */
export type TierPrices = {
  readonly baseWon: readonly number[];
  readonly energyTenths: readonly number[];
  /** use of the whole period above which the next tier is reached */
  readonly limitsKwh: readonly number[];
  /** what of each limited tier's width falls to the segment's days */
  readonly widthsKwh: readonly number[];
};
export type ProgressiveRates = Rates<TierPrices>;

type ProgressiveDay = DayPrices & {
  readonly price: ResidentialRow;
  readonly season: TierLimits;
  readonly calendar: TierRow;
};

/** Widths of the limited tiers when a month of `monthDays` is cut to `days`: each rounded half up. */
const widths = (limitsKwh: readonly number[], days: number, monthDays: number): number[] =>
  limitsKwh.map((limit, tier) => roundDiv((limit - (limitsKwh[tier - 1] ?? 0)) * days, monthDays));

const runningSum = (values: readonly number[]): number[] => {
  let sum = 0;
  return values.map((value) => (sum += value));
};

const sheet = (voltage: Voltage): Sheet<ProgressiveDay, TierPrices> => ({
  name: 'residential tariff',
  since: RESIDENTIAL[voltage][0]?.effectiveFrom ?? '',
  voltage,
  on: (date: LocalDate) => {
    const [price, calendar] = [rowOn(RESIDENTIAL[voltage], date), rowOn(TIERS, date)];
    const season = calendar?.seasons.find(({ months }) => months.includes(Number(date.slice(5, 7))));
    return price && calendar && season ? { price, season, calendar } : undefined;
  },
  prices: ({ price, season }, days, period: Period) => ({
    baseWon: price.baseWon,
    energyTenths: price.energyTenths,
    limitsKwh: runningSum(widths(season.limitsKwh, period.days, period.monthDays)),
    widthsKwh: widths(season.limitsKwh, days, period.monthDays),
  }),
});

const compile = (voltage: Voltage) =>
  ratesCache((from, to) => {
    const period = periodOf(from, to);
    return 'status' in period ? period : ratesOf(sheet(voltage), period);
  });

/** The progressive rates of a meter-reading period, by voltage. */
export const progressiveRates = { low: compile('low'), high: compile('high') };

/** One segment's part of the use and of its price. */
export type SegmentUse = {
  readonly kwh: number;
  /** 0 to 3: index of the tier the whole use reaches under the segment's limits */
  readonly tier: number;
  readonly tierKwh: readonly number[];
  readonly baseWon: number;
  readonly energyTenths: number;
};

const SUPER_USER = 3;

const tierOf = (kwh: number, { limitsKwh }: TierPrices): number => {
  let tier = 0;
  for (const limit of limitsKwh) if (kwh > limit) tier++;
  return tier;
};

/**
 * Tiers below the one reached take their width of the segment, the one reached takes the rest (korea.md 1.7, step 3). The rest
 * can be −1 where share and widths were rounded apart: the other segment then holds one more at the same price. Super-user
 * kWh exist in one segment alone, so theirs is never negative.
 */
const useOf = (kwh: number, tier: number, prices: TierPrices): SegmentUse => {
  const tierKwh: number[] = [];
  let rest = kwh;
  let energyTenths = 0;
  for (let t = 0; t <= tier; t++) {
    const width = prices.widthsKwh[t] ?? 0;
    const own = t === tier ? rest : t === SUPER_USER - 1 ? Math.min(width, rest) : width;
    tierKwh.push(own);
    rest -= own;
    energyTenths += own * (prices.energyTenths[t] ?? 0);
  }
  return { kwh, tier, tierKwh, baseWon: prices.baseWon[tier] ?? 0, energyTenths };
};

/** The use of a period by segment and tier. */
export const progressiveUse = (rates: ProgressiveRates, kwh: number): SegmentUse[] => {
  const shares = shareByDays(kwh, rates.segments, rates.period.days);
  return rates.segments.map(({ prices }: Segment<TierPrices>, i) => useOf(shares[i] ?? 0, tierOf(kwh, prices), prices));
};
