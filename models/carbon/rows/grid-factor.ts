import { CHECKED_AT, type Dated } from '../../calendar/dated.ts';

/** Greenhouse gas of national electricity at the consumption end, CO2 equivalent: 4,173 g per 10 kWh is 0.4173 kg/kWh. */
export type GridFactor = Dated & { readonly gramsPerTenKwh: number; readonly basis: string };

const checkedAt = CHECKED_AT;

/** By day of publication (korea.md 4): what was shown on a day stays as it was when a new factor comes. */
export const GRID_FACTORS: readonly GridFactor[] = [
  {
    id: 'grid-factor/consumption-end/2019-01-02',
    effectiveFrom: '2019-01-02',
    effectiveTo: '2022-01-09',
    gramsPerTenKwh: 4594,
    basis: 'mean of 2014–16',
    source: 'GIR, Ministry notice 2020-304',
    confidence: 'verified',
    checkedAt,
  },
  {
    id: 'grid-factor/consumption-end/2022-01-10',
    effectiveFrom: '2022-01-10',
    effectiveTo: '2025-03-30',
    gramsPerTenKwh: 4781,
    basis: 'approval of 2021',
    source: 'GIR',
    confidence: 'single source',
    checkedAt,
    provisional: { code: 'O12', reason: 'one source only' },
  },
  {
    id: 'grid-factor/consumption-end/2025-03-31',
    effectiveFrom: '2025-03-31',
    effectiveTo: '2025-12-17',
    gramsPerTenKwh: 4541,
    basis: 'mean of 2020–22',
    source: 'GIR, news of 2025-03-31',
    confidence: 'verified',
    checkedAt,
  },
  {
    id: 'grid-factor/consumption-end/2025-12-18',
    effectiveFrom: '2025-12-18',
    effectiveTo: '2026-12-31',
    gramsPerTenKwh: 4173,
    basis: 'single year 2023',
    source: 'GIR, news of 2025-12-18',
    confidence: 'verified',
    checkedAt,
  },
  {
    id: 'grid-factor/consumption-end/2027-01-01',
    effectiveFrom: '2027-01-01',
    effectiveTo: null,
    gramsPerTenKwh: 4173,
    basis: 'single year 2023, carried on',
    source: 'GIR, news of 2025-12-18',
    confidence: 'unverified',
    checkedAt,
    provisional: { code: 'O16', reason: 'the factor of the year 2024, expected in 2026-12, is not announced' },
  },
];
