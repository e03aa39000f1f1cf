import { NOTICE_KINDS, type NoticeKind } from '@hems/models/notices/kinds';
import type { NoticeSettings } from '../api/inbox.ts';
import type { Household } from '../api/session.ts';
import type { InboxTexts } from '../i18n/ko/inbox.ts';

export const CHANNELS = ['inbox', 'push', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];

type Kinds = NoticeSettings['kinds'];

export type KindRow = {
  readonly kind: NoticeKind;
  readonly name: string;
  readonly cells: readonly {
    readonly channel: Channel;
    readonly label: string;
    readonly on: boolean;
    /** it is as it is */
    readonly fixed: boolean;
  }[];
};

/** Kind by kind and channel by channel. Security stays in the inbox. */
export const kindRows = (kinds: Kinds, { settings: s }: InboxTexts): readonly KindRow[] =>
  NOTICE_KINDS.map((kind) => ({
    kind,
    name: s.name[kind],
    cells: CHANNELS.map((channel) => ({
      channel,
      label: s.each(s.name[kind], s.channel[channel]),
      on: kinds[kind][channel],
      fixed: kind === 'security' && channel === 'inbox',
    })),
  }));

export const withChannel = (kinds: Kinds, kind: NoticeKind, channel: Channel): Kinds => ({
  ...kinds,
  [kind]: { ...kinds[kind], [channel]: !kinds[kind][channel] },
});

/** Quiet hours and cap as they are being filled in. */
export type HoursDraft = {
  readonly isQuiet: boolean;
  readonly fromHour: number;
  readonly toHour: number;
  readonly cap: string;
};

/** Shown when quiet hours are switched on anew. */
const NIGHT = { fromHour: 21, toHour: 8 };

export const hoursDraftOf = ({ quiet, weeklyCap }: Pick<NoticeSettings, 'quiet' | 'weeklyCap'>): HoursDraft => ({
  isQuiet: quiet !== null,
  ...(quiet ?? NIGHT),
  cap: String(weeklyCap),
});

export type HoursFault = 'hours' | 'cap';
type Hours = Pick<NoticeSettings, 'quiet' | 'weeklyCap'>;

const MOST_A_WEEK = 50;

export const hoursOf = ({ isQuiet, fromHour, toHour, cap }: HoursDraft): { hours: Hours } | { fault: HoursFault } => {
  if (isQuiet && fromHour === toHour) return { fault: 'hours' };
  const weeklyCap = /^\d{1,2}$/.test(cap.trim()) ? Number(cap) : MOST_A_WEEK + 1;
  if (weeklyCap > MOST_A_WEEK) return { fault: 'cap' };
  return { hours: { quiet: isQuiet ? { fromHour, toHour } : null, weeklyCap } };
};

const LEAST_WON = 1000;
const MOST_WON = 10_000_000;
type Budgets = NoticeSettings['budgetWon'];

/** As typed, by household; empty: no budget. */
export type BudgetDraft = Readonly<Record<string, string>>;

export const budgetDraftOf = (budgets: Budgets, households: readonly Household[]): BudgetDraft =>
  Object.fromEntries(households.map(({ householdId }) => [householdId, String(budgets[householdId] ?? '')]));

const amountOf = (typed: string): number => {
  const digits = typed.replaceAll(/[,\s]/g, '');
  return /^\d{1,8}$/.test(digits) ? Number(digits) : 0;
};
const isBudget = (won: number): boolean => won >= LEAST_WON && won <= MOST_WON;

/** The budgets that were typed, or the households whose cannot stand. Those of homes that one has left fall away. */
export const budgetsOf = (
  draft: BudgetDraft,
): { readonly budgets: Budgets } | { readonly faults: readonly string[] } => {
  const typed = Object.entries(draft).filter(([, text]) => text.trim() !== '');
  const amounts = typed.map(([householdId, text]): [string, number] => [householdId, amountOf(text)]);
  const faults = amounts.filter(([, won]) => !isBudget(won)).map(([householdId]) => householdId);
  return faults.length > 0 ? { faults } : { budgets: Object.fromEntries(amounts) };
};
