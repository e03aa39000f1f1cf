import * as z from 'zod';
import { language } from '@hems/shared/api/account';
import type { Item, Key, Put, Table } from '../../ports/table.ts';
import { sealed } from '../seal.ts';
import { makingSealer, opener, type KeyDeps } from './data-keys.ts';

/**
 * A person by the identity provider's subject: `U#<sub>` of table `people`. `USER` says from when on their tokens count and stays a day
 * after an erasure, until every access token has ended; whoever has no such item was never signed out by force. `PERSON` is who they are,
 * sealed with their own key.
 */
const user = z.object({
  /** epoch s: a session that began before opens nothing */
  validAfter: z.int(),
});
export type User = z.infer<typeof user>;

export const userKey = (sub: string): Key => ({ table: 'people', pk: `U#${sub}`, sk: 'USER' });
export const parseUser = (item: Item | undefined): User => (item ? user.parse(item.data) : { validAfter: 0 });

/** The write of a user that was read at `version`, or not there (0). */
export const userPut = (sub: string, data: User, version: number): Put => ({
  ...userKey(sub),
  data,
  if: version === 0 ? { absent: true } : { version },
});

const person = z.object({ name: sealed, email: sealed, language });
export type Person = {
  /** as other members see it; empty: never said */
  readonly name: string;
  readonly email: string;
  /** of messages to them */
  readonly language: z.infer<typeof language>;
};

const personKey = (sub: string): Key => ({ table: 'people', pk: `U#${sub}`, sk: 'PERSON' });

/** As read at `version`; 0: there is no such item. */
export type KeptPerson = { readonly person: Person | undefined; readonly version: number };

export const readKeptPerson = async (deps: KeyDeps, sub: string): Promise<KeptPerson> => {
  const item = await deps.table.get(personKey(sub));
  const own = item && (await opener(deps, { person: sub }));
  if (!item || !own) return { person: undefined, version: item?.version ?? 0 };
  const { name, email, ...plain } = person.parse(item.data);
  return {
    person: { name: own.open('name', name), email: own.open('email', email), ...plain },
    version: item.version,
  };
};

export const findPerson = async (deps: KeyDeps, sub: string): Promise<Person | undefined> =>
  (await readKeptPerson(deps, sub)).person;

/** In place of the person who was read at `version`: a name that was chosen in between is not written over. */
export const putPerson = async (
  deps: KeyDeps,
  sub: string,
  { person: { name, email, ...plain }, version }: KeptPerson & { readonly person: Person },
): Promise<void> => {
  const own = await makingSealer(deps, { person: sub });
  const data = { name: own.seal('name', name), email: own.seal('email', email), ...plain };
  await deps.table.put({ ...personKey(sub), data, if: version === 0 ? { absent: true } : { version } });
};

export const readUser = async (table: Table, sub: string): Promise<{ user: User; version: number }> => {
  const item = await table.get(userKey(sub));
  return { user: parseUser(item), version: item?.version ?? 0 };
};
