import { CONSENT_PURPOSES, CONSENTS, type ConsentPurpose } from '@hems/models/household/consents';
import type { ConsentRow, Consents } from '@hems/shared/api/consents';
import type { Table } from '../../ports/table.ts';
import { readMemberships, type Memberships } from '../stores/community.ts';
import type { Member } from '../stores/households.ts';
import { isGranted, isStored, readAllConsents, type ConsentWord } from '../stores/consents.ts';

/** Each membership of the community is two words: to join, and to leave. */
const wordsOf = ({ memberships }: Memberships): ConsentWord[] =>
  memberships.flatMap(({ textVersion, joined, left }) => [
    { granted: true, textVersion, ...joined },
    ...(left ? [{ granted: false, textVersion, ...left }] : []),
  ]);

/** Of a purpose that each agrees to for themselves: their own words. */
const wordsTo = (purpose: ConsentPurpose, history: readonly ConsentWord[], sub: string): readonly ConsentWord[] =>
  purpose === 'marketing' ? history.filter(({ personId }) => personId === sub) : history;

const rowOf = (purpose: ConsentPurpose, history: readonly ConsentWord[]): ConsentRow => {
  const last = history.at(-1);
  return {
    purpose,
    granted: isGranted(purpose, last),
    textVersion: CONSENTS[purpose].textVersion,
    saidTextVersion: last?.textVersion ?? null,
    saidMs: last?.atMs ?? null,
    history: [...history],
  };
};

/** What the household said to each purpose, as of now; to advertising, which is to persons, what the reader said. */
export const readConsents = async (
  table: Table,
  { householdId, sub }: Pick<Member, 'householdId' | 'sub'>,
): Promise<Consents> => {
  const [kept, memberships] = await Promise.all([
    readAllConsents(table, householdId),
    readMemberships(table, householdId),
  ]);
  const historyOf = (purpose: ConsentPurpose): readonly ConsentWord[] =>
    isStored(purpose) ? wordsTo(purpose, kept.get(purpose)?.history ?? [], sub) : wordsOf(memberships);
  return { householdId, consents: CONSENT_PURPOSES.map((purpose) => rowOf(purpose, historyOf(purpose))) };
};
