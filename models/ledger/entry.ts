import type { LocalDate } from '../calendar/seoul.ts';
import type { Payer, Unit } from '../incentive/programme.ts';

/** What a ledger entry is guarded by: one household, one programme, one settled period, one revision. */
export type EntryKey = {
  readonly householdId: string;
  readonly programme: string;
  /** what the programme settles: `2026-10`, `2026-H1`, an event or challenge id */
  readonly period: string;
  /** 0 settles; each later one holds the difference to what was settled before */
  readonly revision: number;
};

/** Evidence that an auditor can follow: the frozen inputs by their hash, and the rule version that was applied. */
export type EntryEvidence = { readonly inputsHash: string; readonly version: string };

/** One line of the append-only ledger. It never changes; a correction or a reversal is another entry. */
export type Entry = EntryKey & {
  readonly unit: Unit;
  /** whole won or points; negative takes back */
  readonly amount: number;
  readonly payer: Payer;
  /** the last day of the period; so long after it, late readings change the period no more */
  readonly endsOn: LocalDate;
  readonly evidence: EntryEvidence;
  /** a partner's settlement file that the amount stands in */
  readonly settlementFile?: string;
  /** epoch ms, handed in */
  readonly recordedMs: number;
};

export type Settlement = Omit<Entry, 'revision' | 'amount'> & {
  /** what the period is worth in all, never negative */
  readonly total: number;
};

export const entryId = ({ householdId, programme, period, revision }: EntryKey): string =>
  [householdId, programme, period, String(revision).padStart(4, '0')].join('#');

/** The key that an id says, undefined when it is none. */
export const entryKeyOf = (id: string): EntryKey | undefined => {
  const [, householdId, programme, period, revision] = /^([^#]+)#([^#]+)#([^#]+)#(\d{4,})$/.exec(id) ?? [];
  return householdId !== undefined && programme !== undefined && period !== undefined
    ? { householdId, programme, period, revision: Number(revision) }
    : undefined;
};

export const sumAmounts = (entries: readonly { readonly amount: number }[]): number =>
  entries.reduce((sum, { amount }) => sum + amount, 0);

/**
 * The entry that brings a period to its settled total, or undefined when the ledger already says so: settling twice is
 * settling once. `before`: the period's entries, in any order.
 */
export const settlementEntry = (before: readonly Entry[], { total, ...settlement }: Settlement): Entry | undefined => {
  const amount = total - sumAmounts(before);
  const isFirst = before.length === 0;
  if (amount === 0 && !isFirst) return undefined;
  const revision = isFirst ? 0 : Math.max(...before.map((entry) => entry.revision)) + 1;
  return { ...settlement, revision, amount };
};
