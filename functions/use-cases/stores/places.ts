import * as z from 'zod';
import type { Check, Key, Put, Table } from '../../ports/table.ts';
import { sealed } from '../seal.ts';
import { opener, type KeyDeps, type Sealer } from './data-keys.ts';

/**
 * What says which home a household is, each field sealed with the household's key: `H#<household>` / `PLACE` of table `homes`. `name` is
 * what its residents call it. Found by the blind index of its address in `i1`, `A#<index>`, and by that of its building in `i2`, `BUILDING#<index>`.
 */
const FIELDS = ['name', 'address', 'unit', 'postalCode', 'customerNumber'] as const;
type Field = (typeof FIELDS)[number];
const stored = z.partialRecord(z.enum(FIELDS), sealed);

/** `address` is road and number, `unit` building and flat (동·호). */
export type Place = { readonly [field in Field]?: string };
/** As it was read at `version`; 0: nothing was said. */
export type KeptPlace = { readonly place: Place; readonly version: number };

const PLACE = 'PLACE';
const placeKey = (householdId: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk: PLACE });
const addressKey = (addressIndex: string): string => `A#${addressIndex}`;
const buildingKey = (buildingIndex: string): string => `BUILDING#${buildingIndex}`;

/** Blind indexes of a flat, and of the building that it is in. */
export type AddressIndexes = { readonly addressIndex: string; readonly buildingIndex: string };

export const readKeptPlace = async (deps: KeyDeps, householdId: string): Promise<KeptPlace> => {
  const item = await deps.table.get(placeKey(householdId));
  if (!item) return { place: {}, version: 0 };
  const open = await opener(deps, { household: householdId });
  const fields = stored.parse(item.data);
  const place = Object.fromEntries(
    FIELDS.flatMap((field) => {
      const text = fields[field];
      return text && open ? [[field, open.open(field, text)]] : [];
    }),
  );
  return { place, version: item.version };
};

export const readPlace = async (deps: KeyDeps, householdId: string): Promise<Place> =>
  (await readKeptPlace(deps, householdId)).place;

const asRead = (version: number) => (version === 0 ? ({ absent: true } as const) : { version });

/** The write of a place in place of the one that was read. */
export const placePut = (
  householdId: string,
  own: Sealer,
  { place: said, version, indexes }: KeptPlace & { readonly indexes?: AddressIndexes },
): Put => ({
  ...placeKey(householdId),
  data: Object.fromEntries(
    FIELDS.flatMap((field) => {
      const text = said[field];
      return text === undefined ? [] : [[field, own.seal(field, text)]];
    }),
  ),
  ...(indexes && { i1: addressKey(indexes.addressIndex), i2: buildingKey(indexes.buildingIndex) }),
  if: asRead(version),
});

/** The place is still the one that was read. */
export const placeCheck = (householdId: string, { version }: KeptPlace): Check => ({
  ...placeKey(householdId),
  if: asRead(version),
});

/** From an index, so one that came in the last second may still be absent. */
export const householdsAt = async (table: Table, addressIndex: string): Promise<string[]> => {
  const { items } = await table.query({ table: 'homes', by: 'i1', value: addressKey(addressIndex), prefix: PLACE });
  return items.map(({ pk }) => pk.slice('H#'.length));
};

/** The same of all that say they are in a building, whether or not they have proved it. */
export const householdsIn = async (table: Table, buildingIndex: string): Promise<string[]> => {
  const { items } = await table.query({ table: 'homes', by: 'i2', value: buildingKey(buildingIndex), prefix: PLACE });
  return items.map(({ pk }) => pk.slice('H#'.length));
};

/** Whether a household says that it is in one of the buildings. */
export const isInOneOf = async (
  table: Table,
  householdId: string,
  buildingIndexes: readonly string[],
): Promise<boolean> => {
  const item = await table.get(placeKey(householdId));
  return buildingIndexes.some((buildingIndex) => item?.i2 === buildingKey(buildingIndex));
};
