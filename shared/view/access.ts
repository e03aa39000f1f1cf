import type { AccessEntry } from '../api/access.ts';
import { longMomentText } from '../format/long-date.ts';
import type { ConsentsTexts } from '../i18n/ko/consents.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, ready, type Card, type Loaded } from './card.ts';
import { wordOf } from './word.ts';

export type AccessView = {
  readonly seq: number;
  readonly who: string;
  readonly what: string;
  readonly when: string;
  readonly why: string;
};
type Page = { readonly entries: readonly AccessEntry[] };

const accessView = ({ seq, atMs, who, what, why }: AccessEntry, { t, s }: Words<ConsentsTexts>): AccessView => ({
  seq,
  who: s.access[who.kind](who.id),
  what: wordOf(s.access.what, what, what),
  when: longMomentText(atMs, t),
  why: s.access.why(why),
});

/** Who looked, what at, when and why; the pages read so far, newest first. */
export const accessCard = (loaded: Loaded<readonly Page[]>, words: Words<ConsentsTexts>): Card<readonly AccessView[]> =>
  cardOf(loaded, words.t, (pages) => {
    const entries = pages.flatMap((page) => page.entries).map((entry) => accessView(entry, words));
    return entries.length === 0 ? empty({ title: words.s.access.none, text: words.s.access.lead }) : ready(entries);
  });
