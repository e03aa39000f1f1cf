import { localDate } from '@hems/models/calendar/seoul';
import { entryId, type Entry } from '@hems/models/ledger/entry';
import type { Rewards } from '@hems/shared/api/rewards';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { Refused } from './refusal.ts';
import { readBalances } from './stores/balances.ts';
import { readEntries } from './stores/ledger.ts';
import { readOutsideRewards } from './stores/outside-rewards.ts';
import { payoutsOf } from './stores/payouts.ts';
import { viewEntry } from './view-entry.ts';
import { viewPayout } from './view-payout.ts';

const PAGE = 50;

/** Balances, entries and payouts of a household, latest first. A household has some hundred entries in ten years: all are read, a page is shown. */
export const readRewards = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  { householdId, cursor }: { householdId: string; cursor?: string | undefined },
): Promise<Rewards> => {
  const [balances, entries, payouts, elsewhere] = await Promise.all([
    readBalances(table, householdId),
    readEntries(table, householdId),
    payoutsOf(table, householdId),
    readOutsideRewards(table, householdId),
  ]);
  const today = localDate(clock.now());
  const latestFirst = entries.toSorted((a, b) => b.recordedMs - a.recordedMs || (entryId(a) < entryId(b) ? 1 : -1));
  const start = cursor === undefined ? 0 : startAfter(latestFirst, cursor);
  const page = latestFirst.slice(start, start + PAGE).map((entry) => viewEntry(entry, today));
  const isLast = start + PAGE >= latestFirst.length;
  return {
    householdId,
    balances,
    entries: page,
    payouts: payouts.toSorted((a, b) => b.askedMs - a.askedMs).map(viewPayout),
    elsewhere,
    cursor: isLast ? null : (page.at(-1)?.entryId ?? null),
  };
};

/** The cursor is the last entry that was shown, so entries that came since shift nothing. */
const startAfter = (entries: readonly Entry[], cursor: string): number => {
  const at = entries.findIndex((entry) => entryId(entry) === cursor);
  if (at < 0) throw new Refused('invalid', 'the cursor is none that this household was given; start again without it');
  return at + 1;
};
