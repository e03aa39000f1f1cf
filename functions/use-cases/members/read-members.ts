import { mayDo } from '@hems/models/household/permissions';
import type { Members } from '@hems/shared/api/members';
import type { Clock } from '../../ports/clock.ts';
import { opener } from '../stores/data-keys.ts';
import { membersOf, type Member } from '../stores/households.ts';
import { invitationsOf } from '../stores/invitations.ts';
import { standingOf } from './invitation.ts';
import { rememberPerson, type PeopleDeps } from './people.ts';

export type ReadMembersDeps = PeopleDeps & { readonly clock: Clock };

const openInvitations = async (
  deps: ReadMembersDeps,
  householdId: string,
  members: readonly Member[],
): Promise<Members['invitations']> => {
  const now = { members, nowMs: deps.clock.now() };
  const open = (await invitationsOf(deps.table, householdId)).filter((one) => standingOf(one, now) === 'open');
  const own = open.length > 0 ? await opener(deps, { household: householdId }) : undefined;
  return open.flatMap(({ invitationId, email, role, expiresMs }) =>
    own && email ? [{ invitationId, email: own.open(`invitation:${invitationId}`, email), role, expiresMs }] : [],
  );
};

/** Everybody sees everybody; who has been invited is the owners' business. */
export const readMembers = async (deps: ReadMembersDeps, { householdId, sub, role }: Member): Promise<Members> => {
  const members = await membersOf(deps.table, householdId);
  const rows = members.map(async (one) => ({
    personId: one.sub,
    name: (await rememberPerson(deps, one.sub)).name,
    role: one.role,
    isSelf: one.sub === sub,
  }));
  const invitations = mayDo(role, 'manage-members') ? await openInvitations(deps, householdId, members) : [];
  return { householdId, members: await Promise.all(rows), invitations };
};
