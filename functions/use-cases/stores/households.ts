import * as z from 'zod';
import { deviceKind } from '@hems/models/device/kinds';
import { buildingType, origin, role } from '@hems/models/household/household';
import { shardOf } from '@hems/models/household/shard';
import type { Key, Table, Write } from '../../ports/table.ts';

/**
 * Households, their members and devices; table `homes`. `H#<household>` is the authorisation boundary. The telemetry id
 * leads to the household by one item that can be deleted.
 */
const profile = z.object({
  telemetryId: z.string(),
  name: z.string(),
  buildingType,
  /** city or district 시군구; with the building type it says which homes are comparable */
  region: z.optional(z.string()),
  areaM2: z.optional(z.number()),
  people: z.optional(z.int()),
  origin: z.optional(origin),
});
const member = z.object({ role });
const device = z.object({
  kind: deviceKind,
  name: z.string(),
  gateway: z.string(),
  status: z.enum(['active', 'retired']),
});
const telemetryLink = z.object({ householdId: z.string() });

export type Profile = z.infer<typeof profile> & { readonly householdId: string };
export type Member = z.infer<typeof member> & { readonly householdId: string; readonly sub: string };
export type Device = z.infer<typeof device> & { readonly deviceId: string };

const PROFILE = 'PROFILE';
const MEMBER = 'MEMBER#';
const DEVICE = 'DEVICE#';

const home = (householdId: string, sk: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk });
const shardKey = (shard: number): string => `S#${shard}`;
const link = (telemetryId: string): Key => ({ table: 'homes', pk: `T#${telemetryId}`, sk: 'HOUSEHOLD' });

export const readProfile = async (table: Table, householdId: string): Promise<Profile | undefined> => {
  const item = await table.get(home(householdId, PROFILE));
  return item && { ...profile.parse(item.data), householdId };
};

/** Creates or replaces the profile and the way from its telemetry id. */
export const putProfile = async (table: Table, { householdId, ...data }: Profile): Promise<void> => {
  const writes: Write[] = [
    { put: { ...home(householdId, PROFILE), i2: shardKey(shardOf(householdId)), data } },
    { put: { ...link(data.telemetryId), data: { householdId } } },
  ];
  await table.transact(writes);
};

export const householdOf = async (table: Table, telemetryId: string): Promise<string | undefined> => {
  const item = await table.get(link(telemetryId));
  return item && telemetryLink.parse(item.data).householdId;
};

export const readMember = async (table: Table, householdId: string, sub: string): Promise<Member | undefined> => {
  const item = await table.get(home(householdId, `${MEMBER}${sub}`));
  return item && { ...member.parse(item.data), householdId, sub };
};

export const putMember = async (table: Table, { householdId, sub, ...data }: Member): Promise<void> =>
  table.put({ ...home(householdId, `${MEMBER}${sub}`), i1: `U#${sub}`, data });

export const removeMember = async (table: Table, householdId: string, sub: string): Promise<void> =>
  table.delete(home(householdId, `${MEMBER}${sub}`));

/** From an index, so a membership of the last second may still be absent. Never an authorisation: that is `readMember`. */
export const membershipsOf = async (table: Table, sub: string): Promise<Member[]> => {
  const { items } = await table.query({ table: 'homes', by: 'i1', value: `U#${sub}` });
  return items.map(({ pk, data }) => ({ ...member.parse(data), householdId: pk.slice('H#'.length), sub }));
};

export const listDevices = async (table: Table, householdId: string): Promise<Device[]> => {
  const { items } = await table.query({ table: 'homes', value: `H#${householdId}`, prefix: DEVICE });
  return items.map(({ sk, data }) => ({ ...device.parse(data), deviceId: sk.slice(DEVICE.length) }));
};

export const putDevice = async (table: Table, householdId: string, { deviceId, ...data }: Device): Promise<void> =>
  table.put({ ...home(householdId, `${DEVICE}${deviceId}`), data });

/** From an index, so a household of the last second may still be absent; the next run finds it. */
export const householdsOfShard = async (table: Table, shard: number): Promise<Profile[]> => {
  const { items } = await table.query({ table: 'homes', by: 'i2', value: shardKey(shard) });
  return items.map(({ pk, data }) => ({ ...profile.parse(data), householdId: pk.slice('H#'.length) }));
};
