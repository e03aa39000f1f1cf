import { COMMUNITY_TEXT_VERSION, joinCommunity, leaveCommunity, readCommunity } from '@hems/shared/api/community';
import { endpoint, http } from '../runtime/http.ts';
import { bus, clock, ids, pause, table } from '../runtime/ports.ts';
import { membershipAnswer } from '../use-cases/community/membership.ts';
import { readCommunity as read } from '../use-cases/community/read-community.ts';
import { requireMember } from '../use-cases/members/require-may.ts';
import { setCommunityConsent } from '../use-cases/privacy/set-consent.ts';
import { currentOf, readMemberships } from '../use-cases/stores/community.ts';
import type { Member } from '../use-cases/stores/households.ts';

const deps = async () => ({ table: await table(), clock: await clock(), ids: await ids(), pause });

/** To join is to agree to the community, to leave is to withdraw; `consents` says the same in general. */
const say = async (member: Member, said: { granted: boolean; textVersion: number }) => {
  const { householdId } = member;
  await setCommunityConsent({ ...(await deps()), bus: await bus() }, member, said);
  return membershipAnswer(currentOf(await readMemberships(await table(), householdId)));
};

export const handler = http([
  endpoint(readCommunity, async ({ params, query }) => read(await deps(), { ...params, ...query })),
  endpoint(joinCommunity, ({ member, body }) => say(requireMember(member), { granted: true, ...body })),
  endpoint(leaveCommunity, ({ member }) =>
    say(requireMember(member), { granted: false, textVersion: COMMUNITY_TEXT_VERSION }),
  ),
]);
