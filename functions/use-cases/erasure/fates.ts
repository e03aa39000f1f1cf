import type { Table, Write } from '../../ports/table.ts';
import { pointerWrite, readPointer } from '../stores/erasures.ts';
import { formerPut } from '../stores/former-members.ts';
import { memberEnd, membershipsOf, membersOf, type Member } from '../stores/households.ts';
import { readOpenings } from '../stores/openings.ts';
import { readRoster, rosterPut } from '../stores/rosters.ts';

/** What becomes of a household when a person goes. */
export type Fate = {
  readonly householdId: string;
  readonly fate: 'goes' | 'stays' | 'needs-owner';
  /** makes it so: refused where its members or invitations have changed since, and seen by whoever decides on them next */
  readonly writes: readonly Write[];
};
export type Leaver = { readonly sub: string; readonly erasureId: string; readonly nowMs: number };

const fateOf = (self: Member, others: readonly Member[]): Fate['fate'] => {
  if (others.length === 0) return 'goes';
  const needsOwner = self.role === 'owner' && !others.some(({ role }) => role === 'owner');
  return needsOwner ? 'needs-owner' : 'stays';
};

/** The roster before the members: whoever joins, leaves or is given another role in between moves it. */
const decide = async (table: Table, householdId: string, { sub, erasureId, nowMs }: Leaver): Promise<Fate[]> => {
  const roster = await readRoster(table, householdId);
  const [members, pointer] = await Promise.all([
    membersOf(table, householdId),
    readPointer(table, { household: householdId }),
  ]);
  const self = members.find((one) => one.sub === sub);
  // one that is erased already takes the membership with it
  if (!self || pointer) return [];
  const others = members.filter((one) => one !== self);
  const fate = fateOf(self, others);
  const moved: Write = { put: rosterPut(householdId, roster) };
  const ends: Record<Fate['fate'], readonly Write[]> = {
    goes: [moved, pointerWrite({ household: householdId }, { erasureId, askedBy: sub })],
    // found there if the household is erased before the person is
    stays: [moved, { put: memberEnd(self, nowMs) }, { put: formerPut(householdId, sub) }],
    'needs-owner': [],
  };
  return [{ householdId, fate, writes: ends[fate] }];
};

/** Of every household of the person but those of `known`. Memberships come from an index, so what was opened is looked at beside it. */
export const fatesOf = async (table: Table, leaver: Leaver, known: readonly string[] = []): Promise<Fate[]> => {
  const [memberships, { opened }] = await Promise.all([
    membershipsOf(table, leaver.sub),
    readOpenings(table, leaver.sub),
  ]);
  const ids = new Set([...memberships, ...opened].map(({ householdId }) => householdId));
  const unknown = [...ids].filter((householdId) => !known.includes(householdId));
  return (await Promise.all(unknown.map((householdId) => decide(table, householdId, leaver)))).flat();
};

export const named = (fates: readonly Fate[], wanted: Fate['fate']): string[] =>
  fates.filter(({ fate }) => fate === wanted).map(({ householdId }) => householdId);
