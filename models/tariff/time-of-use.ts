import type { LocalDate } from '../calendar/seoul.ts';
import { shareByDays } from './day-share.ts';
import { periodOf } from './period.ts';
import { ratesCache, ratesOf, type DayPrices, type Rates, type Sheet } from './rates.ts';
import { rowOn } from '../calendar/dated.ts';
import { BANDS, TIME_OF_USE, type Band, type BandTenths, type TouRow, type TouSeason } from './rows/time-of-use.ts';

export type BandPrices = { readonly baseWonPerKw: number; readonly tenths: BandTenths; readonly upToKwh: number };
export type TouRates = Rates<BandPrices>;

type SeasonPrices = { readonly season: TouSeason; readonly tenths: BandTenths };
type TouDay = DayPrices & { readonly price: TouRow; readonly season: SeasonPrices };

const sheet: Sheet<TouDay, BandPrices> = {
  name: 'residential time-of-use tariff',
  since: TIME_OF_USE[0]?.effectiveFrom ?? '',
  voltage: 'low',
  on: (date: LocalDate) => {
    const price = rowOn(TIME_OF_USE, date);
    const season = price?.seasons.find(({ months }) => months.includes(Number(date.slice(5, 7))));
    return price && season ? { price, season } : undefined;
  },
  prices: ({ price, season }) => ({
    baseWonPerKw: price.baseWonPerKw,
    tenths: season.tenths,
    upToKwh: price.upToKwh,
  }),
};

/** The time-of-use rates of a meter-reading period. */
export const touRates = ratesCache((from, to) => {
  const period = periodOf(from, to);
  return 'status' in period ? period : ratesOf(sheet, period);
});

export type BandKwh = Readonly<Record<Band, number>>;
export const totalKwh = ({ off, mid, peak }: BandKwh): number => off + mid + peak;

/** One segment's part of the use and of its price. */
export type TouUse = {
  readonly kwh: number;
  readonly bandKwh: BandKwh;
  readonly baseWon: number;
  readonly energyTenths: number;
};

/** The use of a period by segment. Each band is shared by days: the meter's split at the season's change is not on the bill. */
export const touUse = (rates: TouRates, bandKwh: BandKwh, contractKw: number): TouUse[] => {
  const shares = BANDS.map((band) => shareByDays(bandKwh[band], rates.segments, rates.period.days));
  return rates.segments.map(({ prices }, i) => {
    const [off = 0, mid = 0, peak = 0] = shares.map((share) => share[i] ?? 0);
    const { tenths } = prices;
    return {
      kwh: off + mid + peak,
      bandKwh: { off, mid, peak },
      baseWon: prices.baseWonPerKw * contractKw,
      energyTenths: off * tenths.off + mid * tenths.mid + peak * tenths.peak,
    };
  });
};
