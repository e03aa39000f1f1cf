import type { AccessEntry } from '../api/access.ts';
import { longMomentText } from '../format/long-date.ts';
import type { ConsentsTexts } from '../i18n/ko/consents.ts';
import type { RewardsTexts } from '../i18n/ko/rewards.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, ready, type Card, type Loaded } from './card.ts';
import { periodText, programmeName } from './reward-words.ts';
import { wordOf } from './word.ts';

export type AccessView = {
  readonly seq: number;
  readonly who: string;
  readonly what: string;
  readonly when: string;
  readonly why: string;
};
type Page = { readonly entries: readonly AccessEntry[]; readonly partners: Readonly<Record<string, string>> };

export type AccessWords = Words<ConsentsTexts> & { readonly rewards: RewardsTexts };

/** A partner says why by programme and period, as `energy-cashback 2026-09`; the words of a person stay as they are. */
const whyText = (why: string, words: AccessWords): string =>
  why
    .split(' ')
    .map((part) => {
      const rewards = { t: words.t, s: words.rewards };
      return periodText(part, rewards) ?? programmeName(part, rewards);
    })
    .join(' ');

const accessView = ({ seq, atMs, who, what, why }: AccessEntry, { partners }: Page, words: AccessWords): AccessView => {
  const { t, s } = words;
  const isPartner = who.kind === 'partner';
  return {
    seq,
    who: s.access[who.kind](isPartner ? (partners[who.id] ?? who.id) : who.id),
    what: wordOf(s.access.what, what, what),
    when: longMomentText(atMs, t),
    why: s.access.why(isPartner ? whyText(why, words) : why),
  };
};

/** Who looked, what at, when and why; the pages read so far, newest first. */
export const accessCard = (loaded: Loaded<readonly Page[]>, words: AccessWords): Card<readonly AccessView[]> =>
  cardOf(loaded, words.t, (pages) => {
    const entries = pages.flatMap((page) => page.entries.map((entry) => accessView(entry, page, words)));
    return entries.length === 0 ? empty({ title: words.s.access.none, text: words.s.access.lead }) : ready(entries);
  });
