import { dayNumber } from '@hems/models/calendar/seoul';
import * as z from 'zod/mini';
import { localDate } from '../api/nouns.ts';
import type { ContractGuess } from '../api/onboarding.ts';
import { wonText } from '../format/money.ts';
import type { BillTexts } from '../i18n/ko/bill.ts';
import type { OnboardingTexts } from '../i18n/ko/onboarding.ts';
import type { Messages } from '../i18n/messages.ts';
import { supplyFacts, type FactView } from './supply.ts';

/** The last bill as it is being written. */
export type BillDraft = { readonly from: string; readonly to: string; readonly kwh: string; readonly won: string };
export type BillFault = keyof BillDraft | 'order';
export const EMPTY_BILL: BillDraft = { from: '', to: '', kwh: '', won: '' };

type LastBill = { readonly from: string; readonly to: string; readonly importWh: number; readonly billWon: number };

/** Two billing periods: nobody is billed for longer at once. */
const MOST_DAYS = 62;
const MOST_KWH = 10_000;
const MOST_WON = 10_000_000;

const isDate = (text: string): boolean => z.safeParse(localDate, text).success;
/** As it stands on a bill: with or without thousands separators. */
const wholeOf = (text: string, most: number): number | undefined => {
  const digits = text.replaceAll(/[\s,]/g, '');
  return /^\d{1,8}$/.test(digits) && Number(digits) <= most ? Number(digits) : undefined;
};

const datesFaults = ({ from, to }: BillDraft): BillFault[] => {
  const wrong = (['from', 'to'] as const).filter((end) => !isDate(end === 'from' ? from : to));
  if (wrong.length > 0) return wrong;
  const days = dayNumber(to) - dayNumber(from);
  return days > 0 && days < MOST_DAYS ? [] : ['order'];
};

/** The bill that a draft states, or what of it cannot stand. */
export const lastBillOf = (
  draft: BillDraft,
): { readonly bill: LastBill } | { readonly faults: readonly BillFault[] } => {
  const [kwh, won] = [wholeOf(draft.kwh, MOST_KWH), wholeOf(draft.won, MOST_WON)];
  const faults = datesFaults(draft);
  if (kwh === undefined) faults.push('kwh');
  if (won === undefined) faults.push('won');
  if (kwh === undefined || won === undefined || faults.length > 0) return { faults };
  return { bill: { from: draft.from, to: draft.to, importWh: kwh * 1000, billWon: won } };
};

export type GuessView = {
  readonly won: string;
  readonly difference: string;
  readonly isExact: boolean;
  readonly facts: readonly FactView[];
};
export type ContractWords = { readonly t: Messages; readonly s: OnboardingTexts; readonly bill: BillTexts };

/** A contract with the bill that it would have given, beside the one that came. */
export const guessView = (
  { supply, billWon }: ContractGuess,
  last: Pick<LastBill, 'billWon'>,
  { t, s, bill }: ContractWords,
): GuessView => {
  const more = billWon - last.billWon;
  const size = wonText(Math.abs(more));
  return {
    won: wonText(billWon),
    difference: more === 0 ? s.supply.exact : more > 0 ? s.supply.more(size) : s.supply.less(size),
    isExact: more === 0,
    facts: supplyFacts(supply, { t, s: bill }),
  };
};
