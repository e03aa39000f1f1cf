import type { Members } from '@hems/shared/api/members';
import type { Pause } from '../../ports/pause.ts';
import { Refused } from '../refusal.ts';
import type { Member } from '../stores/households.ts';
import { ended, invitationPut, readInvitation } from '../stores/invitations.ts';
import { readRoster, rosterPut } from '../stores/rosters.ts';
import { untilWon } from '../until-won.ts';
import { readMembers, type ReadMembersDeps } from './read-members.ts';
import { requireMay } from './require-may.ts';

/** Withdrawing twice is withdrawing once; what was accepted is a membership, and ends as one. */
export const withdrawInvitation = async (
  deps: ReadMembersDeps & { readonly pause: Pause },
  member: Member,
  invitationId: string,
): Promise<Members> => {
  requireMay(member, 'manage-members');
  const { householdId } = member;
  await untilWon(deps.pause, async () => {
    const roster = await readRoster(deps.table, householdId);
    const found = await readInvitation(deps.table, { householdId, invitationId });
    if (!found) throw new Refused('not-found', `the household has no invitation ${invitationId}`);
    if (found.state === 'accepted')
      throw new Refused('conflict', 'the invitation was accepted; end the membership instead', 'invitation-used');
    await deps.table.transact([
      { put: rosterPut(householdId, roster) },
      { put: invitationPut(ended(found, { state: 'withdrawn' })) },
    ]);
  });
  return readMembers(deps, member);
};
