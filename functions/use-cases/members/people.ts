import { displayName } from '@hems/shared/api/account';
import type { Account, Identity } from '../../ports/identity.ts';
import type { Pause } from '../../ports/pause.ts';
import type { KeyDeps } from '../stores/data-keys.ts';
import { findPerson, putPerson, readKeptPerson, type Person } from '../stores/people.ts';
import { untilWon } from '../until-won.ts';

export type PeopleDeps = KeyDeps & { readonly identity: Identity; readonly pause: Pause };

/** Undefined: never asked for so far, or erased. */
export const readPerson = async (deps: KeyDeps, sub: string): Promise<Person | undefined> => findPerson(deps, sub);

/** What the identity provider takes for a name goes by its own rules: one that could not be chosen here is none. */
const nameOf = ({ name }: Account): string => displayName.safeParse(name).data ?? '';

/** Keeps who the identity provider says somebody is. The name and language they have chosen here stay. */
export const keepPerson = (deps: PeopleDeps, account: Account): Promise<Person> =>
  untilWon(deps.pause, async () => {
    const { sub, email } = account;
    const { person: before, version } = await readKeptPerson(deps, sub);
    if (before?.email === email) return before;
    const person = { name: nameOf(account), language: 'ko', ...before, email } as const;
    await putPerson(deps, sub, { person, version });
    return person;
  });

/** Keeps what somebody has chosen to be called, and the language of what is written to them. */
export const changePerson = (
  deps: PeopleDeps,
  { sub, email }: Account,
  said: Pick<Person, 'name' | 'language'>,
): Promise<Person> =>
  untilWon(deps.pause, async () => {
    const { version } = await readKeptPerson(deps, sub);
    const person = { ...said, email };
    await putPerson(deps, sub, { person, version });
    return person;
  });

const NOBODY: Person = { name: '', email: '', language: 'ko' };

/** As kept; at the first need copied from the identity provider. An account that has ended is nobody. */
export const rememberPerson = async (deps: PeopleDeps, sub: string): Promise<Person> => {
  const kept = await findPerson(deps, sub);
  if (kept) return kept;
  const account = await deps.identity.read(sub);
  return account ? keepPerson(deps, account) : NOBODY;
};
