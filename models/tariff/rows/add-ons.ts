import { CHECKED_AT, type Dated } from '../../calendar/dated.ts';

/** won per kWh, in tenths; may be negative */
export type PerKwhRow = Dated & { readonly tenths: number };
/** share of the electricity charge, in basis points */
export type ShareRow = Dated & { readonly basisPoints: number };
export type WonRow = Dated & { readonly won: number };

const checkedAt = CHECKED_AT;
const G1 = 'dugurs/kwh_to_won, rates and change log';
/** The source of a row that only stands in for one. */
export const UNANNOUNCED = 'no notice yet; the rate of 2026 Q4, as the utility’s own calculator uses until the notice';

/** Climate-environment charge 기후환경요금. */
export const CLIMATE: readonly PerKwhRow[] = [
  {
    id: 'climate/2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveTo: '2022-03-31',
    tenths: 53,
    source: G1,
    confidence: 'verified',
    checkedAt,
  },
  {
    id: 'climate/2022-04-01',
    effectiveFrom: '2022-04-01',
    effectiveTo: '2022-12-31',
    tenths: 73,
    source: G1,
    confidence: 'verified',
    checkedAt,
  },
  {
    id: 'climate/2023-01-01',
    effectiveFrom: '2023-01-01',
    effectiveTo: null,
    tenths: 90,
    source: 'KEPCO supply terms, annex 7',
    confidence: 'verified',
    checkedAt,
  },
];

/** Fuel adjustment 연료비조정단가, set for each quarter. */
export const FUEL: readonly PerKwhRow[] = [
  {
    id: 'fuel/2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveTo: '2021-08-31',
    tenths: -30,
    source: G1,
    confidence: 'single source',
    checkedAt,
  },
  {
    id: 'fuel/2021-09-01',
    effectiveFrom: '2021-09-01',
    effectiveTo: '2021-09-30',
    tenths: -30,
    source: 'the rate of 2021 Q3, kept to the end of its quarter',
    confidence: 'single source',
    checkedAt,
    provisional: {
      code: 'O17',
      reason: 'the fuel rate of 2021-09 is −3 by its quarter; one calculator switches to 0 with this month',
    },
  },
  {
    id: 'fuel/2021-10-01',
    effectiveFrom: '2021-10-01',
    effectiveTo: '2022-06-30',
    tenths: 0,
    source: G1,
    confidence: 'single source',
    checkedAt,
  },
  {
    id: 'fuel/2022-07-01',
    effectiveFrom: '2022-07-01',
    effectiveTo: '2026-12-31',
    tenths: 50,
    source: 'KEPCO quarterly notices, the last of 2026-09-21 for 2026 Q4',
    confidence: 'verified',
    checkedAt,
  },
  {
    id: 'fuel/2027-01-01',
    effectiveFrom: '2027-01-01',
    effectiveTo: null,
    tenths: 50,
    source: UNANNOUNCED,
    confidence: 'unverified',
    checkedAt,
    provisional: {
      code: 'O16',
      reason:
        'the fuel adjustment from 2027 Q1 is not announced (notice expected about 2026-12-21); the rate of 2026 Q4 is used meanwhile',
    },
  },
];

/** VAT 부가가치세. */
export const VAT: readonly ShareRow[] = [
  {
    id: 'vat/2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveTo: null,
    basisPoints: 1000,
    source: 'VAT Act, Art. 30',
    confidence: 'verified',
    checkedAt,
  },
];

/** Power-industry fund 전력산업기반기금. */
export const FUND: readonly ShareRow[] = [
  {
    id: 'fund/2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveTo: '2024-06-30',
    basisPoints: 370,
    source: G1,
    confidence: 'verified',
    checkedAt,
  },
  {
    id: 'fund/2024-07-01',
    effectiveFrom: '2024-07-01',
    effectiveTo: '2025-06-30',
    basisPoints: 320,
    source: 'korea.kr 148929635',
    confidence: 'verified',
    checkedAt,
  },
  {
    id: 'fund/2025-07-01',
    effectiveFrom: '2025-07-01',
    effectiveTo: null,
    basisPoints: 270,
    source: 'Electricity Business Act decree, Art. 36',
    confidence: 'verified',
    checkedAt,
  },
];

/** Monthly minimum electricity charge 월간 최저요금, before VAT and fund. */
export const MINIMUM: readonly WonRow[] = [
  {
    id: 'minimum/2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveTo: null,
    won: 1000,
    source: 'public tariff module checked against KEPCO pages on 2026-09-09',
    confidence: 'single source',
    checkedAt,
  },
];
