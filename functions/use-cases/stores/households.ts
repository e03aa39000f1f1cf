import * as z from 'zod';
import { deviceKind } from '@hems/models/device/kinds';
import { buildingType, origin, role } from '@hems/models/household/household';
import { shardOf } from '@hems/models/household/shard';
import type { Check, Item, Key, Put, Table } from '../../ports/table.ts';
import { sealed } from '../seal.ts';
import { revokedAmong } from './gateways.ts';

/**
 * Households, their members and devices; table `homes`. `H#<household>` is the authorisation boundary. The telemetry id
 * leads to the household by one item that can be deleted.
 */
const profile = z.object({
  telemetryId: z.string(),
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
  /** what it is called until a resident names it; says nothing of the home */
  name: z.string(),
  /** the name a resident gave it */
  label: z.optional(sealed),
  gateway: z.string(),
  status: z.enum(['active', 'retired', 'replaced']),
  /** of a replaced one: by which device, from when on that one counts in its place, and whether both told the same while both measured */
  replaced: z.optional(z.object({ by: z.string(), atMs: z.int(), alike: z.boolean() })),
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

const linkPut = ({ telemetryId, householdId }: Profile): Put => ({ ...link(telemetryId), data: { householdId } });
const profileItem = ({ householdId, ...data }: Profile) => ({ ...home(householdId, PROFILE), data });

/** Creates or replaces the profile and the way from its telemetry id. */
export const putProfile = async (table: Table, one: Profile): Promise<void> => {
  const i2 = shardKey(shardOf(one.householdId));
  await table.transact([{ put: { ...profileItem(one), i2 } }, { put: linkPut(one) }]);
};

/** The writes of a household that is not there yet. Without a shard no daily run visits it: nothing is settled or ranked for it. */
export const newProfilePuts = (one: Profile, { inShard }: { readonly inShard: boolean }): Put[] => [
  { ...profileItem(one), ...(inShard && { i2: shardKey(shardOf(one.householdId)) }), if: { absent: true } },
  { ...linkPut(one), if: { absent: true } },
];

/** The profile with the write of another in its place; what index it stands in does not change. `check`: it is still there, as it was read. */
export const readKeptProfile = async (
  table: Table,
  householdId: string,
): Promise<{ profile: Profile; put: (changed: Profile) => Put; check: Check } | undefined> => {
  const item = await table.get(home(householdId, PROFILE));
  if (!item) return undefined;
  const { i2, version } = item;
  return {
    profile: { ...profile.parse(item.data), householdId },
    put: (changed) => ({ ...profileItem(changed), ...(i2 !== undefined && { i2 }), if: { version } }),
    check: { ...home(householdId, PROFILE), if: { version } },
  };
};

export const householdOf = async (table: Table, telemetryId: string): Promise<string | undefined> => {
  const item = await table.get(link(telemetryId));
  return item && telemetryLink.parse(item.data).householdId;
};

export type Way = { readonly householdId: string; readonly revoked: ReadonlySet<string> };
/** The household behind a telemetry id and which of its gateways were revoked, in one read. */
export const wayOf = async (table: Table, telemetryId: string): Promise<Way | undefined> => {
  const { pk, sk } = link(telemetryId);
  const { items } = await table.query({ table: 'homes', value: pk });
  const item = items.find((one) => one.sk === sk);
  return item && { householdId: telemetryLink.parse(item.data).householdId, revoked: revokedAmong(items) };
};

export const memberKey = (householdId: string, sub: string): Key => home(householdId, `${MEMBER}${sub}`);
export const parseMember = (item: Item): Member => ({
  ...member.parse(item.data),
  householdId: item.pk.slice('H#'.length),
  sub: item.sk.slice(MEMBER.length),
});

export const readMember = async (table: Table, householdId: string, sub: string): Promise<Member | undefined> => {
  const item = await table.get(memberKey(householdId, sub));
  return item && parseMember(item);
};

export const memberPut = ({ householdId, sub, ...data }: Member): Put => ({
  ...memberKey(householdId, sub),
  i1: `U#${sub}`,
  data,
});
export const putMember = async (table: Table, one: Member): Promise<void> => table.put(memberPut(one));

/** Ends a membership: the item is expired as of `nowMs`, so no read finds it and no index leads to it. */
export const memberEnd = ({ householdId, sub, ...data }: Member, nowMs: number): Put => ({
  ...memberKey(householdId, sub),
  data,
  expiresAt: Math.floor(nowMs / 1000),
});

/** Everybody of a household, from its own partition: whoever has joined is there, whoever has left is not. */
export const membersOf = async (table: Table, householdId: string): Promise<Member[]> => {
  const { items } = await table.query({ table: 'homes', value: `H#${householdId}`, prefix: MEMBER });
  return items.map(parseMember);
};

/** From an index, so a membership of the last second may still be absent. Never an authorisation: that is `readMember`. */
export const membershipsOf = async (table: Table, sub: string): Promise<Member[]> => {
  const { items } = await table.query({ table: 'homes', by: 'i1', value: `U#${sub}` });
  return items.map(({ pk, data }) => ({ ...member.parse(data), householdId: pk.slice('H#'.length), sub }));
};

export const devicePut = (householdId: string, { deviceId, ...data }: Device): Put => ({
  ...home(householdId, `${DEVICE}${deviceId}`),
  i1: `D#${deviceId}`,
  i2: `G#${data.gateway}`,
  data,
});

/** A device and the version that was read. */
export const readDevice = async (
  table: Table,
  householdId: string,
  deviceId: string,
): Promise<(Device & { readonly version: number }) | undefined> => {
  const item = await table.get(home(householdId, `${DEVICE}${deviceId}`));
  return item && { ...device.parse(item.data), deviceId, version: item.version };
};

export const listDevices = async (table: Table, householdId: string): Promise<Device[]> => {
  const { items } = await table.query({ table: 'homes', value: `H#${householdId}`, prefix: DEVICE });
  return items.map(({ sk, data }) => ({ ...device.parse(data), deviceId: sk.slice(DEVICE.length) }));
};

export const putDevice = async (table: Table, householdId: string, one: Device): Promise<void> =>
  table.put(devicePut(householdId, one));

const distinct = (items: readonly Item[]): string[] => [...new Set(items.map(({ pk }) => pk.slice('H#'.length)))];

/** For support, who know a device or a gateway and not whose it is. From an index: never an authorisation. */
export const householdsOfDevice = async (table: Table, deviceId: string): Promise<string[]> =>
  distinct((await table.query({ table: 'homes', by: 'i1', value: `D#${deviceId}` })).items);
export const householdsOfGateway = async (table: Table, gateway: string): Promise<string[]> =>
  distinct((await table.query({ table: 'homes', by: 'i2', value: `G#${gateway}` })).items);

/** From an index, so a household of the last second may still be absent; the next run finds it. */
export const householdsOfShard = async (table: Table, shard: number): Promise<Profile[]> => {
  const { items } = await table.query({ table: 'homes', by: 'i2', value: shardKey(shard) });
  return items.map(({ pk, data }) => ({ ...profile.parse(data), householdId: pk.slice('H#'.length) }));
};
