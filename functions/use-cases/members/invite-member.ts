import { localDate } from '@hems/models/calendar/seoul';
import type { Role } from '@hems/models/household/household';
import type { Invitation as Shown } from '@hems/shared/api/members';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Mailer } from '../../ports/mailer.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Check, Write } from '../../ports/table.ts';
import { requireOwnHome } from '../own-home.ts';
import { Refused } from '../refusal.ts';
import { householdSealer } from '../stores/data-keys.ts';
import { membersOf, type Member } from '../stores/households.ts';
import { ended, invitationPut, invitationsOf, type Invitation } from '../stores/invitations.ts';
import { invitedPut, readInvited, type Invited } from '../stores/invited.ts';
import { readRoster, rosterPut, type Roster } from '../stores/rosters.ts';
import { untilWon } from '../until-won.ts';
import { addressIndex, standingOf, tokenIndex } from './invitation.ts';
import { invitationLetter } from './invitation-mail.ts';
import { rememberPerson, type PeopleDeps } from './people.ts';
import { requireMay, requireMember } from './require-may.ts';

export type InviteDeps = PeopleDeps & {
  readonly clock: Clock;
  readonly pause: Pause;
  readonly ids: Ids;
  readonly mailer: Mailer;
  /** 32 random bytes, base64url */
  readonly newToken: () => string;
  /** where the app is: `https://…`, without a slash at its end */
  readonly webUrl: string;
};

const VALID_MS = 7 * 86_400_000;
const OPEN_MAX = 20;
const A_DAY_MAX = 20;

const refuseMany = (today: number): void => {
  if (today >= A_DAY_MAX)
    throw new Refused('too-many', `${A_DAY_MAX} invitations were made today; go on tomorrow`, 'invitations-today');
};

/** One more today from the household. */
const counted = (roster: Roster, today: string): Roster => {
  const before = roster.invitedOn === today ? roster.invited : 0;
  refuseMany(before);
  return { ...roster, invitedOn: today, invited: before + 1 };
};

/** And one more from the person, who may own many households. */
const countedBy = ({ on, count, version }: Invited, today: string): Invited => {
  const before = on === today ? count : 0;
  refuseMany(before);
  return { on: today, count: before + 1, version };
};

/** Those that stay open beside a new one; the one that was sent to the same address before is replaced. */
const replaced = (open: readonly Invitation[], address: string): Invitation[] => {
  const same = open.filter((one) => one.address === address);
  if (open.length - same.length >= OPEN_MAX)
    throw new Refused('conflict', `${OPEN_MAX} invitations are open; withdraw one first`, 'invitations-open');
  return same;
};

const refuseMember = async (deps: InviteDeps, members: readonly Member[], email: string): Promise<void> => {
  const people = await Promise.all(members.map(({ sub }) => rememberPerson(deps, sub)));
  if (people.some((person) => person.email.toLowerCase() === email))
    throw new Refused('conflict', 'whoever has this e-mail address is a member already', 'already-member');
};

/** Keeps an invitation of which the link is known to the caller and the invited address only, while `check` holds. */
const keepInvitation = async (deps: InviteDeps, made: Invitation, check: Check): Promise<void> => {
  const { table, clock, pause } = deps;
  const { householdId, by } = made;
  await untilWon(pause, async () => {
    const [roster, invited] = await Promise.all([readRoster(table, householdId), readInvited(table, by)]);
    const [members, invitations] = await Promise.all([
      membersOf(table, householdId),
      invitationsOf(table, householdId),
    ]);
    const now = { members, nowMs: clock.now() };
    const today = localDate(now.nowMs);
    requireMay(requireMember(members.find(({ sub }) => sub === by)), 'manage-members');
    const counts = [
      rosterPut(householdId, counted(roster, today)),
      invitedPut(by, countedBy(invited, today), now.nowMs),
    ];
    const open = invitations.filter((one) => standingOf(one, now) === 'open');
    const before = replaced(open, made.address).map((one) => invitationPut(ended(one, { state: 'withdrawn' })));
    await table.transact([
      { check },
      ...[...counts, ...before].map((put): Write => ({ put })),
      { put: { ...invitationPut(made), if: { absent: true } } },
    ]);
  });
};

/** Invites an e-mail address to the household and mails the link, in the language of who invites. */
export const inviteMember = async (
  deps: InviteDeps,
  member: Member,
  { email, role }: { readonly email: string; readonly role: Role },
): Promise<{ invitation: Shown; token: string }> => {
  requireMay(member, 'manage-members');
  const { householdId, sub } = member;
  await requireOwnHome(deps.table, householdId);
  await refuseMember(deps, await membersOf(deps.table, householdId), email);
  const token = deps.newToken();
  const invitationId = deps.ids.next();
  const own = await householdSealer(deps, householdId);
  const expiresMs = deps.clock.now() + VALID_MS;
  const made: Invitation = {
    householdId,
    invitationId,
    role,
    state: 'open',
    by: sub,
    expiresMs,
    token: await tokenIndex(deps.keys, token),
    address: await addressIndex(deps.keys, email),
    email: own.seal(`invitation:${invitationId}`, email),
  };
  await keepInvitation(deps, made, own.check);
  const link = `${deps.webUrl}/invitations#${token}`;
  const letter = invitationLetter(await rememberPerson(deps, sub), { link, expiresMs });
  await deps.mailer.send(`invitation-${invitationId}`, { to: email, ...letter });
  return { invitation: { invitationId, email, role, expiresMs }, token };
};
