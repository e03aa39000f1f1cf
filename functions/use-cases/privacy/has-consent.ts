import { DAY_MS } from '@hems/models/calendar/seoul';
import { CONSENTS, type ConsentPurpose } from '@hems/models/household/consents';
import type { Table } from '../../ports/table.ts';
import { currentOf, readMemberships } from '../stores/community.ts';
import { isGranted, isStored, readConsent, type StoredPurpose } from '../stores/consents.ts';

/**
 * Whether the household agrees to the purpose as of now; who was never asked does not. The gate of every feed: asked at the time of the
 * feed and remembered nowhere, so a withdrawal stops the next one.
 */
export const hasConsent = async (table: Table, householdId: string, purpose: ConsentPurpose): Promise<boolean> => {
  if (!isStored(purpose)) return currentOf(await readMemberships(table, householdId)) !== undefined;
  return isGranted(purpose, (await readConsent(table, householdId, purpose)).history.at(-1));
};

type Asked = {
  readonly householdId: string;
  readonly sub: string;
  readonly purpose: StoredPurpose;
  readonly nowMs: number;
};

/** Whether this person has agreed, by their own last word: nobody agrees to advertising for another who lives there. */
export const hasAgreed = async (table: Table, { householdId, sub, purpose, nowMs }: Asked): Promise<boolean> => {
  const { history } = await readConsent(table, householdId, purpose);
  const last = history.findLast(({ personId }) => personId === sub);
  // the item lapses with the last agreement of the household, not with this person's
  const { lastsDays = Number.POSITIVE_INFINITY } = CONSENTS[purpose];
  return last !== undefined && isGranted(purpose, last) && nowMs < last.atMs + lastsDays * DAY_MS;
};
