import { CHECKED_AT, type Dated } from '../calendar/dated.ts';

export type Grade = 'A+' | 'A' | 'B' | 'C' | 'D' | 'E';

/** score = full − slope × (ratio − fullAt), from 0 to full; a grade from its score on, descending. */
export type ScoreRule = Dated & {
  readonly fullScore: number;
  readonly fullAtPermille: number;
  readonly pointsPerRatio: number;
  readonly grades: readonly { readonly fromScore: number; readonly grade: Grade }[];
};

/** Our own convention (korea.md 5). There is no official household score, and every screen that shows this one says so. */
export const SCORE_RULES: readonly ScoreRule[] = [
  {
    id: 'score/own-convention/2026-01-01',
    effectiveFrom: '2026-01-01',
    effectiveTo: null,
    source: 'HEMS: use against the median of comparable homes; no official grade',
    confidence: 'derived',
    checkedAt: CHECKED_AT,
    fullScore: 100,
    fullAtPermille: 600,
    pointsPerRatio: 50,
    grades: [
      { fromScore: 95, grade: 'A+' },
      { fromScore: 90, grade: 'A' },
      { fromScore: 80, grade: 'B' },
      { fromScore: 70, grade: 'C' },
      { fromScore: 60, grade: 'D' },
      { fromScore: 0, grade: 'E' },
    ],
  },
];

/** Mean use of a month over the year, by floor area, ascending; straight lines between, constant beyond. */
export type AreaTable = Dated & { readonly byArea: readonly { readonly m2: number; readonly monthWh: number }[] };

export const AREA_TABLES: readonly AreaTable[] = [
  {
    id: 'use-by-area/2023-01-01',
    effectiveFrom: '2023-01-01',
    effectiveTo: null,
    source: 'household panel survey 14 (year 2023), as a rent-cost app carries it',
    confidence: 'single source',
    checkedAt: CHECKED_AT,
    provisional: { code: 'O13', reason: 'no official benchmark by area and district is published' },
    byArea: [
      { m2: 28, monthWh: 161_700 },
      { m2: 59, monthWh: 254_800 },
      { m2: 85, monthWh: 281_500 },
      { m2: 111, monthWh: 289_000 },
      { m2: 149, monthWh: 340_500 },
    ],
  },
];
