import type { NoticeKind } from '@hems/models/notices/kinds';
import { NOTICE_FACTS, type NoticeFacts } from '../events/notice-facts.ts';

type Sentences<Facts> = { readonly title: (facts: Facts) => string; readonly text: (facts: Facts) => string };
type ByKind = { readonly [K in NoticeKind]: Sentences<NoticeFacts[K]> };
export type NoticeTexts = ByKind & {
  /** what stands around the sentence in a push or an e-mail */
  readonly letter: {
    readonly brand: string;
    readonly open: string;
    readonly settings: string;
    readonly from: (contact: string) => string;
    readonly unsubscribe: string;
    readonly unsubscribePush: string;
  };
};

const FACTS: { readonly [K in NoticeKind]: { parse(facts: unknown): NoticeFacts[K] } } = NOTICE_FACTS;

/** One kind at a time, so that the texts and the facts are of the same one. */
const sentenceIn = <K extends NoticeKind>(
  texts: Pick<ByKind, K>,
  kind: K,
  facts: unknown,
): { title: string; text: string } => {
  const parsed = FACTS[kind].parse(facts);
  return { title: texts[kind].title(parsed), text: texts[kind].text(parsed) };
};

/** The words of a notice. Throws where a fact is missing that its sentence needs: it was published wrongly. */
export const sentenceOf = (
  texts: NoticeTexts,
  { kind, facts }: { readonly kind: NoticeKind; readonly facts: unknown },
): { title: string; text: string } => sentenceIn(texts, kind, facts);
