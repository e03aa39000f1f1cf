import { CHECKED_AT, type Confidence, type Dated } from '../../calendar/dated.ts';

export const BANDS = ['off', 'mid', 'peak'] as const;
export type Band = (typeof BANDS)[number];
export type TouSeason = 'summer' | 'winter' | 'spring-autumn';

/** tenths of a won per kWh */
export type BandTenths = Readonly<Record<Band, number>>;

/** Residential time-of-use 주택용 계시별 선택요금, low voltage. */
export type TouRow = Dated & {
  /** who may choose it */
  readonly availability: string;
  readonly baseWonPerKw: number;
  readonly seasons: readonly {
    readonly season: TouSeason;
    readonly months: readonly number[];
    readonly tenths: BandTenths;
  }[];
  /** from here on the super-user price applies, in months no source confirms */
  readonly upToKwh: number;
};

const ANNEX = 'KEPCO supply terms, annex 12, as carried by heechaneom/hems-tariff';
const LAUNCH = 'launch prices of 2021 in the press; spring-autumn mid is today’s less 31.7 won';
const STEPPED = 'launch prices plus the rises of the low-voltage tiers to this date';
const NOT_PUBLISHED = {
  code: 'tou-history',
  reason: 'time-of-use prices before 2023-05-16 are calculated from the launch prices and the rises of the tiers',
};

const rowFrom = (
  [effectiveFrom, effectiveTo]: readonly [string, string | null],
  riseTenths: number,
  { source, confidence }: { source: string; confidence: Confidence },
): TouRow => ({
  id: `tou/${effectiveFrom}`,
  effectiveFrom,
  effectiveTo,
  source,
  confidence,
  checkedAt: CHECKED_AT,
  ...(effectiveTo === null ? {} : { provisional: NOT_PUBLISHED }),
  availability:
    'Jeju: any home, from 2021-09-01; mainland: from 2026-04-01, homes with certified heat-pump equipment only',
  baseWonPerKw: 4310,
  seasons: [
    {
      season: 'summer',
      months: [6, 7, 8],
      tenths: { off: 1070 + riseTenths, mid: 1530 + riseTenths, peak: 1888 + riseTenths },
    },
    {
      season: 'winter',
      months: [11, 12, 1, 2],
      tenths: { off: 1070 + riseTenths, mid: 1530 + riseTenths, peak: 1888 + riseTenths },
    },
    {
      season: 'spring-autumn',
      months: [3, 4, 5, 9, 10],
      tenths: { off: 941 + riseTenths, mid: 1221 + riseTenths, peak: 1407 + riseTenths },
    },
  ],
  upToKwh: 1000,
});

export const TIME_OF_USE: readonly TouRow[] = [
  rowFrom(['2021-09-01', '2022-03-31'], 0, { source: LAUNCH, confidence: 'single source' }),
  rowFrom(['2022-04-01', '2022-09-30'], 49, { source: STEPPED, confidence: 'derived' }),
  rowFrom(['2022-10-01', '2022-12-31'], 123, { source: STEPPED, confidence: 'derived' }),
  rowFrom(['2023-01-01', '2023-05-15'], 237, { source: STEPPED, confidence: 'derived' }),
  rowFrom(['2023-05-16', null], 317, { source: ANNEX, confidence: 'verified' }),
];

export type Region = 'jeju' | 'mainland';
/** Hours of the day `[from, to)` in which a weekday's use is mid or peak; the others are off. */
export type BandHours = { readonly mid: readonly Hours[]; readonly peak: readonly Hours[] };
type Hours = readonly [from: number, to: number];
export type BandHoursRow = Dated & {
  readonly weekday: Readonly<Record<TouSeason, BandHours>>;
};

const JEJU: BandHours = { mid: [[8, 16]], peak: [[16, 22]] };
const REFORMED: BandHours = {
  mid: [
    [8, 15],
    [21, 22],
  ],
  peak: [[15, 21]],
};
const WINTER: BandHours = {
  mid: [
    [8, 9],
    [12, 16],
    [19, 22],
  ],
  peak: [
    [9, 12],
    [16, 19],
  ],
};

/**
 * Mainland homes could choose the plan from 2026-04-01. Which hours held for them until the reform reached the other
 * low-voltage tariffs on 2026-06-01 is not stated, so there is no row for those two months.
 */
export const BAND_HOURS: Readonly<Record<Region, readonly BandHoursRow[]>> = {
  jeju: [
    {
      id: 'bands/jeju/2021-09-01',
      effectiveFrom: '2021-09-01',
      effectiveTo: null,
      weekday: { summer: JEJU, winter: JEJU, 'spring-autumn': JEJU },
      source: 'KEPCO supply terms, annex 3, as carried by heechaneom/hems-tariff',
      confidence: 'single source',
      checkedAt: CHECKED_AT,
    },
  ],
  mainland: [
    {
      id: 'bands/mainland/2026-06-01',
      effectiveFrom: '2026-06-01',
      effectiveTo: null,
      weekday: { summer: REFORMED, winter: WINTER, 'spring-autumn': REFORMED },
      source: 'KEPCO supply terms, annex 3 (2026 reform), as carried by heechaneom/hems-tariff',
      confidence: 'single source',
      checkedAt: CHECKED_AT,
    },
  ],
};
