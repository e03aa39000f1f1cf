import * as z from 'zod';
import { DAY_MS, SLOT_MS, slotStart } from '@hems/models/calendar/seoul';
import { KEPT_DAYS } from '@hems/models/reading/retention';
import type { Observation } from '@hems/models/reading/point';
import { REACH_MS } from '@hems/models/usage/intervals';
import type { Slot } from '@hems/models/usage/slot';
import type { Item, Key, Put, Table } from '../../ports/table.ts';

/** What each device said per quarter hour, `S#<device>#<slot start, epoch s>` of table `energy`. */
const KEPT_MS = KEPT_DAYS.quarterHours * DAY_MS;

/** One observation: ms after the slot's start, boot, seq, q, W, Wh in, Wh out; null where the device said nothing. */
const row = z.tuple([
  z.int(),
  z.int(),
  z.int(),
  z.int(),
  z.nullable(z.int()),
  z.nullable(z.int()),
  z.nullable(z.int()),
]);
const slot = z.object({ rows: z.array(row) });
type Row = z.infer<typeof row>;

const rowOf = ({ ts, boot, seq, q, quantities }: Observation, startMs: number): Row => [
  ts - startMs,
  boot,
  seq,
  q,
  quantities.power_w ?? null,
  quantities.energy_import_wh ?? null,
  quantities.energy_export_wh ?? null,
];

const observationOf = ([offset, boot, seq, q, powerW, importWh, exportWh]: Row, startMs: number): Observation => ({
  ts: startMs + offset,
  boot,
  seq,
  q,
  quantities: {
    ...(powerW !== null && { power_w: powerW }),
    ...(importWh !== null && { energy_import_wh: importWh }),
    ...(exportWh !== null && { energy_export_wh: exportWh }),
  },
});

const stamp = (ms: number): string => String(Math.floor(ms / 1000)).padStart(10, '0');
const prefix = (deviceId: string): string => `S#${deviceId}#`;

export const slotKey = (householdId: string, deviceId: string, startMs: number): Key => ({
  table: 'energy',
  pk: `H#${householdId}`,
  sk: `${prefix(deviceId)}${stamp(startMs)}`,
});

const startOf = ({ sk }: Key): number => Number(sk.slice(sk.lastIndexOf('#') + 1)) * 1000;

export const parseSlot = (item: Item): Slot => {
  const startMs = startOf(item);
  return slot.parse(item.data).rows.map((one) => observationOf(one, startMs));
};

/** The write of a slot that was read at `version`, or not there (0). */
export const slotPut = (key: Key, { value, version }: { value: Slot; version: number }): Put => {
  const startMs = startOf(key);
  return {
    ...key,
    data: { rows: value.map((one) => rowOf(one, startMs)) },
    expiresAt: Math.ceil((startMs + SLOT_MS + KEPT_MS) / 1000),
    if: version === 0 ? { absent: true } : { version },
  };
};

/** The first word of a device that is still kept. */
export const readFirstMs = async (
  table: Table,
  { householdId, deviceId }: { householdId: string; deviceId: string },
): Promise<number | undefined> => {
  const { items } = await table.query({
    table: 'energy',
    value: `H#${householdId}`,
    prefix: prefix(deviceId),
    limit: 1,
  });
  return items.flatMap(parseSlot)[0]?.ts;
};

/** What a device said in the range and within reach of it, ascending, with its nearest slot beyond on either side. */
export const readSamples = async (
  table: Table,
  { householdId, deviceId }: { householdId: string; deviceId: string },
  range: { fromMs: number; toMs: number },
): Promise<Slot> => {
  const partition = { table: 'energy', value: `H#${householdId}` } as const;
  const own = prefix(deviceId);
  const fromMs = slotStart(range.fromMs - REACH_MS);
  const toMs = range.toMs + REACH_MS;
  const [before, within, after] = await Promise.all([
    table.query({ ...partition, from: own, to: `${own}${stamp(fromMs - 1)}`, descending: true, limit: 1 }),
    table.query({ ...partition, from: `${own}${stamp(fromMs)}`, to: `${own}${stamp(toMs - 1)}` }),
    table.query({ ...partition, from: `${own}${stamp(toMs)}`, to: `${own}9999999999`, limit: 1 }),
  ]);
  return [...before.items, ...within.items, ...after.items].flatMap(parseSlot);
};
