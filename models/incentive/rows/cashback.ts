import { CHECKED_AT, type Provisional } from '../../calendar/dated.ts';
import type { Programme } from '../programme.ts';

/** A saving of `fromBasisPoints` or more of the baseline earns so many won per saved kWh. */
export type CashbackTier = { readonly fromBasisPoints: number; readonly wonPerKwh: number };

export type CashbackRule = {
  readonly floorBasisPoints: number;
  /** paid from the floor on when the home saves at least as much as its region's participants */
  readonly baseWonPerKwh: number;
  /** paid beside it by one's own rate, ascending; null: not published */
  readonly tiers: readonly CashbackTier[] | null;
  readonly maxWonPerKwh: number;
  /** share of the baseline that is paid for at most, percent */
  readonly paidPercent: number;
};

const TABLE_2023 = {
  floorBasisPoints: 300,
  baseWonPerKwh: 30,
  tiers: [
    { fromBasisPoints: 500, wonPerKwh: 30 },
    { fromBasisPoints: 1000, wonPerKwh: 50 },
    { fromBasisPoints: 2000, wonPerKwh: 70 },
  ],
  maxWonPerKwh: 100,
  paidPercent: 30,
} as const;
const checkedAt = CHECKED_AT;

/** KEPCO housing energy cashback 주택용 에너지캐시백 (korea.md 2.1). */
export const ENERGY_CASHBACK: Programme<CashbackRule> = {
  id: 'energy-cashback',
  payer: 'utility',
  unit: 'won',
  period: 'month',
  joins: 'month-of-application',
  consent: 'government',
  eligibility: [
    'residential-contract',
    'registered-at-address',
    'unit-use-is-submitted',
    'in-no-other-utility-programme',
  ],
  versions: [
    {
      id: 'energy-cashback/2022-07-01',
      effectiveFrom: '2022-07-01',
      effectiveTo: '2023-06-30',
      source: 'KEPCO announcement 2023-06-07, description of the scheme of 2022-H2',
      confidence: 'verified',
      checkedAt,
      rule: { floorBasisPoints: 300, baseWonPerKwh: 30, tiers: [], maxWonPerKwh: 30, paidPercent: 30 },
    },
    {
      id: 'energy-cashback/2023-07-01',
      effectiveFrom: '2023-07-01',
      effectiveTo: '2023-12-31',
      source: 'KEPCO announcement 2023-06-07',
      confidence: 'verified',
      checkedAt,
      rule: TABLE_2023,
    },
    {
      id: 'energy-cashback/2024-01-01',
      effectiveFrom: '2024-01-01',
      effectiveTo: '2026-06-30',
      source: 'totals 30/60/80/100 in consumer guides of 2025',
      confidence: 'single source',
      checkedAt,
      provisional: {
        code: 'O1',
        reason: 'guides, a repository and the 2023 release give different tier tables for 2024 to 2026-06',
      },
      rule: TABLE_2023,
    },
    {
      id: 'energy-cashback/2026-07-01',
      effectiveFrom: '2026-07-01',
      effectiveTo: '2026-12-31',
      source: 'Electimes 369659 (2026-06)',
      confidence: 'single source',
      checkedAt,
      provisional: {
        code: 'O1',
        reason:
          'the tier table from 2026-07 is not published: only the floor of 1 % and the ceiling of 120 won are known',
      },
      rule: { floorBasisPoints: 100, baseWonPerKwh: 0, tiers: null, maxWonPerKwh: 120, paidPercent: 30 },
    },
  ],
};

/**
 * The base price asks for the mean of the region's participants, which the utility alone knows. Until it says, the mean is taken as
 * reached: what others owe is only expected here, and every reward that rests on it says so.
 */
export const ASSUMED_REGIONAL_MEAN: { readonly taken: 'assumed-reached'; readonly provisional: Provisional } = {
  taken: 'assumed-reached',
  provisional: {
    code: 'O3',
    reason: 'whether the mean of the region’s participants is reached is not known here; it is taken as reached',
  },
};

export type WindowRule = {
  readonly pays: 'saving' | 'use';
  readonly wonPerKwh: number;
  readonly capWonPerMonth: number | null;
  /** clock hours `[from, to)` */
  readonly fromHour: number;
  readonly toHour: number;
  readonly days: 'weekdays' | 'weekends-and-holidays';
};

/** Saving on summer evenings of 2026 against the mean of the same hours of the two years before. Ended. */
export const EVENING_PEAK: Programme<WindowRule> = {
  id: 'energy-cashback-evening-peak',
  payer: 'utility',
  unit: 'won',
  period: 'month',
  joins: 'month-of-application',
  consent: 'government',
  eligibility: ['residential-contract', 'registered-at-address', 'hourly-meter'],
  versions: [
    {
      id: 'energy-cashback-evening-peak/2026-07-01',
      effectiveFrom: '2026-07-01',
      effectiveTo: '2026-08-31',
      source: 'KEPCO supply rules of 2026-08-01, Art. 48-6, and Electimes 369659 (2026-06)',
      confidence: 'single source',
      checkedAt,
      rule: { pays: 'saving', wonPerKwh: 500, capWonPerMonth: 10_000, fromHour: 17, toHour: 20, days: 'weekdays' },
    },
  ],
};

/** Use of registered appliances at midday on weekends of autumn 2026. Ended. */
export const SMART_APPLIANCE: Programme<WindowRule> = {
  id: 'energy-cashback-smart-appliance',
  payer: 'utility',
  unit: 'won',
  period: 'month',
  joins: 'month-of-application',
  consent: 'government',
  eligibility: ['residential-contract', 'registered-at-address', 'registered-appliance'],
  versions: [
    {
      id: 'energy-cashback-smart-appliance/2026-09-01',
      effectiveFrom: '2026-09-01',
      effectiveTo: '2026-10-31',
      source: 'Electimes 369659 (2026-06)',
      confidence: 'single source',
      checkedAt,
      rule: {
        pays: 'use',
        wonPerKwh: 100,
        capWonPerMonth: null,
        fromHour: 11,
        toHour: 14,
        days: 'weekends-and-holidays',
      },
    },
  ],
};
