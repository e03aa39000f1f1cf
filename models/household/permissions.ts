import type { Role } from './household.ts';

/** What a member may do besides looking and leaving, by role. A viewer looks. */
const PERMISSIONS = {
  /** to batteries, set points, plugs */
  'order-devices': ['owner', 'member'],
  /** take a suggestion or turn it down, say who needs warmth */
  'answer-advice': ['owner', 'member'],
  /** claim, name, retire, replace, revoke */
  'manage-devices': ['owner', 'member'],
  /** retire and replace what counts the home's energy: bills and rewards hang on it */
  'change-meters': ['owner'],
  'set-supply': ['owner', 'member'],
  /** where the home is, and the proof that its people live there */
  'set-home': ['owner', 'member'],
  /** programmes, challenges, the comparison */
  'take-part': ['owner', 'member'],
  'ask-payout': ['owner', 'member'],
  /** an archive of everything about the household */
  'export-household': ['owner', 'member'],
  /** use of before, from a file */
  'bring-history': ['owner', 'member'],
  /** who else belongs, and as what */
  'manage-members': ['owner'],
} as const satisfies Record<string, readonly Role[]>;
export type Action = keyof typeof PERMISSIONS;

export const mayDo = (role: Role, action: Action): boolean => PERMISSIONS[action].some((allowed) => allowed === role);

/** `to` null: the membership ends. */
export type MemberChange = { readonly by: string; readonly of: string; readonly to: Role | null };
export type ChangeProblem = 'not-owner' | 'no-such-member' | 'last-owner';

/**
 * Why a household may not be changed so; undefined: it may. Owners change everybody, everybody may leave, and at least one owner stays.
 */
export const changeProblem = (
  members: readonly { readonly sub: string; readonly role: Role }[],
  { by, of, to }: MemberChange,
): ChangeProblem | undefined => {
  const actor = members.find(({ sub }) => sub === by);
  const leaves = by === of && to === null;
  if (!actor || !(leaves || mayDo(actor.role, 'manage-members'))) return 'not-owner';
  const target = members.find(({ sub }) => sub === of);
  if (!target) return 'no-such-member';
  const ownerStays = to === 'owner' || members.some(({ sub, role }) => role === 'owner' && sub !== of);
  return ownerStays ? undefined : 'last-owner';
};
