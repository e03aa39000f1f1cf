import { normalAddress, type Address } from '@hems/models/household/address';
import type { Keys } from '../../ports/keys.ts';
import type { Place } from '../stores/places.ts';

/** Finds a flat without keeping it, however it is written. */
export const addressIndexOf = (keys: Keys, address: Address): Promise<string> =>
  keys.blindIndex(`address:${normalAddress(address)}`);

/** The same of a building: every flat in it has this one. */
export const buildingIndexOf = (keys: Keys, { address, postalCode }: Omit<Address, 'unit'>): Promise<string> =>
  keys.blindIndex(`building:${normalAddress({ address, postalCode, unit: '' })}`);

/** Undefined: the household has not said where it is. */
export const claimedIndex = async (
  keys: Keys,
  { address, unit = '', postalCode }: Place,
): Promise<string | undefined> =>
  address === undefined || postalCode === undefined ? undefined : addressIndexOf(keys, { address, unit, postalCode });
