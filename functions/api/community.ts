import { joinCommunity, leaveCommunity, readCommunity } from '@hems/shared/api/community';
import { endpoint, http } from '../runtime/http.ts';
import { clock, ids, pause, table } from '../runtime/ports.ts';
import { joinCommunity as join, leaveCommunity as leave, membershipAnswer } from '../use-cases/community/membership.ts';
import { readCommunity as read } from '../use-cases/community/read-community.ts';
import { Refused } from '../use-cases/refusal.ts';
import type { Member } from '../use-cases/stores/households.ts';

const deps = async () => ({ table: await table(), clock: await clock(), ids: await ids(), pause });
const required = (member: Member | undefined): Member => {
  if (!member) throw new Refused('forbidden', 'you are not a member of this household');
  return member;
};

export const handler = http([
  endpoint(readCommunity, async ({ params, query }) => read(await deps(), { ...params, ...query })),
  endpoint(joinCommunity, async ({ member, body }) =>
    membershipAnswer(await join(await deps(), required(member), body)),
  ),
  endpoint(leaveCommunity, async ({ member }) => {
    await leave(await deps(), required(member));
    return membershipAnswer(undefined);
  }),
]);
