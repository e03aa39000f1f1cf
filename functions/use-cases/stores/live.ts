import * as z from 'zod';
import { deviceKind, type DeviceKind } from '@hems/models/device/kinds';
import type { Observation } from '@hems/models/reading/point';
import { QUANTITY_NAMES } from '@hems/models/reading/quantities';
import type { Item, Key, Put, Table } from '../../ports/table.ts';

/** The newest observation of each device, `LIVE#<device>` of table `energy`. */
const liveState = z.object({
  kind: deviceKind,
  ts: z.int(),
  boot: z.int(),
  seq: z.int(),
  q: z.int(),
  quantities: z.partialRecord(z.enum(QUANTITY_NAMES), z.int()),
  /** of the message that brought it */
  correlationId: z.string().optional(),
});
export type LiveState = Observation & { readonly kind: DeviceKind; readonly correlationId?: string | undefined };

const LIVE = 'LIVE#';

export const liveKey = (householdId: string, deviceId: string): Key => ({
  table: 'energy',
  pk: `H#${householdId}`,
  sk: `${LIVE}${deviceId}`,
});

export const parseLive = (item: Item): LiveState => liveState.parse(item.data);

/** The write of a state that was read at `version`, or not there (0). */
export const livePut = (key: Key, { value, version }: { value: LiveState; version: number }): Put => ({
  ...key,
  data: value,
  if: version === 0 ? { absent: true } : { version },
});

export const readLiveStates = async (table: Table, householdId: string): Promise<Map<string, LiveState>> => {
  const { items } = await table.query({ table: 'energy', value: `H#${householdId}`, prefix: LIVE });
  return new Map(items.map((item) => [item.sk.slice(LIVE.length), parseLive(item)]));
};
