import type { Keys } from '../../ports/keys.ts';
import type { Invitation } from '../stores/invitations.ts';
import type { Member } from '../stores/households.ts';

/** Look-up without keeping what is looked up. */
export const tokenIndex = (keys: Keys, token: string): Promise<string> => keys.blindIndex(`invitation-token:${token}`);
export const addressIndex = (keys: Keys, email: string): Promise<string> =>
  keys.blindIndex(`invitation-address:${email.trim().toLowerCase()}`);

export type Standing = 'open' | 'used' | 'withdrawn' | 'expired';

/** An invitation falls with the ownership of who made it: whoever was taken out has left no door ajar. */
export const standingOf = (
  { state, by, expiresMs }: Invitation,
  { members, nowMs }: { readonly members: readonly Member[]; readonly nowMs: number },
): Standing => {
  if (state === 'accepted') return 'used';
  if (state === 'withdrawn' || !members.some(({ sub, role }) => sub === by && role === 'owner')) return 'withdrawn';
  return nowMs < expiresMs ? 'open' : 'expired';
};
