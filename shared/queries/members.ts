import type { Role } from '@hems/models/household/household';
import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import {
  acceptInvitation,
  changeRole,
  endMembership,
  inviteMember,
  listMembers,
  withdrawInvitation,
  type Members,
} from '../api/members.ts';
import type { Loaded } from '../view/card.ts';
import { useAction, type Action } from './action.ts';
import { useCall } from './api.ts';
import { useLoaded } from './loaded.ts';

const STALE_MS = 60_000;

/** Who belongs to the household, and to its owners the open invitations. */
export const useMembers = (householdId: string): Loaded<Members> => {
  const call = useCall();
  const result = useQuery({
    queryKey: ['members', householdId],
    queryFn: ({ signal }) => call(listMembers, { params: { householdId } }, signal),
    staleTime: STALE_MS,
  });
  return useLoaded(result);
};

export type InviteInput = { readonly email: string; readonly role: Role };
type Invited = z.output<typeof inviteMember.answer>;

/** The answer carries the token of the link, which is told this once. */
export const useInviteMember = (householdId: string): Action<InviteInput, Invited> => {
  const call = useCall();
  return useAction({
    act: async (body: InviteInput) => call(inviteMember, { params: { householdId }, body }),
    changes: ['members'],
  });
};

export const useWithdrawInvitation = (householdId: string): Action<string, Members> => {
  const call = useCall();
  return useAction({
    act: async (invitationId: string) => call(withdrawInvitation, { params: { householdId, invitationId } }),
    changes: ['members'],
  });
};

export type RoleInput = { readonly personId: string; readonly role: Role };

export const useChangeRole = (householdId: string): Action<RoleInput, Members> => {
  const call = useCall();
  return useAction({
    act: async ({ personId, role }: RoleInput) =>
      call(changeRole, { params: { householdId, personId }, body: { role } }),
    changes: ['members', 'session'],
  });
};

/** Leaves. Nothing is asked for again: what was known of the home is to be forgotten, and the page to be left. */
export const useLeaveHousehold = (householdId: string): Action<string, object> => {
  const call = useCall();
  return useAction({
    act: async (personId: string) => call(endMembership, { params: { householdId, personId } }),
    changes: [],
  });
};

/** Takes somebody out. */
export const useEndMembership = (householdId: string): Action<string, object> => {
  const call = useCall();
  return useAction({
    act: async (personId: string) => call(endMembership, { params: { householdId, personId } }),
    changes: ['members'],
  });
};

type Joined = z.output<typeof acceptInvitation.answer>;

export const useAcceptInvitation = (): Action<string, Joined> => {
  const call = useCall();
  return useAction({
    act: async (token: string) => call(acceptInvitation, { body: { token } }),
    changes: ['session'],
  });
};
