import * as z from 'zod';
import type { PushTarget } from '../../ports/push.ts';
import { TRANSACT_MAX, type Item, type Key, type Put, type Table } from '../../ports/table.ts';
import { sealed } from '../seal.ts';
import { makingSealer, opener, type KeyDeps } from './data-keys.ts';

/**
 * Where a person may be woken: `U#<sub>` / `PUSH#<blind index of the address>` of table `people`, sealed with the person's key. Index `i1`
 * under the same `PUSH#…` says whose the address is: a browser is one person's at a time.
 */
const stored = z.object({ target: sealed, sinceMs: z.int() });
const target = z.object({ endpoint: z.string(), p256dh: z.string(), auth: z.string() });

const PUSH = 'PUSH#';
const FIELD = 'push-target';
/** A browser that comes back under a new address leaves its old one behind; the oldest make room. */
const MOST = 10;

const keyOf = async ({ keys }: KeyDeps, sub: string, { endpoint }: Pick<PushTarget, 'endpoint'>): Promise<Key> => ({
  table: 'people',
  pk: `U#${sub}`,
  sk: `${PUSH}${await keys.blindIndex(`push-target:${endpoint}`)}`,
});

const list = async (table: Table, sub: string): Promise<Item[]> =>
  (await table.query({ table: 'people', value: `U#${sub}`, prefix: PUSH })).items;

const endPut = ({ pk, sk }: Key, nowMs: number): Put => ({
  table: 'people',
  pk,
  sk,
  data: {},
  expiresAt: Math.floor(nowMs / 1000),
});

/** Others who were woken at the address before: whoever sits at the browser now is somebody else. */
const heldByOthers = async (table: Table, { pk, sk }: Key): Promise<Item[]> => {
  const { items } = await table.query({ table: 'people', by: 'i1', value: sk });
  return items.filter((item) => item.pk !== pk);
};

export const countPushTargets = async (table: Table, sub: string): Promise<number> => (await list(table, sub)).length;

export const readPushTargets = async (deps: KeyDeps, sub: string): Promise<PushTarget[]> => {
  const items = await list(deps.table, sub);
  const own = items.length > 0 ? await opener(deps, { person: sub }) : undefined;
  if (!own) return [];
  return items.map(({ data }) => target.parse(JSON.parse(own.open(FIELD, stored.parse(data).target))));
};

export const putPushTarget = async (
  deps: KeyDeps,
  sub: string,
  { target: added, nowMs }: { readonly target: PushTarget; readonly nowMs: number },
): Promise<void> => {
  const key = await keyOf(deps, sub, added);
  const own = await makingSealer(deps, { person: sub });
  const others = (await list(deps.table, sub)).filter(({ sk }) => sk !== key.sk);
  const oldest = others.toSorted((a, b) => stored.parse(b.data).sinceMs - stored.parse(a.data).sinceMs).slice(MOST - 1);
  const over = [...oldest, ...(await heldByOthers(deps.table, key))];
  const data = { target: own.seal(FIELD, JSON.stringify(added)), sinceMs: nowMs };
  await deps.table.transact([
    { put: { ...key, i1: key.sk, data } },
    ...over.slice(0, TRANSACT_MAX - 1).map((one) => ({ put: endPut(one, nowMs) })),
  ]);
};

/** The address does not exist any more, or is not the person's. Of another person it ends nothing. */
export const forgetPushTarget = async (
  deps: KeyDeps,
  sub: string,
  { target: gone, nowMs }: { readonly target: Pick<PushTarget, 'endpoint'>; readonly nowMs: number },
): Promise<void> => deps.table.put(endPut(await keyOf(deps, sub, gone), nowMs));

/** The person is woken nowhere any more. */
export const endPushTargets = async (table: Table, sub: string, nowMs: number): Promise<void> => {
  const items = await list(table, sub);
  for (let from = 0; from < items.length; from += TRANSACT_MAX)
    await table.transact(items.slice(from, from + TRANSACT_MAX).map((one) => ({ put: endPut(one, nowMs) })));
};
