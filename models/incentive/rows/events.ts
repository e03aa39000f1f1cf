import { CHECKED_AT, type Provisional } from '../../calendar/dated.ts';
import type { Programme } from '../programme.ts';

const checkedAt = CHECKED_AT;

export type MissionRule = {
  readonly baselineMethod: string;
  readonly minCutBasisPoints: number;
  readonly pointsPerSuccess: number;
  readonly paidSuccessesPerYear: number;
};

/** Apartment and city missions: an hour with a cut of a tenth (korea.md 2.4). */
export const APARTMENT_MISSION: Programme<MissionRule> = {
  id: 'apartment-mission',
  payer: 'municipality',
  unit: 'points',
  period: 'event',
  eligibility: ['lives-in-the-scheme-area', 'hourly-meter'],
  versions: [
    {
      id: 'apartment-mission/2023-07-01',
      effectiveFrom: '2023-07-01',
      effectiveTo: null,
      source: 'Jeonnam Ilbo 2023-07-25 (Naju), Water Journal 74059 and Donga Ilbo 2025-04-24 (Seoul)',
      confidence: 'single source',
      checkedAt,
      rule: {
        baselineMethod: 'mid-8-of-10',
        minCutBasisPoints: 1000,
        pointsPerSuccess: 1000,
        paidSuccessesPerYear: 100,
      },
    },
  ],
};

export type EventRule = {
  readonly baselineMethods: readonly string[];
  /** what the home receives; its aggregator keeps the rest of the market price */
  readonly wonPerKwh: number;
};

const AGGREGATOR_PRICE: Provisional = {
  code: 'aggregator-price',
  reason:
    'what a home receives depends on its aggregator: about 1,300 won/kWh in 2022, about 1,000 in one statement of 2023',
};

/** National demand response 국민DR (korea.md 2.3): a cut below the customer baseline is paid, a rise costs nothing. */
export const NATIONAL_DR: Programme<EventRule> = {
  id: 'national-dr',
  payer: 'aggregator',
  unit: 'won',
  period: 'event',
  eligibility: ['contract-of-200-kw-or-less', 'hourly-meter', 'joined-through-an-aggregator'],
  versions: [
    {
      id: 'national-dr/2022-01-01',
      effectiveFrom: '2022-01-01',
      effectiveTo: null,
      source: 'ETNews 2023-04-17; baselines per KPX market rules, annexes 26 and 28',
      confidence: 'verified',
      checkedAt,
      provisional: AGGREGATOR_PRICE,
      rule: { baselineMethods: ['mid-6-of-10', 'max-4-of-5'], wonPerKwh: 1300 },
    },
  ],
};

/** A home's own target by the size of its baseline: `percent` of it and `plusWh`, up to a limit of the baseline. */
export type TargetStep = { readonly upToWh: number | null; readonly percent: number; readonly plusWh: number };
export const HOME_TARGET: Programme<readonly TargetStep[]> = {
  id: 'per-home-dr-target',
  payer: 'us',
  unit: 'points',
  period: 'event',
  eligibility: ['hourly-meter'],
  versions: [
    {
      id: 'per-home-dr-target/2024-01-01',
      effectiveFrom: '2024-01-01',
      effectiveTo: null,
      source: 'per-home target rule of the AIHEMS repositories',
      confidence: 'single source',
      checkedAt,
      rule: [
        { upToWh: 500, percent: 30, plusWh: 0 },
        { upToWh: 1500, percent: 15, plusWh: 75 },
        { upToWh: null, percent: 0, plusWh: 300 },
      ],
    },
  ],
};
