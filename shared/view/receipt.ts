import { dayStart } from '@hems/models/calendar/seoul';
import { ERASED_STORES, type ErasureReport, type ReceiptLine } from '../api/erasures.ts';
import { amountText } from '../format/money.ts';
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
export type BalanceView = {
  /** what can be paid now and what later, where there is any */
  readonly amounts: readonly { readonly name: string; readonly value: string }[];
  /** what asking for a payout means; undefined: nothing can be paid now */
  readonly pay: string | undefined;
  readonly forfeit: string;
};
export type ReceiptView = {
  readonly state: ErasureReport['state'];
  readonly stateText: string;
  readonly about: string;
  /** while it waits for whoever reads this to say what becomes of it */
  readonly balance: BalanceView | undefined;
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

type Owed = NonNullable<ErasureReport['balance']>;
const UNITS = ['won', 'points'] as const;

/** `₩3,000 · 200 P`; undefined: none of either. */
const sumText = (balance: Owed, of: (owed: Owed['won']) => number): string | undefined => {
  const amounts = UNITS.flatMap((unit) => (of(balance[unit]) > 0 ? [amountText(of(balance[unit]), unit)] : []));
  return amounts.length === 0 ? undefined : amounts.join(' · ');
};

const balanceView = ({ balance }: ErasureReport, { s: { receipt } }: ReceiptWords): BalanceView | undefined => {
  if (balance === null) return undefined;
  const s = receipt.balance;
  const now = sumText(balance, ({ withdrawable }) => withdrawable);
  const toCome = sumText(balance, (owed) => owed.toCome);
  const all = sumText(balance, (owed) => owed.withdrawable + owed.toCome);
  if (all === undefined) return undefined;
  return {
    amounts: [
      ...(now === undefined ? [] : [{ name: s.now, value: now }]),
      ...(toCome === undefined ? [] : [{ name: s.toCome, value: toCome }]),
    ],
    pay: now && [s.payText(now), ...(toCome === undefined ? [] : [s.payRest])].join(' '),
    forfeit: s.forfeitText(all),
  };
};

const receiptView = (report: ErasureReport, words: ReceiptWords): ReceiptView => {
  const { t, s } = words;
  const { receipt } = s;
  const asksResident = report.state === 'waiting' && report.waitsFor === 'resident';
  return {
    state: report.state,
    stateText: asksResident ? receipt.balance.state : receipt.state[report.state],
    about: asksResident ? receipt.balance.stateText : receipt.stateText[report.state],
    balance: asksResident ? balanceView(report, words) : undefined,
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
