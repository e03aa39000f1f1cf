import { CHECKED_AT, type Provisional } from '../calendar/dated.ts';
import type { LocalDate } from '../calendar/seoul.ts';

/** Replaces candidate days of little use by earlier ones. */
export type Screening = {
  /** of the mean of the first candidate days */
  readonly minPercentOfMean: number;
  /** eligible days looked at, at most */
  readonly lookbackDays: number;
};

/** A mean over recent similar days. A change is a new version, never an edit: a settled baseline names the one it used. */
export type SimilarDayMethod = {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  /** eligible days before the event, of which the highest and the lowest are dropped */
  readonly days: number;
  readonly dropHigh: number;
  readonly dropLow: number;
  readonly screening?: Screening;
  /** hours before the event whose deviation shifts the baseline, `[from, to)` relative to its start; at most this share of it */
  readonly sameDay?: {
    readonly fromHour: number | 'midnight';
    readonly toHour: number;
    readonly capPercent: number | null;
  };
  readonly source: string;
  readonly checkedAt: LocalDate;
  readonly provisional?: Provisional;
};

const checkedAt = CHECKED_AT;
const KPX = 'KPX customer baseline load, Electimes columns 2018–2021 and public settlement repositories';
const SCREENED: Provisional = {
  code: 'O11',
  reason: 'whether the market operator screens on the hour or on the day total is unknown; the hour is used',
};

export const MID_6_OF_10: SimilarDayMethod = {
  id: 'mid-6-of-10',
  version: 1,
  name: 'Mid(6/10)',
  days: 10,
  dropHigh: 2,
  dropLow: 2,
  source: KPX,
  checkedAt,
};
export const MAX_4_OF_5: SimilarDayMethod = {
  id: 'max-4-of-5',
  version: 1,
  name: 'Max(4/5)',
  days: 5,
  dropHigh: 0,
  dropLow: 1,
  source: KPX,
  checkedAt,
};
export const MID_8_OF_10: SimilarDayMethod = {
  id: 'mid-8-of-10',
  version: 1,
  name: 'Mid(8/10)',
  days: 10,
  dropHigh: 1,
  dropLow: 1,
  source: 'apartment scheme of Naju, Jeonnam Ilbo 2023-07-25',
  checkedAt,
};
export const TEN_OF_TEN: SimilarDayMethod = {
  id: 'ten-of-ten',
  version: 1,
  name: '10-of-10',
  days: 10,
  dropHigh: 0,
  dropLow: 0,
  source: 'our own programmes: the plain mean of ten similar days',
  checkedAt,
};
export const TEN_OF_TEN_SAME_DAY: SimilarDayMethod = {
  ...TEN_OF_TEN,
  id: 'ten-of-ten-same-day',
  name: '10-of-10, adjusted to the day',
  sameDay: { fromHour: -4, toHour: -1, capPercent: 20 },
  source: 'our own programmes: additive over hours −4 to −2 as PJM has it, capped at 20 % as CAISO has it',
};
const TEN_OF_TEN_DAY_SO_FAR: SimilarDayMethod = {
  ...TEN_OF_TEN,
  id: 'ten-of-ten-day-so-far',
  name: '10-of-10, adjusted to the day so far',
  sameDay: { fromHour: 'midnight', toHour: -1, capPercent: 20 },
  source: 'our own programmes: additive over the hours from midnight to −2, capped at 20 % as CAISO has it',
};
export const MID_6_OF_10_SCREENED: SimilarDayMethod = {
  ...MID_6_OF_10,
  id: 'mid-6-of-10-screened',
  name: 'Mid(6/10), screened at 75 %',
  screening: { minPercentOfMean: 75, lookbackDays: 20 },
  provisional: SCREENED,
};
const MAX_4_OF_5_SCREENED: SimilarDayMethod = {
  ...MAX_4_OF_5,
  id: 'max-4-of-5-screened',
  name: 'Max(4/5), screened at 75 %',
  screening: { minPercentOfMean: 75, lookbackDays: 10 },
  provisional: SCREENED,
};

export const SIMILAR_DAY_METHODS: readonly SimilarDayMethod[] = [
  MID_6_OF_10,
  MAX_4_OF_5,
  MID_8_OF_10,
  TEN_OF_TEN,
  TEN_OF_TEN_SAME_DAY,
  TEN_OF_TEN_DAY_SO_FAR,
  MID_6_OF_10_SCREENED,
  MAX_4_OF_5_SCREENED,
];

/** What a programme of our own may use; a prescribed baseline is computed as prescribed and never a candidate. */
export const OWN_CANDIDATES: readonly SimilarDayMethod[] = [TEN_OF_TEN, TEN_OF_TEN_SAME_DAY, TEN_OF_TEN_DAY_SO_FAR];
/** What they do use: the scorecard's choice, which it checks on every run. */
export const OWN_DEFAULT: SimilarDayMethod = TEN_OF_TEN_DAY_SO_FAR;

/** The clock hours that the method looks at before an event that begins at `startHour`. */
export const hoursBeforeEvent = ({ sameDay }: SimilarDayMethod, startHour: number): number[] => {
  if (!sameDay) return [];
  const from = sameDay.fromHour === 'midnight' ? 0 : Math.max(0, startHour + sameDay.fromHour);
  return Array.from({ length: Math.max(0, startHour + sameDay.toHour - from) }, (_, i) => from + i);
};
