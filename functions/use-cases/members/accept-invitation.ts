import type { Role } from '@hems/models/household/household';
import type { Clock } from '../../ports/clock.ts';
import type { Identity } from '../../ports/identity.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { refuseErasing } from '../erasure/refuse-erasing.ts';
import { Refused } from '../refusal.ts';
import { memberPut, membersOf } from '../stores/households.ts';
import { ended, invitationOfToken, invitationPut, readInvitation, type Invitation } from '../stores/invitations.ts';
import { readRoster, rosterPut } from '../stores/rosters.ts';
import { untilWon } from '../until-won.ts';
import { addressIndex, standingOf, tokenIndex, type Standing } from './invitation.ts';

export type AcceptDeps = {
  readonly table: Table;
  readonly keys: Keys;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly pause: Pause;
};
/** `isNew`: by this call. */
type Joined = { readonly householdId: string; readonly role: Role; readonly isNew: boolean };

const OVER: Record<Exclude<Standing, 'open'>, string> = {
  used: 'this invitation was accepted already; each one is for once',
  withdrawn: 'this invitation was withdrawn; ask the household for another one',
  expired: 'this invitation has expired; ask the household for another one',
};
const over = (standing: keyof typeof OVER): Refused =>
  new Refused('conflict', OVER[standing], `invitation-${standing}`);

const NONE = 'there is no such invitation; check that the link is whole, or ask for another one';

/** Only who can read mail at the invited address may join; whose address it is, nobody else is told. */
const requireInvited = async ({ keys, identity }: AcceptDeps, sub: string, { address }: Invitation): Promise<void> => {
  const account = await identity.read(sub);
  if (!account?.emailVerified)
    throw new Refused('forbidden', 'confirm the e-mail address of your account first', 'email-unverified');
  if ((await addressIndex(keys, account.email)) !== address)
    throw new Refused(
      'forbidden',
      'this invitation is for another e-mail address; sign in with the account that it was sent to',
      'invitation-not-yours',
    );
};

const join = async (deps: AcceptDeps, sub: string, found: Invitation): Promise<Joined> => {
  const { table, clock } = deps;
  const { householdId } = found;
  const roster = await readRoster(table, householdId);
  const [invitation, members] = await Promise.all([readInvitation(table, found), membersOf(table, householdId)]);
  if (!invitation) throw new Refused('not-found', NONE, 'no-invitation');
  const already = members.find((one) => one.sub === sub);
  if (already && invitation.acceptedBy === sub) return { householdId, role: already.role, isNew: false };
  const standing = standingOf(invitation, { members, nowMs: clock.now() });
  if (standing !== 'open') throw over(standing);
  if (already)
    throw new Refused('conflict', `you are a member of this household already, as ${already.role}`, 'already-member');
  const { role } = invitation;
  await table.transact([
    await refuseErasing(table, { person: sub }),
    await refuseErasing(table, { household: householdId }),
    { put: rosterPut(householdId, roster) },
    { put: invitationPut(ended(invitation, { state: 'accepted', acceptedBy: sub })) },
    { put: { ...memberPut({ householdId, sub, role }), if: { absent: true } } },
  ]);
  return { householdId, role, isNew: true };
};

/** Joins the household of an invitation. The same person again is told the same, as long as they belong to it. */
export const acceptInvitation = async (
  deps: AcceptDeps,
  { sub }: { readonly sub: string },
  token: string,
): Promise<Joined> => {
  const found = await invitationOfToken(deps.table, await tokenIndex(deps.keys, token));
  if (!found) throw new Refused('not-found', NONE, 'no-invitation');
  await requireInvited(deps, sub, found);
  return untilWon(deps.pause, () => join(deps, sub, found));
};
