import type { JSONWebKeySet } from 'jose';
import type { Clock } from '../../ports/clock.ts';
import type { Identity as IdentityPort } from '../../ports/identity.ts';
import type { Keys } from '../../ports/keys.ts';
import type { Mailer } from '../../ports/mailer.ts';
import type { Table } from '../../ports/table.ts';
import { systemClock } from '../clock.ts';
import type { Exchange } from '../http/exchange.ts';
import { accounts, type Accounts } from './accounts.ts';
import { guesses } from './guesses.ts';
import { openKeys } from './keys.ts';
import { limiter } from './limiter.ts';
import { identityProvider } from './provider.ts';
import { identityRoutes } from './sign-in.ts';
import { endSessions, keptUntil } from './token-store.ts';
import type { User } from './users.ts';
import { verifications } from './verifications.ts';

export type IdentityParts = {
  readonly origin: string;
  /** where the provider's own keys are kept */
  readonly directory: string;
  readonly table: Table;
  /** the table's clock */
  readonly clock: Clock;
  /** seal what accounts keep of people */
  readonly keys: Keys;
  readonly mailer: Mailer;
};

export type Identity = {
  readonly issuer: string;
  /** public keys */
  readonly jwks: JSONWebKeySet;
  readonly routes: (exchange: Exchange, path: string) => Promise<void>;
  /** lets them sign in, and lists them on the sign-in page */
  add(users: readonly User[]): Promise<void>;
  /** what the use cases know of the accounts */
  readonly port: IdentityPort;
};

/** `Identity` over the accounts of the local host. There is none whose address was not verified, demo sign-ins apart. */
const localIdentity = (table: Table, people: Accounts): IdentityPort => ({
  read: async (sub) => {
    const found = await people.bySub(sub);
    return found && { sub, email: found.email, emailVerified: true, name: found.name };
  },
  signOut: async (sub) => await endSessions(table, sub),
  delete: async (sub) => {
    await people.remove(sub);
    await endSessions(table, sub);
  },
});

/** The identity provider of the local host. Signing in follows the real time, whatever time a replay is at. */
export const openIdentity = async (parts: IdentityParts): Promise<Identity> => {
  const { origin, directory, table, clock, keys, mailer } = parts;
  const own = await openKeys(directory);
  const shared = { table, keys, clock: systemClock, keptUntil: keptUntil(clock) };
  const people = accounts({ table, keys, guesses: guesses(shared) });
  const port = localIdentity(table, people);
  const shown: User[] = [];
  const provider = identityProvider({ origin, table, clock, accounts: people, keys: own });
  const { kty, kid, alg, use, n, e } = own.signing;
  return {
    issuer: origin,
    jwks: { keys: [{ kty, kid, alg, use, n, e }] },
    routes: identityRoutes({
      provider,
      accounts: people,
      verifications: verifications({ ...shared, limiter: limiter(shared), mailer, accounts: people }),
      endSessions: async (sub) => await port.signOut(sub),
      shown: () => shown,
    }),
    add: async (users) => {
      await people.add(users);
      shown.push(...users);
    },
    port,
  };
};
