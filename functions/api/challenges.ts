import { announceChallenge, joinChallenge, leaveChallenge, listChallenges } from '@hems/shared/api/challenges';
import { endpoint, http } from '../runtime/http.ts';
import { measure } from '../runtime/metrics.ts';
import { clock, pause, table } from '../runtime/ports.ts';
import { announceChallenge as announce } from '../use-cases/community/announce-challenge.ts';
import { joinChallenge as join, leaveChallenge as leave } from '../use-cases/community/participate.ts';
import { readChallenges, readOneChallenge } from '../use-cases/community/read-challenges.ts';
import { Refused } from '../use-cases/refusal.ts';
import type { Member } from '../use-cases/stores/households.ts';

const deps = async () => ({ table: await table(), clock: await clock(), pause });
const required = (member: Member | undefined): Member => {
  if (!member) throw new Refused('forbidden', 'you are not a member of this household');
  return member;
};

export const handler = http([
  endpoint(listChallenges, async ({ params }) => ({
    challenges: await readChallenges(await deps(), params.householdId),
  })),
  endpoint(joinChallenge, async ({ member, params: { householdId, challengeId } }) => {
    if (await join(await deps(), required(member), challengeId)) measure('ChallengesJoined', 1);
    return readOneChallenge(await deps(), householdId, challengeId);
  }),
  endpoint(leaveChallenge, async ({ member, params: { householdId, challengeId } }) => {
    await leave(await deps(), required(member), challengeId);
    return readOneChallenge(await deps(), householdId, challengeId);
  }),
  endpoint(announceChallenge, async ({ body }) => announce(await deps(), body)),
]);
