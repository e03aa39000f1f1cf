import type { RunningBill } from '../api/bill.ts';
import { dayText } from '../format/date.ts';
import { wonText } from '../format/money.ts';
import { groupedText } from '../format/number.ts';
import type { SavingsTexts } from '../i18n/ko/savings.ts';
import { billCard, type BillWords } from './bill.ts';
import { filled, isFilled, type Card, type Loaded } from './card.ts';
import { ownTier, type TierBarView } from './tier-bar.ts';

export type BillSummaryWords = { readonly bill: BillWords; readonly s: SavingsTexts };

/** The bill on the home screen: so far, at the meter reading, and how far it is to the next tier. */
export type BillSummaryView = {
  /** undefined where the plan cannot be priced; `unpriced` says why */
  readonly won: string | undefined;
  readonly unpriced: string | undefined;
  /** what it is provisional for stands on the page of the bill */
  readonly provisional: boolean;
  /** by a contract nobody stated */
  readonly assumed: boolean;
  readonly projected: { readonly won: string; readonly range: string } | undefined;
  /** why nothing is projected */
  readonly notProjected: string | undefined;
  readonly tierBar: TierBarView | undefined;
  readonly tiers: string | undefined;
};

const tiersText = ({ tierBar }: RunningBill, { bill, s }: BillSummaryWords): string | undefined => {
  if (tierBar === null) return undefined;
  const { tiers, usedKwh, crossing } = tierBar;
  const { tier, toKwh } = ownTier(tierBar);
  const own = bill.s.tier[tier];
  const next = tiers[tiers.findIndex((one) => one.tier === tier) + 1];
  if (next === undefined || toKwh === null) return s.lastTier(own);
  const into = bill.s.tier[next.tier];
  if (usedKwh === toKwh) return s.atLimit(own, into);
  const left = s.toTier(own, into, groupedText(toKwh - usedKwh, 0));
  return crossing?.alert === true ? s.crossesOn(left, dayText(crossing.date, bill.t)) : left;
};

const projectedOf = ({ projected }: RunningBill): BillSummaryView['projected'] => {
  if (projected?.status !== 'projected') return undefined;
  const { low, middle, high } = projected.billWon;
  return { won: wonText(middle), range: `${wonText(low)}–${wonText(high)}` };
};

export const billSummaryCard = (loaded: Loaded<RunningBill>, words: BillSummaryWords): Card<BillSummaryView> => {
  const card = billCard(loaded, words.bill);
  if (!isFilled(card) || loaded.data === undefined) return isFilled(card) ? { state: 'loading' } : card;
  const { priced, unpriced, tierBar, assumed } = card.content;
  const view = {
    won: priced?.won,
    unpriced,
    provisional: priced?.provisional === true,
    assumed,
    projected: projectedOf(loaded.data),
    notProjected: loaded.data.projected?.status === 'refused' ? words.bill.s.noProjection : undefined,
    tierBar,
    tiers: tiersText(loaded.data, words),
  };
  return filled(view, card.state === 'partial' ? card.note : undefined);
};
