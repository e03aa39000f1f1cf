import type { Role } from '@hems/models/household/household';
import { changeProblem, type ChangeProblem, type MemberChange } from '@hems/models/household/permissions';
import type { Members } from '@hems/shared/api/members';
import type { Happening } from '@hems/shared/events/bus';
import type { Clock } from '../../ports/clock.ts';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Put, Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { formerPut } from '../stores/former-members.ts';
import { memberEnd, memberPut, membersOf, type Member } from '../stores/households.ts';
import { changed, lastChangeOf, readRoster, rosterPut, type Roster, type RosterChange } from '../stores/rosters.ts';
import { untilWon } from '../until-won.ts';
import { readMembers, type ReadMembersDeps } from './read-members.ts';

export type ChangeDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly bus: EventBus;
};

const REFUSAL: Record<ChangeProblem, ConstructorParameters<typeof Refused>> = {
  'not-owner': ['forbidden', 'only an owner of the household changes who belongs to it', 'role'],
  'no-such-member': ['not-found', 'this person is not a member of the household'],
  'last-owner': [
    'conflict',
    'the household would be left without an owner; make somebody else an owner first, or erase the household',
    'last-owner',
  ],
};

/** What the person concerned is told: an account in other hands must not change unnoticed who sees the home. */
const alertOf = (householdId: string, { of, to, atMs, version }: RosterChange): Happening => ({
  personId: of,
  atMs,
  key: `member:${householdId}:${version}`,
  facts: to === null ? { what: 'membership-ended', householdId } : { what: 'role-changed', householdId, role: to },
});

const membershipPuts = (before: Member, to: Role | null, atMs: number): Put[] =>
  to === null
    ? [memberEnd(before, atMs), formerPut(before.householdId, before.sub)]
    : [memberPut({ ...before, role: to })];

/** Asked for again what was made already: perhaps because whoever made it was cut short before it was told. */
const madeBefore = (roster: Roster, before: Member | undefined, asked: MemberChange): RosterChange | undefined => {
  if ((before?.role ?? null) !== asked.to) return undefined;
  const last = lastChangeOf(roster, asked.of);
  return last?.to === asked.to ? last : undefined;
};

/** Decided and written against the same roster, so of two owners who demote each other at once one is too late. */
const change = async (
  deps: ChangeDeps,
  householdId: string,
  asked: MemberChange,
): Promise<RosterChange | undefined> => {
  const { table, clock } = deps;
  const roster = await readRoster(table, householdId);
  const members = await membersOf(table, householdId);
  const before = members.find(({ sub }) => sub === asked.of);
  const again = madeBefore(roster, before, asked);
  const problem = changeProblem(members, asked);
  if (problem && !(problem === 'no-such-member' && again)) throw new Refused(...REFUSAL[problem]);
  if (!before || before.role === asked.to) return again;
  const atMs = clock.now();
  const next = changed(roster, { of: asked.of, to: asked.to, atMs });
  const puts = [rosterPut(householdId, next.roster), ...membershipPuts(before, asked.to, atMs)];
  await table.transact(puts.map((put) => ({ put })));
  return next.change;
};

/** Changes one membership by the rules, and says so to the person concerned: at a repeat again, under the same key. */
export const changeMembership = async (deps: ChangeDeps, householdId: string, asked: MemberChange): Promise<void> => {
  const made = await untilWon(deps.pause, () => change(deps, householdId, asked));
  if (made) await deps.bus.publish([{ type: 'security.alert', detail: alertOf(householdId, made) }]);
};

type Asker = Pick<Member, 'householdId' | 'sub'>;

/** Effective from the next request on. A household is handed over by making somebody else an owner, then leaving. */
export const changeRole = async (
  deps: ChangeDeps & ReadMembersDeps,
  { householdId, sub }: Asker,
  { personId, role }: { readonly personId: string; readonly role: Role },
): Promise<Members> => {
  await changeMembership(deps, householdId, { by: sub, of: personId, to: role });
  return readMembers(deps, { householdId, sub, role: personId === sub ? role : 'owner' });
};

/** Leaving, and being taken out; effective from the next request on. */
export const endMembership = async (deps: ChangeDeps, { householdId, sub }: Asker, personId: string): Promise<void> =>
  changeMembership(deps, householdId, { by: sub, of: personId, to: null });
