import { localDate } from '@hems/models/calendar/seoul';
import type { Pause } from '../../ports/pause.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { requireMay } from '../members/require-may.ts';
import { Refused } from '../refusal.ts';
import {
  countPut,
  participationPut,
  readChallenge,
  readCounts,
  readParticipations,
  type Announced,
  type VersionedParticipation,
} from '../stores/challenges.ts';
import { currentOf, membershipCheck, readMemberships, type Membership } from '../stores/community.ts';
import type { Member } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';
import { claimMeters } from './membership.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause };

const found = async (table: Table, challengeId: string): Promise<Announced> => {
  const challenge = await readChallenge(table, challengeId);
  if (!challenge) throw new Refused('not-found', `there is no challenge ${challengeId}`);
  return challenge;
};

const ownPart = async (
  table: Table,
  memberId: string,
  challengeId: string,
): Promise<VersionedParticipation | undefined> =>
  (await readParticipations(table, memberId)).find((one) => one.challengeId === challengeId);

const NEW = { joinedOn: '', leftOn: '', to: '', version: 0 };

/** What a change of one participation writes: the participation, and how many take part. */
const change = async (
  table: Table,
  member: Membership,
  { part, by }: { readonly part: VersionedParticipation; readonly by: 1 | -1 },
) => {
  const [count] = await readCounts(table, [part.challengeId]);
  return [
    { put: participationPut(member.memberId, part) },
    ...(count ? [{ put: countPut({ ...count, participants: count.participants + by }, part.to) }] : []),
  ];
};

/** Joins until the day before the first, so that nobody joins knowing how the days went. Joining again changes nothing, and is answered by false. */
export const joinChallenge = async (
  { table, clock, pause }: Deps,
  member: Member,
  challengeId: string,
): Promise<boolean> => {
  requireMay(member, 'take-part');
  const { from, to } = await found(table, challengeId);
  const { householdId } = member;
  const today = localDate(clock.now());
  return untilWon(pause, async () => {
    const memberships = await readMemberships(table, householdId);
    const current = currentOf(memberships);
    if (!current) throw new Refused('conflict', 'join the community first; challenges are among its members');
    const before = await ownPart(table, current.memberId, challengeId);
    if (before?.leftOn === null) return false;
    if (today >= from)
      throw new Refused(
        'conflict',
        `challenge ${challengeId} began on ${from}; it could be joined until the day before`,
      );
    const part = { ...NEW, ...before, challengeId, joinedOn: today, leftOn: null, to };
    await table.transact([
      { check: membershipCheck(householdId, memberships) },
      ...(await claimMeters(table, householdId, current.memberId)),
      ...(await change(table, current, { part, by: 1 })),
    ]);
    return true;
  });
};

/** Leaves on any day until the last, without a reason and without a cost. Leaving again changes nothing. */
export const leaveChallenge = async (
  { table, clock, pause }: Deps,
  member: Member,
  challengeId: string,
): Promise<void> => {
  requireMay(member, 'take-part');
  const { to } = await found(table, challengeId);
  const today = localDate(clock.now());
  await untilWon(pause, async () => {
    const current = currentOf(await readMemberships(table, member.householdId));
    const before = current && (await ownPart(table, current.memberId, challengeId));
    if (!current || before?.leftOn !== null) return;
    if (today > to) throw new Refused('conflict', `challenge ${challengeId} ended on ${to}; what it gave is settled`);
    await table.transact(await change(table, current, { part: { ...before, leftOn: today }, by: -1 }));
  });
};
