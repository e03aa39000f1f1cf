import { acceptInvitation } from '../use-cases/members/accept-invitation.ts';
import { addressIndex, tokenIndex } from '../use-cases/members/invitation.ts';
import { invitationPut } from '../use-cases/stores/invitations.ts';
import { OWNER } from './full-household.ts';
import type { World } from './world.ts';

/** An invitation by the owner that is open; answers how the invited person accepts it. */
export const anInvitation = async (world: World, sub: string) => {
  const { table, keys, clock } = world;
  const [token, email] = [`token-of-${sub}`.padEnd(43, '_'), `${sub}@example.com`];
  const invitation = { invitationId: `for-${sub}`, role: 'member', state: 'open', by: OWNER.sub } as const;
  const hidden = { token: await tokenIndex(keys, token), address: await addressIndex(keys, email) };
  const { householdId } = OWNER;
  await table.put(invitationPut({ ...invitation, ...hidden, householdId, expiresMs: clock.now() + 1_000_000 }));
  const identity = { read: async () => ({ sub, email, emailVerified: true }) };
  return () => acceptInvitation({ ...world, identity } as never, { sub }, token);
};
