import type { RunningBill } from '../api/bill.ts';
import { billCard, type BillView, type BillWords } from './bill.ts';
import { isFilled, type Card, type Loaded } from './card.ts';

/** What a billing period is expected to come to: the figures of the bill page, and of no other source. */
export type BillMonthView = {
  readonly period: string;
  readonly projected: { readonly won: string; readonly range: string; readonly use: string } | undefined;
  /** why nothing is projected */
  readonly lacking: string | undefined;
};

const projectedOf = ({ projection, tierBar }: BillView): BillMonthView['projected'] => {
  if (projection?.status !== 'projected') return undefined;
  const { won, range, use } = projection;
  return { won, range, use: tierBar?.expected ?? use };
};

const contentOf = (bill: BillView, { s }: BillWords): BillMonthView => {
  const projected = projectedOf(bill);
  const refused = bill.projection?.status === 'refused' ? bill.projection.reason : undefined;
  return {
    period: bill.period,
    projected,
    lacking: projected ? undefined : (bill.unpriced ?? refused ?? s.noProjection),
  };
};

export const billMonthCard = (loaded: Loaded<RunningBill>, words: BillWords): Card<BillMonthView> => {
  const card = billCard(loaded, words);
  return isFilled(card) ? { ...card, content: contentOf(card.content, words) } : card;
};
