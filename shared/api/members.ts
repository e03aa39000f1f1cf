import * as z from 'zod/mini';
import { role } from '@hems/models/household/household';
import { epochMs, householdParams, nothing } from './nouns.ts';
import { route } from './route.ts';

export const emailAddress = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254), z.email());
/** What an invitation link carries behind `#`: 32 random bytes. It opens nothing but the one invitation, for the one address. */
const token = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

const memberRow = z.object({
  /** the person's id */
  personId: z.string(),
  name: z.string(),
  role,
  isSelf: z.boolean(),
});
const invitation = z.object({ invitationId: z.string(), email: z.string(), role, expiresMs: epochMs });
export type Invitation = z.infer<typeof invitation>;
const members = z.object({
  householdId: z.string(),
  members: z.array(memberRow),
  /** open ones; shown to owners only */
  invitations: z.array(invitation),
});
export type Members = z.infer<typeof members>;

export const listMembers = route({
  name: 'listMembers',
  method: 'GET',
  path: '/v1/households/{householdId}/members',
  auth: 'resident',
  beforeProof: true,
  summary: 'Who belongs to the household, and open invitations',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: members,
});

export const inviteMember = route({
  name: 'inviteMember',
  method: 'POST',
  path: '/v1/households/{householdId}/invitations',
  auth: 'resident',
  summary: 'Invites one e-mail address; the link is shown once and mailed',
  params: householdParams,
  query: nothing,
  body: z.object({ email: emailAddress, role }),
  answer: z.object({ invitation, token }),
});

export const withdrawInvitation = route({
  name: 'withdrawInvitation',
  method: 'DELETE',
  path: '/v1/households/{householdId}/invitations/{invitationId}',
  auth: 'resident',
  summary: 'Withdraws an invitation that nobody has accepted',
  params: z.extend(householdParams, { invitationId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  query: nothing,
  body: nothing,
  answer: members,
});

export const acceptInvitation = route({
  name: 'acceptInvitation',
  method: 'POST',
  path: '/v1/invitations/acceptances',
  auth: 'resident',
  summary: 'Joins the household of an invitation; only the invited address can',
  params: nothing,
  query: nothing,
  body: z.object({ token }),
  answer: z.object({ householdId: z.string(), role }),
});

const personParams = z.extend(householdParams, { personId: z.string().check(z.minLength(1), z.maxLength(64)) });

export const changeRole = route({
  name: 'changeRole',
  method: 'PUT',
  path: '/v1/households/{householdId}/members/{personId}',
  auth: 'resident',
  beforeProof: true,
  summary: 'Gives a member another role; making somebody else an owner first is how a household is handed over',
  params: personParams,
  query: nothing,
  body: z.object({ role }),
  answer: members,
});

export const endMembership = route({
  name: 'endMembership',
  method: 'DELETE',
  path: '/v1/households/{householdId}/members/{personId}',
  auth: 'resident',
  beforeProof: true,
  summary: 'Leaves, or takes somebody out; the last owner hands over or erases the household instead',
  params: personParams,
  query: nothing,
  body: nothing,
  answer: nothing,
});
