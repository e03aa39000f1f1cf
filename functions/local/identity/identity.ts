import type { JSONWebKeySet } from 'jose';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { systemClock } from '../clock.ts';
import type { Exchange } from '../http/exchange.ts';
import { accounts } from './accounts.ts';
import { openKeys } from './keys.ts';
import { identityProvider } from './provider.ts';
import { identityRoutes } from './sign-in.ts';
import type { User } from './users.ts';

export type IdentityParts = {
  readonly origin: string;
  /** where the keys are kept */
  readonly directory: string;
  readonly table: Table;
  /** the table's clock */
  readonly clock: Clock;
};

export type Identity = {
  readonly issuer: string;
  /** public keys */
  readonly jwks: JSONWebKeySet;
  readonly routes: (exchange: Exchange, path: string) => Promise<void>;
  /** lets them sign in, and lists them on the sign-in page */
  add(users: readonly User[]): Promise<void>;
};

/** The identity provider of the local host. Signing in follows the real time, whatever time a replay is at. */
export const openIdentity = async ({ origin, directory, table, clock }: IdentityParts): Promise<Identity> => {
  const keys = await openKeys(directory);
  const people = accounts(table, systemClock);
  const shown: User[] = [];
  const provider = identityProvider({ origin, table, clock, accounts: people, keys });
  const { kty, kid, alg, use, n, e } = keys.signing;
  return {
    issuer: origin,
    jwks: { keys: [{ kty, kid, alg, use, n, e }] },
    routes: identityRoutes({ provider, accounts: people, shown: () => shown }),
    add: async (users) => {
      await people.add(users);
      shown.push(...users);
    },
  };
};
