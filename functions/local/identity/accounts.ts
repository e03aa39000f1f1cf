import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Keys } from '../../ports/keys.ts';
import { ConditionFailed, type Key, type Table } from '../../ports/table.ts';
import { openField, sealed, sealField } from '../../use-cases/seal.ts';
import type { Guesses } from './guesses.ts';
import { isRight, secret, secretOf, type Secret } from './password.ts';
import type { User } from './users.ts';

/** What an account keeps of a person is sealed with a key of its own, which ends with the account. */
const person = z.object({ email: z.string(), name: z.string() });
export type AccountPerson = z.infer<typeof person>;

const stored = z.object({
  groups: z.array(z.string()),
  secret,
  wrapped: z.string(),
  person: sealed,
});
type Stored = z.infer<typeof stored>;
const pointer = z.object({ sub: z.string() });

export type Account = AccountPerson & { readonly sub: string; readonly groups: string[] };
export type SignIn = { readonly account: Account } | { readonly wrong: true } | { readonly waitSeconds: number };

export type Accounts = {
  /** adds those who are not there yet */
  add(users: readonly User[]): Promise<void>;
  /** an account for an address that was verified; undefined when the address has one already */
  open(person: AccountPerson, kept: Secret): Promise<Account | undefined>;
  bySub(sub: string): Promise<Account | undefined>;
  byEmail(email: string): Promise<Account | undefined>;
  signIn(email: string, password: string): Promise<SignIn>;
  setPassword(sub: string, kept: Secret): Promise<void>;
  remove(sub: string): Promise<void>;
};

const accountKey = (sub: string): Key => ({ table: 'operations', pk: `ACCOUNT#${sub}`, sk: 'ACCOUNT' });
const normal = (email: string): string => email.trim().toLowerCase();
const ownerOf = (sub: string): string => `account:${sub}`;

type Parts = { readonly table: Table; readonly keys: Keys; readonly guesses: Guesses };

const addressKey = async ({ keys }: Parts, email: string): Promise<Key> => ({
  table: 'operations',
  pk: `ADDRESS#${await keys.blindIndex(`account:${normal(email)}`)}`,
  sk: 'ADDRESS',
});

const read = async ({ table }: Parts, sub: string): Promise<{ kept: Stored; version: number } | undefined> => {
  const item = await table.get(accountKey(sub));
  return item && { kept: stored.parse(item.data), version: item.version };
};

const opened = async ({ keys }: Parts, sub: string, { wrapped, person: text, groups }: Stored): Promise<Account> => {
  const key = await keys.unwrap(ownerOf(sub), wrapped);
  const known = openField(key, { owner: ownerOf(sub), field: 'person' }, text);
  return { ...person.parse(JSON.parse(known)), sub, groups };
};

const bySub = async (parts: Parts, sub: string): Promise<Account | undefined> => {
  const found = await read(parts, sub);
  return found && opened(parts, sub, found.kept);
};

const subOf = async (parts: Parts, email: string): Promise<string | undefined> => {
  const item = await parts.table.get(await addressKey(parts, email));
  return item && pointer.parse(item.data).sub;
};

type NewAccount = Omit<Account, 'groups'> & { readonly groups: readonly string[]; readonly kept: Secret };

/** Of two accounts for one address the first one stands. */
const create = async (parts: Parts, { sub, groups, kept, ...given }: NewAccount): Promise<Account | undefined> => {
  const { plain, wrapped } = await parts.keys.newDataKey(ownerOf(sub));
  const known = { email: normal(given.email), name: given.name };
  const text = sealField(plain, { owner: ownerOf(sub), field: 'person' }, JSON.stringify(known));
  const data: Stored = { groups: [...groups], secret: kept, wrapped, person: text };
  try {
    await parts.table.transact([
      { put: { ...(await addressKey(parts, known.email)), data: { sub }, if: { absent: true } } },
      { put: { ...accountKey(sub), data } },
    ]);
  } catch (error) {
    if (error instanceof ConditionFailed) return undefined;
    throw error;
  }
  return { ...known, sub, groups: [...groups] };
};

const setPassword = async (parts: Parts, sub: string, kept: Secret): Promise<void> => {
  const account = await bySub(parts, sub);
  const found = await read(parts, sub);
  if (!account || !found) return;
  await parts.table.put({ ...accountKey(sub), data: { ...found.kept, secret: kept }, if: { version: found.version } });
  await parts.guesses.right(account.email);
};

const signIn = async (parts: Parts, email: string, password: string): Promise<SignIn> => {
  const address = normal(email);
  const waitSeconds = await parts.guesses.waitSeconds(address);
  if (waitSeconds > 0) return { waitSeconds };
  const sub = await subOf(parts, address);
  const found = sub === undefined ? undefined : await read(parts, sub);
  const right = await isRight(password, found?.kept.secret);
  if (sub === undefined || !found || !right) {
    await parts.guesses.wrong(address);
    return { wrong: true };
  }
  await parts.guesses.right(address);
  return { account: await opened(parts, sub, found.kept) };
};

/** People and their passwords in `operations`: by subject, and a blind index of the address that leads to the subject. */
export const accounts = (parts: Parts): Accounts => ({
  add: async (users) => {
    await Promise.all(
      users.map(async ({ password, ...user }) => {
        if ((await subOf(parts, user.email)) === undefined)
          await create(parts, { ...user, kept: await secretOf(password) });
      }),
    );
  },
  open: async (known, kept) => create(parts, { ...known, sub: randomUUID(), groups: [], kept }),
  bySub: async (sub) => bySub(parts, sub),
  byEmail: async (email) => {
    const sub = await subOf(parts, email);
    return sub === undefined ? undefined : bySub(parts, sub);
  },
  signIn: async (email, password) => signIn(parts, email, password),
  setPassword: async (sub, kept) => setPassword(parts, sub, kept),
  remove: async (sub) => {
    const found = await bySub(parts, sub);
    if (!found) return;
    await parts.table.transact([{ delete: await addressKey(parts, found.email) }, { delete: accountKey(sub) }]);
  },
});
