import * as z from 'zod';
import { DAY_MS, SLOT_MS, slotStart } from '@hems/models/calendar/seoul';
import { KEPT_DAYS } from '@hems/models/reading/retention';
import type { Observation } from '@hems/models/reading/point';
import { canCount, REACH_MS } from '@hems/models/usage/intervals';
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

const slotEnds = z.object({ rows: z.array(z.unknown()) });

/** Value `index` of a row as it was stored; rows between the ends are looked at by the ten thousand, so they are not parsed. */
const valueAt = (one: unknown, index: number): number | undefined => {
  const value: unknown = Array.isArray(one) ? one[index] : undefined;
  return typeof value === 'number' ? value : undefined;
};
const REGISTERS = [5, 6] as const;
const hasRegister = (one: unknown): boolean => REGISTERS.some((index) => valueAt(one, index) !== undefined);

/** Whether what two rows tell between them is the difference of their registers. */
const areSteps = (before: unknown, after: unknown): boolean =>
  REGISTERS.every((index) => {
    const [a, b] = [valueAt(before, index), valueAt(after, index)];
    if (a === undefined || b === undefined) return a === b;
    return canCount(b - a, (valueAt(after, 0) ?? 0) - (valueAt(before, 0) ?? 0));
  });

/** Whether the registers count up from the first row to the last without a break. */
const areSteady = (rows: readonly unknown[]): boolean => {
  if (!hasRegister(rows.at(0)) || !hasRegister(rows.at(-1))) return false;
  const told = rows.filter(hasRegister);
  return told.every((one, index) => index === 0 || areSteps(told[index - 1], one));
};

/** The first and the last observation of a slot whose registers counted up from the one to the other. Else all of them. */
const parseEnds = (item: Item): Slot => {
  const { rows } = slotEnds.parse(item.data);
  if (rows.length <= 2 || !areSteady(rows)) return parseSlot(item);
  const startMs = startOf(item);
  return [row.parse(rows[0]), row.parse(rows.at(-1))].map((one) => observationOf(one, startMs));
};

type DeviceId = { readonly householdId: string; readonly deviceId: string };
type Span = { readonly fromMs: number; readonly toMs: number };

const itemsAround = async (table: Table, { householdId, deviceId }: DeviceId, range: Span): Promise<Item[]> => {
  const partition = { table: 'energy', value: `H#${householdId}` } as const;
  const own = prefix(deviceId);
  const fromMs = slotStart(range.fromMs - REACH_MS);
  const toMs = range.toMs + REACH_MS;
  const [before, within, after] = await Promise.all([
    table.query({ ...partition, from: own, to: `${own}${stamp(fromMs - 1)}`, descending: true, limit: 1 }),
    table.query({ ...partition, from: `${own}${stamp(fromMs)}`, to: `${own}${stamp(toMs - 1)}` }),
    table.query({ ...partition, from: `${own}${stamp(toMs)}`, to: `${own}9999999999`, limit: 1 }),
  ]);
  return [...before.items, ...within.items, ...after.items];
};

/** What a device said in the range and within reach of it, ascending, with its nearest slot beyond on either side. */
export const readSamples = async (table: Table, device: DeviceId, range: Span): Promise<Slot> =>
  (await itemsAround(table, device, range)).flatMap(parseSlot);

/**
 * The same as far as the energy of whole quarter hours needs it, for long spans: a tenth of the words of a device that reports each minute.
 * What registers say of a quarter hour is the same, also where they begin anew; what was told of quality between its ends is not heard.
 */
export const readSlotEnds = async (table: Table, device: DeviceId, range: Span): Promise<Slot> =>
  (await itemsAround(table, device, range)).flatMap(parseEnds);
