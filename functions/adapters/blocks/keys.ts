import { DAY_MS, dayStart, localDate, localTime, SLOT_MS, slotStart } from '@hems/models/calendar/seoul';
import type { DeviceKind } from '@hems/models/device/kinds';
import { KEPT_DAYS } from '@hems/models/reading/retention';
import type { Key, Query } from '../../ports/table.ts';
import { checkedId } from '../telemetry-rules.ts';

/**
 * Table `history`. A day of a device is a partition: `T#<telemetry id>#D#<device>#<kind>#<date>` holds `B#<HHMM>`
 * (electrical) and `E#<HHMM>` (air and room, which expire earlier). The partition `T#<telemetry id>` lists those days, as
 * `D#<device>#<kind>#<date>`, so that a series and an erasure find them by consistent reads; an index over the blocks
 * would double the price of each write and may lag.
 */
export type Part = 'B' | 'E';
export type Device = { readonly household: string; readonly deviceId: string; readonly kind: DeviceKind };
/** epoch ms, from inclusive, to exclusive */
export type Span = { readonly fromMs: number; readonly toMs: number };

const KEPT_MS: Record<Part, number> = {
  B: KEPT_DAYS.electrical * DAY_MS,
  E: KEPT_DAYS.environment * DAY_MS,
};

const listOf = (household: string): string => `T#${checkedId(household)}`;
const dateOf = (key: string): string => key.slice(-'YYYY-MM-DD'.length);

export const dayEntry = ({ household, deviceId, kind }: Device, ms: number): Key => ({
  table: 'history',
  pk: listOf(household),
  sk: `D#${checkedId(deviceId)}#${kind}#${localDate(ms)}`,
});

/** The partition behind an entry of the list. */
export const dayPartition = ({ pk, sk }: Pick<Key, 'pk' | 'sk'>): string => `${pk}#${sk}`;

const blockName = (part: Part, ms: number): string => `${part}#${localTime(slotStart(ms))}`;

export const blockKey = (day: Key, part: Part, ms: number): Key => ({
  table: 'history',
  pk: dayPartition(day),
  sk: blockName(part, ms),
});

/** Start of the 15 minutes of a block, epoch ms. */
export const blockStart = ({ pk, sk }: Pick<Key, 'pk' | 'sk'>): number => {
  const [hours, minutes] = [Number(sk.slice(2, 4)), Number(sk.slice(4, 6))];
  return dayStart(dateOf(pk)) + (hours * 60 + minutes) * 60_000;
};

/** Epoch seconds at which the last point of the block has been kept long enough. */
export const blockExpiry = (part: Part, ms: number): number => (slotStart(ms) + SLOT_MS + KEPT_MS[part]) / 1000;

/** A day stays listed as long as its last block. */
export const dayExpiry = ({ sk }: Key): number => blockExpiry('B', dayStart(dateOf(sk)) + DAY_MS - 1);

/** The listed days of a device that overlap the span. */
export const daysWithin = (device: Device, { fromMs, toMs }: Span): Query => ({
  table: 'history',
  value: listOf(device.household),
  from: dayEntry(device, fromMs).sk,
  to: dayEntry(device, toMs - 1).sk,
});

export const listedDays = (household: string): Query => ({ table: 'history', value: listOf(household) });

export const blocksOf = (partition: string): Query => ({ table: 'history', value: partition });

/** The blocks of one day that overlap the span. */
export const blocksWithin = (partition: string, part: Part, { fromMs, toMs }: Span): Query => {
  const start = dayStart(dateOf(partition));
  return {
    ...blocksOf(partition),
    from: blockName(part, Math.max(fromMs, start)),
    to: blockName(part, Math.min(toMs, start + DAY_MS) - 1),
  };
};
