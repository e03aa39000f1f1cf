import type { Adapter, AdapterPayload } from 'oidc-provider';
import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Item, Key, Put, Table } from '../../ports/table.ts';
import type { KeptUntil } from './limiter.ts';

const payloadOf = z.custom<AdapterPayload>((value) => typeof value === 'object' && value !== null);

const SK = 'OIDC';
/** oidc-provider tells expiry by real time, the table by its own clock, which a replay sets: the table only clears up, later. */
const KEPT_AFTER_EXPIRY_SECONDS = 30 * 86_400;

export const keptUntil =
  (clock: Clock): KeptUntil =>
  (seconds) =>
    Math.floor(clock.now() / 1000) + seconds + KEPT_AFTER_EXPIRY_SECONDS;

const accountIndex = (sub: string): string => `OIDCACCOUNT#${sub}`;

/** Nothing that was given out to a person so far renews anything, and no browser of theirs is signed in any more. */
export const endSessions = async (table: Table, sub: string): Promise<void> => {
  const { items } = await table.query({ table: 'operations', by: 'i2', value: accountIndex(sub), prefix: SK });
  await Promise.all(items.map(async ({ table: name, pk, sk }) => await table.delete({ table: name, pk, sk })));
};

/**
 * Sessions, codes, refresh tokens and grants of oidc-provider in `operations`; `i1` finds a session by uid and tokens by grant, `i2` all of
 * a person's.
 */
export const tokenStore =
  (table: Table, clock: Clock) =>
  (model: string): Adapter => {
    const keyOf = (id: string): Key => ({ table: 'operations', pk: `OIDC#${model}#${id}`, sk: SK });
    const indexOf = ({ uid, grantId, accountId }: AdapterPayload): Pick<Put, 'i1' | 'i2'> => ({
      ...(grantId && { i1: `OIDCGRANT#${grantId}` }),
      ...(model === 'Session' && uid && { i1: `OIDCUID#${uid}` }),
      ...(accountId && { i2: accountIndex(accountId) }),
    });
    const byIndex = async (value: string): Promise<Item[]> =>
      (await table.query({ table: 'operations', by: 'i1', value, prefix: SK })).items;
    const find = async (id: string): Promise<AdapterPayload | undefined> => {
      const item = await table.get(keyOf(id));
      return item && payloadOf.parse(item.data);
    };
    return {
      upsert: async (id, payload, expiresIn) => {
        const expiry = expiresIn === undefined ? {} : { expiresAt: keptUntil(clock)(expiresIn) };
        await table.put({ ...keyOf(id), data: payload, ...indexOf(payload), ...expiry });
      },
      find,
      findByUid: async (uid) => {
        const [item] = await byIndex(`OIDCUID#${uid}`);
        return item && payloadOf.parse(item.data);
      },
      // the device flow is not offered
      findByUserCode: async () => undefined,
      /** Fails when the code or token was used in between: it opens once. */
      consume: async (id) => {
        const item = await table.get(keyOf(id));
        if (!item) return;
        const payload = { ...payloadOf.parse(item.data), consumed: Math.floor(Date.now() / 1000) };
        const { version, ...kept } = item;
        await table.put({ ...kept, data: payload, if: { version } });
      },
      destroy: async (id) => await table.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        const items = await byIndex(`OIDCGRANT#${grantId}`);
        await Promise.all(items.map(async ({ table: name, pk, sk }) => await table.delete({ table: name, pk, sk })));
      },
    };
  };
