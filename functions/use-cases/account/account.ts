import type { Account } from '@hems/shared/api/account';
import type { Clock } from '../../ports/clock.ts';
import type { Account as Known, Identity } from '../../ports/identity.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { changePerson, keepPerson, type PeopleDeps } from '../members/people.ts';
import { Refused } from '../refusal.ts';
import { endPushTargets } from '../stores/push-targets.ts';
import { readUser, userPut, type Person } from '../stores/people.ts';
import { untilWon } from '../until-won.ts';

/** Whose token it is that asks. */
type Asker = { readonly sub: string; readonly groups: readonly string[]; readonly authTime: number };

/** Somebody signed in of whom the identity provider knows nothing was deleted in between. */
const knownAccount = async (identity: Identity, sub: string): Promise<Known> => {
  const known = await identity.read(sub);
  if (!known) throw new Refused('not-found', 'the sign-in service knows this account no more; sign up again');
  return known;
};

const answer = ({ emailVerified }: Known, { sub, groups }: Asker, person: Person): Account => ({
  sub,
  emailVerified,
  groups: [...groups],
  ...person,
});

export const readAccount = async (deps: PeopleDeps, asker: Asker): Promise<Account> => {
  const known = await knownAccount(deps.identity, asker.sub);
  return answer(known, asker, await keepPerson(deps, known));
};

export const changeAccount = async (
  deps: PeopleDeps,
  asker: Asker,
  said: Pick<Person, 'name' | 'language'>,
): Promise<Account> => {
  const known = await knownAccount(deps.identity, asker.sub);
  return answer(known, asker, await changePerson(deps, known, said));
};

export type SessionDeps = {
  readonly table: Table;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly identity: Identity;
};

/**
 * Ends every session of the account, the asking one included, whatever the clocks of the identity provider and of this function say of each
 * other. From the write on no token that was given out opens anything; then nothing renews any more either.
 */
export const endSessions = async (
  { table, clock, pause, identity }: SessionDeps,
  { sub, authTime }: Pick<Asker, 'sub' | 'authTime'>,
): Promise<{ endedMs: number }> => {
  const endedS = Math.max(Math.ceil(clock.now() / 1000), authTime + 1);
  const validAfter = await untilWon(pause, async () => {
    const { user, version } = await readUser(table, sub);
    const latest = Math.max(user.validAfter, endedS);
    await table.put(userPut(sub, { ...user, validAfter: latest }, version));
    return latest;
  });
  // who signed out everywhere is not woken on a phone that somebody else may hold
  await endPushTargets(table, sub, clock.now());
  await identity.signOut(sub);
  return { endedMs: validAfter * 1000 };
};
