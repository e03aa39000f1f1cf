import * as z from 'zod';
import { role } from '@hems/models/household/household';
import type { Item, Key, Put, Table } from '../../ports/table.ts';
import { sealed } from '../seal.ts';

/**
 * Invitations to a household: `H#<household>` / `INVITATION#<id>` of table `homes`, in index `i1` under the blind index of the link's
 * token. The invited address is sealed with the household's key while the invitation is open, and a blind index says afterwards whose it
 * was. Whoever has its link is told what became of it for a month after its end.
 */
const invitation = z.object({
  role,
  state: z.enum(['open', 'accepted', 'withdrawn']),
  /** the owner who invites; ends as an owner, ends the invitation */
  by: z.string(),
  expiresMs: z.int(),
  /** blind indexes */
  token: z.string(),
  address: z.string(),
  email: z.optional(sealed),
  acceptedBy: z.optional(z.string()),
});
export type Invitation = z.infer<typeof invitation> & { readonly householdId: string; readonly invitationId: string };

const INVITATION = 'INVITATION#';
const TOLD_AFTER_SECONDS = 30 * 86_400;

const invitationKey = (householdId: string, invitationId: string): Key => ({
  table: 'homes',
  pk: `H#${householdId}`,
  sk: `${INVITATION}${invitationId}`,
});

const parse = ({ pk, sk, data }: Item): Invitation => ({
  ...invitation.parse(data),
  householdId: pk.slice('H#'.length),
  invitationId: sk.slice(INVITATION.length),
});

export const invitationPut = ({ householdId, invitationId, ...data }: Invitation): Put => ({
  ...invitationKey(householdId, invitationId),
  data,
  i1: `${INVITATION}${data.token}`,
  expiresAt: Math.floor(data.expiresMs / 1000) + TOLD_AFTER_SECONDS,
});

/** It is over: nobody needs to read the address again. */
export const ended = (
  { email: _forgotten, ...kept }: Invitation,
  end: Pick<Invitation, 'state' | 'acceptedBy'>,
): Invitation => ({ ...kept, ...end });

export const invitationsOf = async (table: Table, householdId: string): Promise<Invitation[]> => {
  const { items } = await table.query({ table: 'homes', value: `H#${householdId}`, prefix: INVITATION });
  return items.map(parse);
};

export const readInvitation = async (
  table: Table,
  { householdId, invitationId }: Pick<Invitation, 'householdId' | 'invitationId'>,
): Promise<Invitation | undefined> => {
  const item = await table.get(invitationKey(householdId, invitationId));
  return item && parse(item);
};

/** Found by the index, a moment late at most; what it says is then read at its source. */
export const invitationOfToken = async (table: Table, token: string): Promise<Invitation | undefined> => {
  const { items } = await table.query({ table: 'homes', by: 'i1', value: `${INVITATION}${token}`, limit: 1 });
  const [found] = items.map(parse);
  return found && readInvitation(table, found);
};
