import { CHECKED_AT, type Provisional } from '../calendar/dated.ts';
import type { LocalDate } from '../calendar/seoul.ts';
import type { CandidateKind } from './candidate-days.ts';

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
  /** which days are eligible; weekdays where nothing is said */
  readonly candidates?: CandidateKind;
  readonly screening?: Screening;
  /** hours before the event whose deviation shifts the baseline, `[from, to)` relative to its start; at most this share of it */
  readonly sameDay?: {
    readonly fromHour: number | 'midnight';
    readonly toHour: number;
    readonly capPercent: number | null;
  };
  /** so many of the days before, of any kind, whose deviation from their own baselines shifts it; at most this share of it */
  readonly daysBefore?: { readonly days: number; readonly capPercent: number };
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
const WHOLE_DAYS = 'our own programmes: the plain mean of the latest days of the same kind (weekday or not)';
/** For whole days of any kind: each is compared with days of its own kind. */
export const TEN_OF_TEN_SAME_KIND: SimilarDayMethod = {
  ...TEN_OF_TEN,
  id: 'ten-of-ten-same-kind',
  name: '10-of-10 by day kind',
  candidates: 'same-kind',
  source: WHOLE_DAYS,
};
const SEVEN_OF_SEVEN_SAME_KIND: SimilarDayMethod = {
  ...TEN_OF_TEN_SAME_KIND,
  id: 'seven-of-seven-same-kind',
  name: '7-of-7 by day kind',
  days: 7,
};
const FIVE_OF_FIVE_SAME_KIND: SimilarDayMethod = {
  ...TEN_OF_TEN_SAME_KIND,
  id: 'five-of-five-same-kind',
  name: '5-of-5 by day kind',
  days: 5,
};
const FOUR_OF_FOUR_SAME_KIND: SimilarDayMethod = {
  ...TEN_OF_TEN_SAME_KIND,
  id: 'four-of-four-same-kind',
  name: '4-of-4 by day kind',
  days: 4,
};
const DAYS_BEFORE_20: SimilarDayMethod = {
  ...TEN_OF_TEN_SAME_KIND,
  id: 'ten-of-ten-days-before-20',
  name: '10-of-10 by day kind, adjusted to the 3 days before, ± 20 %',
  daysBefore: { days: 3, capPercent: 20 },
  source: 'our own programmes: additive over the three days before, capped at 20 % as CAISO has it',
};
const DAYS_BEFORE_40: SimilarDayMethod = {
  ...DAYS_BEFORE_20,
  id: 'ten-of-ten-days-before-40',
  name: '10-of-10 by day kind, adjusted to the 3 days before, ± 40 %',
  daysBefore: { days: 3, capPercent: 40 },
  source: 'our own programmes: additive over the three days before, capped at 40 % as CAISO has it for homes',
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
/**
 * The scorecard's choice for an event, which it checks on every run. It looks at the hours before the event, so it fits a call that
 * comes without notice; a programme that announces its events ahead and pays for them uses TEN_OF_TEN, whose days are over by then.
 */
export const OWN_DEFAULT: SimilarDayMethod = TEN_OF_TEN_DAY_SO_FAR;

/** Candidates for whole days: the daily saving. */
export const OWN_DAY_CANDIDATES: readonly SimilarDayMethod[] = [
  TEN_OF_TEN_SAME_KIND,
  SEVEN_OF_SEVEN_SAME_KIND,
  FIVE_OF_FIVE_SAME_KIND,
  FOUR_OF_FOUR_SAME_KIND,
  DAYS_BEFORE_20,
  DAYS_BEFORE_40,
];
/** What is used for whole days: the scorecard's choice. It looks back eleven weeks at most. */
export const OWN_DAY_DEFAULT: SimilarDayMethod = DAYS_BEFORE_40;

/** The clock hours that the method looks at before an event that begins at `startHour`. */
export const hoursBeforeEvent = ({ sameDay }: Pick<SimilarDayMethod, 'sameDay'>, startHour: number): number[] => {
  if (!sameDay) return [];
  const from = sameDay.fromHour === 'midnight' ? 0 : Math.max(0, startHour + sameDay.fromHour);
  return Array.from({ length: Math.max(0, startHour + sameDay.toHour - from) }, (_, i) => from + i);
};
