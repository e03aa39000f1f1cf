import { localDateText, monthText } from '../format/date.ts';
import type { ReasonTexts } from '../i18n/ko/reasons.ts';
import type { RewardsTexts } from '../i18n/ko/rewards.ts';
import type { Words } from '../i18n/texts.ts';
import { wordOf } from './word.ts';

export type RewardWords = Words<RewardsTexts> & { readonly reasons: ReasonTexts };

export const programmeName = (programme: string, { s }: Words<RewardsTexts>): string =>
  wordOf(s.name, programme, programme);

const HALF_YEAR = /^(\d{4})-H([12])$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
/** as events are named: `dr-2026-08-11` */
const DAY = /(?:^|\D)(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:\D|$)/;

/** A settlement period in words: a month, a half-year, the day of an event; undefined: an id that tells a resident nothing. */
export const periodText = (period: string, { t, s }: Words<RewardsTexts>): string | undefined => {
  const [, year = '', half] = HALF_YEAR.exec(period) ?? [];
  if (half !== undefined) return s.halfYear(Number(year), half === '1' ? 1 : 2);
  if (MONTH.test(period)) return monthText(period, t);
  const day = DAY.exec(period)?.[1];
  return day === undefined ? undefined : localDateText(day, t);
};

/** The items of a reward with their amounts. */
export const itemName = (item: string, { s }: Words<RewardsTexts>): string => wordOf(s.line, item, item);
