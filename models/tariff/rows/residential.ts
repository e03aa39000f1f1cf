import { CHECKED_AT, type Confidence, type Dated } from '../../calendar/dated.ts';

export type Voltage = 'low' | 'high';
export const VOLTAGES: readonly Voltage[] = ['low', 'high'];

/** Base charge (won per household and month) and energy price (tenths of a won per kWh) by tier 1, 2, 3 and super-user. */
export type ResidentialRow = Dated & {
  readonly voltage: Voltage;
  readonly baseWon: readonly number[];
  readonly energyTenths: readonly number[];
};

const BASE_WON = { low: [910, 1600, 7300, 7300], high: [730, 1260, 6060, 6060] } as const;
const SHEET = 'KEPCO supply terms, annex 1 (rate table of 2023-11-09, repeated in the edition applied from 2026-06-01)';
const HISTORY = 'dugurs/kwh_to_won rate history, each step confirmed by the press';

type Step = readonly [
  from: string,
  to: string | null,
  low: readonly number[],
  high: readonly number[],
  source: string,
  confidence: Confidence,
];

/** Price steps since the climate charge was split out of the energy price. The step of 2023-05-16 fell inside a month. */
const STEPS: readonly Step[] = [
  ['2021-01-01', '2022-03-31', [883, 1829, 2756, 7045], [733, 1423, 2106, 5696], HISTORY, 'verified'],
  ['2022-04-01', '2022-09-30', [932, 1878, 2805, 7094], [782, 1472, 2155, 5745], HISTORY, 'verified'],
  ['2022-10-01', '2022-12-31', [1006, 1952, 2879, 7168], [856, 1546, 2229, 5819], HISTORY, 'verified'],
  ['2023-01-01', '2023-05-15', [1120, 2066, 2993, 7282], [970, 1660, 2343, 5933], HISTORY, 'verified'],
  ['2023-05-16', null, [1200, 2146, 3073, 7362], [1050, 1740, 2423, 6013], SHEET, 'verified'],
];

const rowsOf = (voltage: Voltage): readonly ResidentialRow[] =>
  STEPS.map(([effectiveFrom, effectiveTo, low, high, source, confidence]) => ({
    id: `residential/${voltage}/${effectiveFrom}`,
    effectiveFrom,
    effectiveTo,
    source,
    confidence,
    checkedAt: CHECKED_AT,
    voltage,
    baseWon: BASE_WON[voltage],
    energyTenths: voltage === 'low' ? low : high,
  }));

export const RESIDENTIAL: Readonly<Record<Voltage, readonly ResidentialRow[]>> = {
  low: rowsOf('low'),
  high: rowsOf('high'),
};

export type Season = 'summer' | 'winter' | 'other';

/** Months and upper limits (kWh in the month) of tiers 1, 2 and 3. Without a third limit tier 3 has no end. */
export type TierLimits = {
  readonly season: Season;
  readonly months: readonly number[];
  readonly limitsKwh: readonly number[];
};
export type TierRow = Dated & { readonly seasons: readonly TierLimits[] };

export const TIERS: readonly TierRow[] = [
  {
    id: 'tiers/2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveTo: null,
    source: SHEET,
    confidence: 'verified',
    checkedAt: CHECKED_AT,
    seasons: [
      { season: 'summer', months: [7, 8], limitsKwh: [300, 450, 1000] },
      { season: 'winter', months: [12, 1, 2], limitsKwh: [200, 400, 1000] },
      { season: 'other', months: [3, 4, 5, 6, 9, 10, 11], limitsKwh: [200, 400] },
    ],
  },
];
