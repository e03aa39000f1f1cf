import { dayStart } from '@hems/models/calendar/seoul';
import { ERASED_STORES, type ErasureReport, type ReceiptLine } from '../api/erasures.ts';
import { longDateText, longMomentText } from '../format/long-date.ts';
import { groupedText } from '../format/number.ts';
import type { PrivacyTexts } from '../i18n/ko/privacy.ts';
import type { Words } from '../i18n/texts.ts';
import { cardOf, empty, errorKindOf, ready, type Card, type Loaded } from './card.ts';

export type LineView = {
  readonly key: string;
  readonly store: string;
  readonly outcome: string;
  /** the last day of what remains, and why it does */
  readonly remains: string | undefined;
  readonly isKept: boolean;
};
export type ReceiptView = {
  readonly state: ErasureReport['state'];
  readonly stateText: string;
  readonly about: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly lines: readonly LineView[];
};

type ReceiptWords = Words<PrivacyTexts>;

const remainsText = ({ until, reason }: ReceiptLine, { t, s: { receipt: s } }: ReceiptWords): string | undefined => {
  const parts = [
    ...(until === null ? [] : [s.until(longDateText(dayStart(until), t))]),
    ...(reason === null ? [] : [s.reason[reason]]),
  ];
  return parts.length === 0 ? undefined : parts.join(' · ');
};

const lineView = (line: ReceiptLine, words: ReceiptWords): LineView => {
  const { receipt: s } = words.s;
  const outcome = s.outcome[line.outcome];
  return {
    key: `${line.store} ${line.outcome}`,
    store: s.store[line.store],
    outcome: line.count > 0 ? s.count(outcome, groupedText(line.count, 0)) : outcome,
    remains: remainsText(line, words),
    isKept: line.outcome === 'kept-until',
  };
};

/** By store; of one store what went before what remains. */
const inOrder = (a: ReceiptLine, b: ReceiptLine): number =>
  ERASED_STORES.indexOf(a.store) - ERASED_STORES.indexOf(b.store) ||
  Number(a.outcome === 'kept-until') - Number(b.outcome === 'kept-until');

const receiptView = (report: ErasureReport, words: ReceiptWords): ReceiptView => {
  const { t, s } = words;
  const { receipt } = s;
  return {
    state: report.state,
    stateText: receipt.state[report.state],
    about: receipt.stateText[report.state],
    facts: [
      { name: receipt.what, value: receipt.subject[report.subject] },
      { name: receipt.asked, value: longMomentText(report.askedMs, t) },
      { name: receipt.erased, value: report.erasedMs === null ? receipt.notYet : longMomentText(report.erasedMs, t) },
      { name: receipt.found, value: report.found === null ? receipt.notYet : receipt.foundRows(report.found) },
      { name: receipt.number, value: report.erasureId },
    ],
    lines: report.receipt.toSorted(inOrder).map((line) => lineView(line, words)),
  };
};

/** The receipt of an erasure, whatever has come of it so far. */
export const receiptCard = (loaded: Loaded<ErasureReport>, words: ReceiptWords): Card<ReceiptView> =>
  loaded.data === undefined && loaded.error !== null && errorKindOf(loaded.error) === 'not-found'
    ? empty(words.s.receipt.missing)
    : cardOf(loaded, words.t, (report) => ready(receiptView(report, words)));
