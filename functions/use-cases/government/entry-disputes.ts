import type * as z from 'zod';
import { entryKeyOf, type Entry } from '@hems/models/ledger/entry';
import type { DisputeReason } from '@hems/models/partner/dispute';
import type { Dispute, listDisputes as listRoute } from '@hems/shared/api/disputes';
import type { Table } from '../../ports/table.ts';
import { requireMay } from '../members/require-may.ts';
import { Refused } from '../refusal.ts';
import { readDispute, waitingDisputes, type KeptDispute, type Waiting } from '../stores/disputes.ts';
import type { Member } from '../stores/households.ts';
import { readPeriod } from '../stores/ledger.ts';
import { closeDispute, entryIdOf, openDispute, viewDispute, type DisputeDeps } from './disputes.ts';

/** The household disputes, and any of its members closes; a person who leaves is named nowhere. */
const RESIDENT = { kind: 'resident', id: 'household' } as const;

export type EntryRef = { readonly householdId: string; readonly entryId: string };

export const requireEntry = async (
  { table }: { readonly table: Table },
  { householdId, entryId }: EntryRef,
): Promise<Entry> => {
  const key = entryKeyOf(entryId);
  const entries = key?.householdId === householdId ? await readPeriod(table, key) : [];
  const entry = entries.find(({ revision }) => revision === key?.revision);
  if (!entry) throw new Refused('not-found', `this household has no entry ${entryId}`);
  return entry;
};

/** The dispute of an entry as its household sees it. */
export const readEntryDispute = async (deps: DisputeDeps, ref: EntryRef): Promise<Dispute | null> => {
  const found = await readDispute(deps.table, await requireEntry(deps, ref));
  return found ? viewDispute(deps, found) : null;
};

export const openEntryDispute = async (
  deps: DisputeDeps,
  member: Member,
  { entryId, ...said }: { readonly entryId: string; readonly reasonCode: DisputeReason; readonly text: string },
): Promise<Dispute> => {
  requireMay(member, 'take-part');
  const entry = await requireEntry(deps, { householdId: member.householdId, entryId });
  return viewDispute(deps, await openDispute(deps, { entry, ...said, by: RESIDENT }));
};

export const closeEntryDispute = async (deps: DisputeDeps, member: Member, entryId: string): Promise<Dispute> => {
  requireMay(member, 'take-part');
  const entry = await requireEntry(deps, { householdId: member.householdId, entryId });
  return viewDispute(deps, await closeDispute(deps, { entry, by: RESIDENT }));
};

const PAGE = 50;

const row = async (deps: DisputeDeps, kept: KeptDispute) => ({
  householdId: kept.householdId,
  entryId: entryIdOf(kept),
  dispute: await viewDispute(deps, kept),
});

/** Those that wait for the operator. Where a correction was promised, those that no later entry has put right. */
export const listWaitingDisputes = async (
  deps: DisputeDeps,
  { waiting, cursor }: { readonly waiting: Waiting; readonly cursor?: string | undefined },
): Promise<z.infer<typeof listRoute.answer>> => {
  const page = await waitingDisputes(deps.table, waiting, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
  const rows = await Promise.all(page.disputes.map((kept) => row(deps, kept)));
  const wait = rows.filter(({ dispute }) => waiting === 'answer' || dispute.answer?.owed);
  return { disputes: wait, cursor: page.cursor ?? null };
};
