import type { Voltage } from './residential.ts';
import { CHECKED_AT, type Dated } from '../../calendar/dated.ts';

/** Discount codes a household may hold 복지할인. */
export const DISCOUNT_CODES = ['A1', 'A2', 'B1', 'B2', 'B3', 'B4', 'B5'] as const;
export type DiscountCode = (typeof DISCOUNT_CODES)[number];
/** Codes with a fixed amount in won a month; the others are a share of the charge. */
export type FixedCode = 'B1' | 'B3' | 'B4' | 'B5';

/** Won a month. `A1` is the cap of its share, the others the amount itself. */
export type DiscountAmounts = Readonly<Record<'A1' | FixedCode, number>>;
export type DiscountRow = Dated & {
  /** June to August: the discounts' summer is a month longer than the tiers' */
  readonly summerMonths: readonly number[];
  readonly summer: DiscountAmounts;
  readonly other: DiscountAmounts;
  /** share of the charge that A1, A2 and B2 deduct, percent */
  readonly percent: number;
};

const checkedAt = CHECKED_AT;
const SUMMER = [6, 7, 8];
const STANDARD = {
  summerMonths: SUMMER,
  summer: { A1: 16_000, B1: 20_000, B3: 20_000, B4: 12_000, B5: 10_000 },
  other: { A1: 16_000, B1: 16_000, B3: 16_000, B4: 10_000, B5: 8_000 },
  percent: 30,
  checkedAt,
} as const;
const GUIDES = 'dugurs/kwh_to_won and consumer guides of 2025 and 2026';
const G1 = 'dugurs/kwh_to_won';
const LATE_2022 = { A1: 22_000, B1: 22_000, B3: 23_900, B4: 14_000, B5: 11_000 };

export const DISCOUNTS: readonly DiscountRow[] = [
  {
    ...STANDARD,
    id: 'discount/2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveTo: '2022-06-30',
    source: GUIDES,
    confidence: 'verified',
  },
  {
    id: 'discount/2022-07-01',
    effectiveFrom: '2022-07-01',
    effectiveTo: '2022-09-30',
    summerMonths: SUMMER,
    summer: { A1: 22_000, B1: 29_600, B3: 29_600, B4: 18_600, B5: 15_600 },
    other: { A1: 22_000, B1: 23_600, B3: 23_900, B4: 15_600, B5: 12_600 },
    percent: 30,
    source: G1,
    confidence: 'single source',
    checkedAt,
  },
  {
    // October to December: the summer amounts are never reached.
    id: 'discount/2022-10-01',
    effectiveFrom: '2022-10-01',
    effectiveTo: '2022-12-31',
    summerMonths: SUMMER,
    summer: LATE_2022,
    other: LATE_2022,
    percent: 30,
    source: G1,
    confidence: 'single source',
    checkedAt,
  },
  {
    ...STANDARD,
    id: 'discount/2023-01-01',
    effectiveFrom: '2023-01-01',
    effectiveTo: null,
    source: GUIDES,
    confidence: 'verified',
  },
];

/** Which B codes an A code may be added to; beside the others the larger deduction counts alone. */
export type StackingRow = Dated & { readonly addsTo: readonly DiscountCode[] };
export const STACKING: readonly StackingRow[] = [
  {
    id: 'stacking/2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveTo: null,
    addsTo: ['B3', 'B4', 'B5'],
    source: G1,
    confidence: 'single source',
    checkedAt,
    provisional: {
      code: 'O7',
      reason: 'whether an A and a B discount add up rests on one calculator; one guide says they never do',
    },
  },
];

/** `FREEZE`, price-freeze credit for discount households 요금동결할인: tenths of a won for each kWh up to a limit. */
export type FreezeRow = Dated & { readonly tenths: number; readonly upToKwh: number };
export const FREEZE: readonly FreezeRow[] = [
  {
    id: 'freeze/2023-01-01',
    effectiveFrom: '2023-01-01',
    effectiveTo: '2023-05-31',
    tenths: 131,
    upToKwh: 313,
    source: G1,
    confidence: 'single source',
    checkedAt,
  },
  {
    id: 'freeze/2023-06-01',
    effectiveFrom: '2023-06-01',
    effectiveTo: '2024-12-31',
    tenths: 211,
    upToKwh: 313,
    source: G1,
    confidence: 'single source',
    checkedAt,
  },
  {
    id: 'freeze/2025-01-01',
    effectiveFrom: '2025-01-01',
    effectiveTo: '2025-03-31',
    tenths: 80,
    upToKwh: 313,
    source: 'KEPCO bill calculator output of 2025-03',
    confidence: 'verified',
    checkedAt,
  },
];

/** A deduction of up to so many won for a household that uses little. */
export type SmallUseRow = Dated & { readonly upToKwh: number; readonly limitWon: Readonly<Record<Voltage, number>> };

/** `LE200`, for discount households 200 kWh 이하 감액. */
export const SMALL_USE: readonly SmallUseRow[] = [
  {
    id: 'le200/2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveTo: null,
    upToKwh: 200,
    limitWon: { low: 4000, high: 2500 },
    source: G1,
    confidence: 'single source',
    checkedAt,
    provisional: {
      code: 'O6',
      reason:
        'that discount households of 200 kWh or less still get this reduction is not confirmed on a page of the utility',
    },
  },
];

/** `EU`, essential-use deduction for households without a discount 필수사용량 보장공제. */
export const ESSENTIAL_USE: readonly SmallUseRow[] = [
  {
    id: 'essential-use/2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveTo: '2021-06-30',
    upToKwh: 200,
    limitWon: { low: 4000, high: 2500 },
    source: G1,
    confidence: 'verified',
    checkedAt,
  },
  {
    id: 'essential-use/2021-07-01',
    effectiveFrom: '2021-07-01',
    effectiveTo: '2022-06-30',
    upToKwh: 200,
    limitWon: { low: 2000, high: 1500 },
    source: 'KEPCO bill calculator example of 2021',
    confidence: 'verified',
    checkedAt,
  },
];
