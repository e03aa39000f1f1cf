import * as z from 'zod';
import { HOUR_MS } from '@hems/models/calendar/seoul';
import type { Key, Table } from '../../ports/table.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import { Refused } from '../refusal.ts';

/**
 * Where a partner's lists go on: `PARTNER#<partner>` / `CURSOR#<random>` of table `operations`, for an hour. A cursor of a table names the household that a
 * page ended with, so it never leaves; what does is the name it is kept under, which opens for the same partner and the same list only.
 */
const stored = z.object({ list: z.string(), place: z.string() });
type Deps = { readonly table: Table; readonly clock: Clock; readonly ids: Ids };

const keyOf = (partnerId: string, name: string): Key => ({
  table: 'operations',
  pk: `PARTNER#${partnerId}`,
  sk: `CURSOR#${name}`,
});

export type PartnerList = { readonly partnerId: string; readonly list: string };

/** The name of a place; null: the list has ended. */
export const keepPlace = async (
  { table, clock, ids }: Deps,
  { partnerId, list }: PartnerList,
  place: string | undefined,
): Promise<string | null> => {
  if (place === undefined) return null;
  const name = ids.next();
  const expiresAt = Math.ceil((clock.now() + HOUR_MS) / 1000);
  await table.put({ ...keyOf(partnerId, name), data: { list, place }, expiresAt });
  return name;
};

export const placeOf = async (
  { table }: Pick<Deps, 'table'>,
  { partnerId, list }: PartnerList,
  name: string | undefined,
): Promise<string | undefined> => {
  if (name === undefined) return undefined;
  const item = await table.get(keyOf(partnerId, name));
  const found = item && stored.parse(item.data);
  if (found?.list === list) return found.place;
  throw new Refused(
    'invalid',
    'the cursor is none that you were given for this list in the last hour; start again without it',
    'bad-cursor',
  );
};
