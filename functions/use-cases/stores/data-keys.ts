import * as z from 'zod';
import type { Keys } from '../../ports/keys.ts';
import { ConditionFailed, type Check, type Item, type Key, type Put, type Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { openField, sealField, type Sealed } from '../seal.ts';

/**
 * The wrapped data key of each owner: `H#<household>` / `KEY` of table `homes`, `U#<sub>` / `KEY` of table `people`,
 * `PARTNER#<partner>` / `KEY` of table `operations`. Without the item nothing that its owner left sealed can be read again (crypto-shredding).
 */
const stored = z.object({ wrapped: z.string() });

export type Owner = { readonly household: string } | { readonly person: string } | { readonly partner: string };
export type KeyDeps = { readonly table: Table; readonly keys: Keys };

const nameOf = (owner: Owner): string => {
  if ('household' in owner) return `household:${owner.household}`;
  return 'person' in owner ? `person:${owner.person}` : `partner:${owner.partner}`;
};
const dataKeyKey = (owner: Owner): Key => {
  if ('household' in owner) return { table: 'homes', pk: `H#${owner.household}`, sk: 'KEY' };
  return 'person' in owner
    ? { table: 'people', pk: `U#${owner.person}`, sk: 'KEY' }
    : { table: 'operations', pk: `PARTNER#${owner.partner}`, sk: 'KEY' };
};

type Found = { readonly plain: Uint8Array; readonly version: Item['version'] };

const find = async ({ table, keys }: KeyDeps, owner: Owner): Promise<Found | undefined> => {
  const item = await table.get(dataKeyKey(owner));
  return item && { plain: await keys.unwrap(nameOf(owner), stored.parse(item.data).wrapped), version: item.version };
};

const findOrMake = async (deps: KeyDeps, owner: Owner): Promise<Found> => {
  const found = await find(deps, owner);
  if (found) return found;
  const { plain, wrapped } = await deps.keys.newDataKey(nameOf(owner));
  try {
    await deps.table.put({ ...dataKeyKey(owner), data: { wrapped }, if: { absent: true } });
    return { plain, version: 1 };
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    // made by another request in between: that one stands
    return await findOrMake(deps, owner);
  }
};

/** Seals and opens the fields of one owner. */
export type Sealer = {
  seal(field: string, text: string): Sealed;
  open(field: string, sealed: Sealed): string;
};

const sealerOf = (key: Uint8Array, owner: string): Sealer => ({
  seal: (field, text) => sealField(key, { owner, field }, text),
  open: (field, sealed) => openField(key, { owner, field }, sealed),
});

/** Makes the key where there is none: of a person or a partner at the first need, of a household only where the household is made. */
export const makingSealer = async (deps: KeyDeps, owner: Owner): Promise<Sealer> =>
  sealerOf((await findOrMake(deps, owner)).plain, nameOf(owner));

/**
 * For what is written to a household that is there. Its key was made with it: where that is gone the household is being erased, and gets
 * no other. `check` belongs in the transact of what is sealed: an erasure takes the key away before the rest, so nothing comes behind it.
 */
export const householdSealer = async (
  deps: KeyDeps,
  householdId: string,
): Promise<Sealer & { readonly check: Check }> => {
  const owner = { household: householdId };
  const found = await find(deps, owner);
  if (!found) throw new Refused('not-found', 'this household does not exist any more', 'erased');
  return { ...sealerOf(found.plain, nameOf(owner)), check: { ...dataKeyKey(owner), if: { version: found.version } } };
};

/** The key of an owner who is only being made: `put` belongs in the transact that makes them. */
export const newSealer = async (keys: Keys, owner: Owner): Promise<{ sealer: Sealer; put: Put }> => {
  const { plain, wrapped } = await keys.newDataKey(nameOf(owner));
  const put: Put = { ...dataKeyKey(owner), data: { wrapped }, if: { absent: true } };
  return { sealer: sealerOf(plain, nameOf(owner)), put };
};

/** Undefined: the owner never had a key, or was erased. */
export const opener = async (deps: KeyDeps, owner: Owner): Promise<Sealer | undefined> => {
  const key = await find(deps, owner);
  return key && sealerOf(key.plain, nameOf(owner));
};
