import type { BalanceAnswer, LedgerEntryAnswer, PayoutAnswer, Rewards } from '../api/rewards.ts';
import { amountText } from '../format/money.ts';
import { dateText } from '../format/time.ts';
import { cardOf, empty, filled, ready, type Card, type Filled, type Loaded } from './card.ts';
import { periodText, programmeName, type RewardWords } from './reward-words.ts';

export type Unit = PayoutAnswer['unit'];
const UNITS: readonly Unit[] = ['won', 'points'];

type Figure = { readonly name: string; readonly amount: string };
export type BalanceView = {
  readonly unit: Unit;
  readonly name: string;
  readonly withdrawable: string;
  /** whether it can be had now */
  readonly about: string;
  /** what can be asked for */
  readonly most: number;
  /** of our own: where the rest of it is */
  readonly own: readonly Figure[];
  /** owed by others; no part of what can be withdrawn */
  readonly others: readonly Figure[];
};

export type EntryView = {
  readonly entryId: string;
  readonly programme: string;
  readonly about: string;
  readonly amount: string;
  readonly isNegative: boolean;
  readonly state: string;
  readonly isProvisional: boolean;
};
export type PayoutView = {
  readonly payoutId: string;
  readonly amount: string;
  readonly when: string;
  readonly state: PayoutAnswer['state'];
  readonly stateText: string;
  readonly next: string;
};

const balanceView = (unit: Unit, balance: BalanceAnswer, { s }: RewardWords): BalanceView => {
  const figure = (name: string, amount: number): Figure[] =>
    amount === 0 ? [] : [{ name, amount: amountText(amount, unit) }];
  const { withdrawable, underway, paid, earned, expected, confirmed } = balance;
  return {
    unit,
    name: s.balance[unit],
    withdrawable: amountText(withdrawable, unit),
    about: withdrawable > 0 ? s.withdrawable : s.nothingToWithdraw,
    most: Math.max(0, withdrawable),
    own: [...figure(s.earned, earned), ...figure(s.underway, underway), ...figure(s.paid, paid)],
    others: [...figure(s.expected, expected), ...figure(s.confirmed, confirmed)],
  };
};

const hasMoved = (balance: BalanceAnswer): boolean => Object.values(balance).some((amount) => amount !== 0);

/** Won and points, each for itself. */
export const balancesCard = (loaded: Loaded<Rewards>, words: RewardWords): Card<readonly BalanceView[]> =>
  cardOf(loaded, words.t, ({ balances }) => {
    if (!UNITS.some((unit) => hasMoved(balances[unit]))) return empty(words.s.emptyBalance);
    return ready(UNITS.map((unit) => balanceView(unit, balances[unit], words)));
  });

export const entryView = (entry: LedgerEntryAnswer, words: RewardWords): EntryView => {
  const { t, s } = words;
  const { entryId, programme, period, revision, amount, unit, payer, state, recordedMs } = entry;
  const about = [
    periodText(period, words) ?? [],
    ...(revision > 0 ? [s.revision(revision)] : []),
    s.payer[payer],
    dateText(recordedMs, t),
  ].flat();
  return {
    entryId,
    programme: programmeName(programme, words),
    about: about.join(' · '),
    amount: amountText(amount, unit),
    isNegative: amount < 0,
    state: s.entryState[state],
    isProvisional: state === 'provisional',
  };
};

export type EntriesView = { readonly entries: readonly EntryView[]; readonly hint: string | undefined };

/** The pages read so far, latest first. */
export const entriesCard = (loaded: Loaded<readonly Rewards[]>, words: RewardWords): Card<EntriesView> =>
  cardOf(loaded, words.t, (pages) => {
    const entries = pages.flatMap((page) => page.entries).map((entry) => entryView(entry, words));
    if (entries.length === 0) return empty(words.s.entriesEmpty);
    const hint = entries.some(({ isProvisional }) => isProvisional) ? words.s.entryStateHint : undefined;
    return filled({ entries, hint }, undefined);
  });

const payoutView = ({ payoutId, unit, amount, state, askedMs }: PayoutAnswer, { t, s }: RewardWords): PayoutView => ({
  payoutId,
  amount: amountText(amount, unit),
  when: dateText(askedMs, t),
  state,
  stateText: s.payoutState[state],
  next: s.payoutNext[state],
});

/** Payouts that were asked for, latest first; undefined: none was. */
export const payoutsCard = (loaded: Loaded<Rewards>, words: RewardWords): Filled<readonly PayoutView[]> | undefined => {
  const payouts = loaded.data?.payouts ?? [];
  return payouts.length === 0 ? undefined : ready(payouts.map((payout) => payoutView(payout, words)));
};

export type ElsewhereView = {
  readonly key: string;
  readonly label: string;
  readonly about: string;
  readonly amount: string;
};

/** Rewards of other platforms, latest first; undefined: none was told. */
export const elsewhereCard = (loaded: Loaded<Rewards>): Filled<readonly ElsewhereView[]> | undefined => {
  const elsewhere = loaded.data?.elsewhere ?? [];
  if (elsewhere.length === 0) return undefined;
  return ready(
    elsewhere.map(({ system, amount, unit, earnedOn, label }, at) => ({
      key: `${earnedOn}-${at}`,
      label,
      about: `${system} · ${earnedOn.replaceAll('-', '.')}`,
      amount: amountText(amount, unit),
    })),
  );
};

/** The amount that was typed, or undefined when it is none that can be asked for. */
export const askedAmount = (text: string, most: number): number | undefined => {
  const amount = /^\d{1,9}$/.test(text.replaceAll(',', '').trim()) ? Number(text.replaceAll(',', '')) : 0;
  return amount >= 1 && amount <= most ? amount : undefined;
};
