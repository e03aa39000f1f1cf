import { monthText } from '../format/date.ts';
import type { ReasonTexts } from '../i18n/ko/reasons.ts';
import type { RewardsTexts } from '../i18n/ko/rewards.ts';
import type { Words } from '../i18n/texts.ts';
import { wordOf } from './word.ts';

export type RewardWords = Words<RewardsTexts> & { readonly reasons: ReasonTexts };

export const programmeName = (programme: string, { s }: Words<RewardsTexts>): string =>
  wordOf(s.name, programme, programme);

/** A settlement period in words: a month, a half-year, or the id of an event or challenge. */
export const periodText = (period: string, { t, s }: Words<RewardsTexts>): string => {
  const [, year = '', half] = /^(\d{4})-H([12])$/.exec(period) ?? [];
  if (half !== undefined) return s.halfYear(Number(year), half === '1' ? 1 : 2);
  return /^\d{4}-\d{2}$/.test(period) ? monthText(period, t) : period;
};

/** The items of a reward with their amounts. */
export const itemName = (item: string, { s }: Words<RewardsTexts>): string => wordOf(s.line, item, item);
