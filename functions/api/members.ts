import {
  acceptInvitation,
  changeRole,
  endMembership,
  inviteMember,
  listMembers,
  withdrawInvitation,
} from '@hems/shared/api/members';
import { endpoint, http } from '../runtime/http.ts';
import { measure } from '../runtime/metrics.ts';
import { bus, clock, identity, ids, keys, mailer, newToken, pause, table, webUrl } from '../runtime/ports.ts';
import { acceptInvitation as accept } from '../use-cases/members/accept-invitation.ts';
import { changeRole as change, endMembership as end } from '../use-cases/members/change-members.ts';
import { inviteMember as invite } from '../use-cases/members/invite-member.ts';
import { readMembers } from '../use-cases/members/read-members.ts';
import { requireMember } from '../use-cases/members/require-may.ts';
import { withdrawInvitation as withdraw } from '../use-cases/members/withdraw-invitation.ts';

const people = async () => ({
  table: await table(),
  keys: await keys(),
  identity: await identity(),
  clock: await clock(),
  pause,
});
const telling = async () => ({ ...(await people()), bus: await bus() });
const mailing = async () => ({
  ...(await people()),
  ids: await ids(),
  mailer: await mailer(),
  webUrl: await webUrl(),
  newToken,
});

export const handler = http([
  endpoint(listMembers, async ({ member }) => readMembers(await people(), requireMember(member))),
  endpoint(inviteMember, async ({ member, body }) => invite(await mailing(), requireMember(member), body)),
  endpoint(withdrawInvitation, async ({ member, params }) =>
    withdraw(await people(), requireMember(member), params.invitationId),
  ),
  endpoint(acceptInvitation, async ({ caller, body }) => {
    const { isNew, ...joined } = await accept(await people(), caller, body.token);
    if (isNew) measure('ResidentsJoined', 1);
    return joined;
  }),
  endpoint(changeRole, async ({ member, params: { personId }, body: { role } }) =>
    change(await telling(), requireMember(member), { personId, role }),
  ),
  endpoint(endMembership, async ({ member, params }) => {
    await end(await telling(), requireMember(member), params.personId);
    return {};
  }),
]);
