import { MAX_4_OF_5, MID_6_OF_10, MID_8_OF_10, TEN_OF_TEN } from '../../baseline/methods.ts';
import { CHECKED_AT, type Provisional } from '../../calendar/dated.ts';
import type { Programme } from '../programme.ts';

const checkedAt = CHECKED_AT;

/** When a programme may call: on which days, and in which clock hours `[from, to)`. */
export type Calls = { readonly days: 'weekdays'; readonly fromHour: number; readonly toHour: number };
/**
 * Who of the enrolled homes takes part in an event: those that joined it before it began, so that silence is a no; or every home that
 * has not declined it.
 */
export type TakesPart = 'joined' | 'not-declined';
/** What every programme of events says. `calls` null: its sources name neither days nor hours, it may call at any time. */
export type CallRule = { readonly calls: Calls | null; readonly takesPart: TakesPart };

/** Each event is joined by itself from this day on (docs/adr/0028). */
const JOINED_FROM = '2026-11-23';
const DAY_BEFORE = '2026-11-22';

export type MissionRule = CallRule & {
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
  joins: 'next-day',
  consent: 'government',
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
        calls: null,
        // it is won by its result: its sources know of no joining
        takesPart: 'not-declined',
        baselineMethod: MID_8_OF_10.id,
        minCutBasisPoints: 1000,
        pointsPerSuccess: 1000,
        paidSuccessesPerYear: 100,
      },
    },
  ],
};

export type EventRule = CallRule & {
  /** the fit of a baseline method is judged on these hours */
  readonly calls: Calls;
  /** one of them is fixed at enrolment by how well it fits; the first where the history is too short to say */
  readonly baselineMethods: readonly string[];
  /** what the home receives; its aggregator keeps the rest of the market price */
  readonly wonPerKwh: number;
};

const AGGREGATOR_PRICE: Provisional = {
  code: 'aggregator-price',
  reason:
    'what a home receives depends on its aggregator: about 1,300 won/kWh in 2022, about 1,000 in one statement of 2023',
};

const NATIONAL_DR_RULE = {
  calls: { days: 'weekdays', fromHour: 6, toHour: 21 },
  baselineMethods: [MID_6_OF_10.id, MAX_4_OF_5.id],
  wonPerKwh: 1300,
} as const;

/** National demand response 국민DR (korea.md 2.3): a cut below the customer baseline is paid, a rise costs nothing. */
export const NATIONAL_DR: Programme<EventRule> = {
  id: 'national-dr',
  payer: 'aggregator',
  unit: 'won',
  period: 'event',
  joins: 'next-day',
  consent: 'government',
  eligibility: ['contract-of-200-kw-or-less', 'hourly-meter', 'joined-through-an-aggregator'],
  versions: [
    {
      id: 'national-dr/2022-01-01',
      effectiveFrom: '2022-01-01',
      effectiveTo: DAY_BEFORE,
      source: 'ETNews 2023-04-17; baselines per KPX market rules, annexes 26 and 28',
      confidence: 'verified',
      checkedAt,
      provisional: AGGREGATOR_PRICE,
      rule: { ...NATIONAL_DR_RULE, takesPart: 'not-declined' },
    },
    {
      id: 'national-dr/2026-11-23',
      effectiveFrom: JOINED_FROM,
      effectiveTo: null,
      source: 'pay and baselines as before; that a home joins each call is our own choice (ADR 0028)',
      confidence: 'verified',
      checkedAt,
      provisional: AGGREGATOR_PRICE,
      rule: { ...NATIONAL_DR_RULE, takesPart: 'joined' },
    },
  ],
};

/** A home's own target by the size of its baseline: `percent` of it and `plusWh`, up to a limit of the baseline. */
export type TargetStep = { readonly upToWh: number | null; readonly percent: number; readonly plusWh: number };
export type TargetRule = CallRule & { readonly baselineMethod: string; readonly steps: readonly TargetStep[] };

const HOME_TARGET_RULE = {
  calls: null,
  baselineMethod: TEN_OF_TEN.id,
  steps: [
    { upToWh: 500, percent: 30, plusWh: 0 },
    { upToWh: 1500, percent: 15, plusWh: 75 },
    { upToWh: null, percent: 0, plusWh: 300 },
  ],
} as const;

/**
 * Saving events of our own: who reaches the home's own target earns the points that the event was announced with. Days before the
 * event alone say what the home would have used: hours of its own day come after the announcement, and whoever used more in them
 * would raise what it is held against.
 */
export const HOME_TARGET: Programme<TargetRule> = {
  id: 'per-home-dr-target',
  payer: 'us',
  unit: 'points',
  period: 'event',
  joins: 'next-day',
  consent: null,
  eligibility: ['hourly-meter'],
  versions: [
    {
      id: 'per-home-dr-target/2024-01-01',
      effectiveFrom: '2024-01-01',
      effectiveTo: DAY_BEFORE,
      source: 'per-home target rule of the AIHEMS repositories; the baseline is our own choice',
      confidence: 'single source',
      checkedAt,
      rule: { ...HOME_TARGET_RULE, takesPart: 'not-declined' },
    },
    {
      id: 'per-home-dr-target/2026-11-23',
      effectiveFrom: JOINED_FROM,
      effectiveTo: null,
      source: 'the same target; that a home joins each event is our own choice (ADR 0028)',
      confidence: 'single source',
      checkedAt,
      rule: { ...HOME_TARGET_RULE, takesPart: 'joined' },
    },
  ],
};

/** Every programme that pays by event. */
export const EVENT_PROGRAMMES: readonly Programme<CallRule>[] = [APARTMENT_MISSION, NATIONAL_DR, HOME_TARGET];
