import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { pseudonymOf } from '@hems/models/community/pseudonym';
import type { Membership as MembershipAnswer } from '@hems/shared/api/community';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table, Write } from '../../ports/table.ts';
import { requireMay } from '../members/require-may.ts';
import { requireOwnHome } from '../own-home.ts';
import { Refused } from '../refusal.ts';
import { leftPut } from '../stores/boards.ts';
import { countPut, readCounts, participationPut, readParticipations } from '../stores/challenges.ts';
import {
  claimPut,
  currentOf,
  groupsOf,
  membershipsPut,
  readClaims,
  readMemberships,
  segmentOf,
  type Membership,
} from '../stores/community.ts';
import { listDevices, readProfile, type Member } from '../stores/households.ts';
import { untilWon } from '../until-won.ts';

export type MembershipDeps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause };

export const membershipAnswer = (membership: Membership | undefined): MembershipAnswer => ({
  joined: membership !== undefined,
  pseudonym: membership ? pseudonymOf(membership.memberId) : null,
  joinedOn: membership?.joinedOn ?? null,
});

/** The household's meters, made the membership's own. Refused where one of them takes part by another household. */
export const claimMeters = async (table: Table, householdId: string, memberId: string): Promise<Write[]> => {
  const devices = await listDevices(table, householdId);
  const meters = devices.filter(({ kind, status }) => kind === 'smart_meter' && status === 'active');
  const claims = await readClaims(
    table,
    meters.map(({ deviceId }) => deviceId),
  );
  const taken = claims.find((claim) => claim.memberId !== null && claim.memberId !== memberId);
  if (taken)
    throw new Refused('conflict', `meter ${taken.deviceId} takes part by another household; one meter takes part once`);
  return claims.flatMap((claim) => (claim.memberId === null ? [{ put: claimPut({ ...claim, memberId }) }] : []));
};

/** Agrees to be compared under a made-up name. Each time anew: another name, and nothing that leads to the one before. */
export const joinCommunity = async (
  { table, clock, pause, ids }: MembershipDeps & { readonly ids: Ids },
  member: Member,
  { textVersion }: { textVersion: number },
): Promise<Membership> => {
  requireMay(member, 'take-part');
  const { householdId } = member;
  const profile = await readProfile(table, householdId);
  if (!profile) throw new Refused('not-found', `there is no household ${householdId}`);
  await requireOwnHome(table, householdId);
  return untilWon(pause, async () => {
    const before = await readMemberships(table, householdId);
    const current = currentOf(before);
    if (current) return current;
    const joined: Membership = {
      memberId: ids.next(),
      textVersion,
      joinedOn: localDate(clock.now()),
      leftOn: null,
      joined: { atMs: clock.now(), personId: member.sub },
      left: null,
      segment: segmentOf(profile),
    };
    const claims = await claimMeters(table, householdId, joined.memberId);
    const memberships = [...before.memberships, joined];
    await table.transact([{ put: membershipsPut(householdId, { ...before, memberships }) }, ...claims]);
    return joined;
  });
};

/** Out of every challenge that is not over. */
const leaveChallenges = async (table: Table, memberId: string, today: LocalDate): Promise<Write[]> => {
  const all = await readParticipations(table, memberId);
  const open = all.filter(({ leftOn, to }) => leftOn === null && today <= to);
  const counts = await readCounts(
    table,
    open.map(({ challengeId }) => challengeId),
  );
  return open.flatMap((one, i): Write[] => {
    const count = counts[i];
    return [
      { put: participationPut(memberId, { ...one, leftOn: today }) },
      ...(count ? [{ put: countPut({ ...count, participants: count.participants - 1 }, one.to) }] : []),
    ];
  });
};

const freeMeters = async (table: Table, householdId: string, memberId: string): Promise<Write[]> => {
  const devices = await listDevices(table, householdId);
  const claims = await readClaims(
    table,
    devices.filter(({ kind }) => kind === 'smart_meter').map(({ deviceId }) => deviceId),
  );
  return claims
    .filter((claim) => claim.memberId === memberId)
    .map((claim) => ({ put: claimPut({ ...claim, memberId: null }) }));
};

/** Withdraws the consent: from here on no board shows the member, and no challenge counts it. Rewards that were settled stay. */
export const leaveCommunity = async ({ table, clock, pause }: MembershipDeps, member: Member): Promise<void> => {
  requireMay(member, 'take-part');
  const { householdId } = member;
  await untilWon(pause, async () => {
    const before = await readMemberships(table, householdId);
    const current = currentOf(before);
    if (!current) return;
    const left = { atMs: clock.now(), personId: member.sub };
    const today = localDate(left.atMs);
    const { memberId } = current;
    const memberships = before.memberships.map((one) => (one === current ? { ...one, leftOn: today, left } : one));
    const gone = groupsOf(current, today).map((group): Write => ({ put: leftPut(group, memberId, today) }));
    await table.transact([
      { put: membershipsPut(householdId, { ...before, memberships }) },
      ...gone,
      ...(await leaveChallenges(table, memberId, today)),
      ...(await freeMeters(table, householdId, memberId)),
    ]);
  });
};
