import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';
import { ConditionFailed, type Key, type Table } from '../../ports/table.ts';
import type { User } from './users.ts';

const account = z.object({
  sub: z.string(),
  email: z.string(),
  name: z.string(),
  groups: z.array(z.string()),
  salt: z.string(),
  hash: z.string(),
  /** wrong passwords since the last right one */
  failures: z.int(),
  /** epoch ms; until then no password is looked at */
  lockedUntil: z.int(),
});
export type Account = z.infer<typeof account>;

export type SignIn = { readonly account: Account } | { readonly wrong: true } | { readonly waitSeconds: number };

export type Accounts = {
  /** adds those who are not there yet */
  add(users: readonly User[]): Promise<void>;
  bySub(sub: string): Promise<Account | undefined>;
  signIn(email: string, password: string): Promise<SignIn>;
};

/** From the tenth wrong password on, each further one doubles the wait. */
const FREE_FAILURES = 10;
const WAIT_MAX_SECONDS = 900;
const KEY_BYTES = 32;

const keyOf = (email: string): Key => ({ table: 'operations', pk: `USER#${email}`, sk: 'USER' });
const subKeyOf = (sub: string): Key => ({ table: 'operations', pk: `SUB#${sub}`, sk: 'USER' });
const normal = (email: string): string => email.trim().toLowerCase();

const hashOf = (password: string, salt: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, (error, key) => (error ? reject(error) : resolve(key)));
  });

/** People and their passwords (salted scrypt) in `operations`. */
export const accounts = (table: Table, clock: Clock): Accounts => {
  const read = async (email: string): Promise<{ account: Account; version: number } | undefined> => {
    const item = await table.get(keyOf(email));
    return item && { account: account.parse(item.data), version: item.version };
  };
  const add = async (user: User): Promise<void> => {
    const email = normal(user.email);
    if (await table.get(keyOf(email))) return;
    const salt = randomBytes(16).toString('base64url');
    const hash = (await hashOf(user.password, salt)).toString('base64url');
    const { sub, name, groups } = user;
    await table.transact([
      { put: { ...keyOf(email), data: { sub, email, name, groups, salt, hash, failures: 0, lockedUntil: 0 } } },
      { put: { ...subKeyOf(sub), data: { email } } },
    ]);
  };
  /** Counts with compare-and-set, so that guesses sent at the same time are all counted. */
  const count = async (email: string, failuresAfter: (before: number) => number): Promise<void> => {
    const found = await read(email);
    if (!found) return;
    const failures = failuresAfter(found.account.failures);
    const lockedUntil = failures < FREE_FAILURES ? 0 : clock.now() + waitSecondsAfter(failures) * 1000;
    try {
      await table.put({
        ...keyOf(email),
        data: { ...found.account, failures, lockedUntil },
        if: { version: found.version },
      });
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      await count(email, failuresAfter);
    }
  };
  return {
    add: async (users) => {
      await Promise.all(users.map(add));
    },
    bySub: async (sub) => {
      const item = await table.get(subKeyOf(sub));
      if (!item) return undefined;
      const { email } = z.object({ email: z.string() }).parse(item.data);
      return (await read(email))?.account;
    },
    signIn: async (given, password) => {
      const email = normal(given);
      const found = (await read(email))?.account;
      const waitMs = (found?.lockedUntil ?? 0) - clock.now();
      if (waitMs > 0) return { waitSeconds: Math.ceil(waitMs / 1000) };
      // an unknown address costs the same time as a wrong password
      const hash = await hashOf(password, found?.salt ?? 'nobody');
      const right = found !== undefined && timingSafeEqual(hash, Buffer.from(found.hash, 'base64url'));
      if (!right) {
        await count(email, (failures) => failures + 1);
        return { wrong: true };
      }
      if (found.failures > 0) await count(email, () => 0);
      return { account: found };
    },
  };
};

/** 1 s after the tenth wrong password, then 2, 4 … 900 s. */
const waitSecondsAfter = (failures: number): number => Math.min(WAIT_MAX_SECONDS, 2 ** (failures - FREE_FAILURES));
