import * as z from 'zod';
import { DAY_MS, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import { INTERVAL_MINUTES, REACH_DAYS, type Interval } from '@hems/models/site/intervals';
import { quality } from '@hems/models/reading/quality';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * What the meters of a building's common areas counted: `INTERVALS#<site>#<date>#<meter>` in the partition of its partner, table
 * `operations`; an item is a meter and a Korean day. No household's use is in it.
 */
const row = z.tuple([
  /** ms after the start of the day */
  z.int(),
  z.literal(INTERVAL_MINUTES),
  z.int().nullable(),
  z.int().nullable(),
  quality,
  z.int(),
]);
const stored = z.object({ rows: z.array(row) });

export type Meter = { readonly partnerId: string; readonly siteId: string; readonly meterId: string };
export type MeterDay = { readonly intervals: readonly Interval[]; readonly version: number };

const prefixOf = (siteId: string, date: LocalDate): string => `INTERVALS#${siteId}#${date}#`;

const key = ({ partnerId, siteId, meterId }: Meter, date: LocalDate): Key => ({
  table: 'operations',
  pk: `PARTNER#${partnerId}`,
  sk: `${prefixOf(siteId, date)}${meterId}`,
});

const parse = (data: unknown, date: LocalDate): Interval[] =>
  stored.parse(data).rows.map(([offset, minutes, importWh, exportWh, of, revision]) => ({
    fromMs: dayStart(date) + offset,
    minutes,
    importWh,
    exportWh,
    quality: of,
    revision,
  }));

/** Version 0: nothing came of that day. */
export const readMeterDay = async (table: Table, meter: Meter, date: LocalDate): Promise<MeterDay> => {
  const item = await table.get(key(meter, date));
  return item ? { intervals: parse(item.data, date), version: item.version } : { intervals: [], version: 0 };
};

/** The write of a day that was read at its version; kept for as long as a building may still send. */
export const meterDayPut = (meter: Meter, date: LocalDate, { intervals, version }: MeterDay): Put => ({
  ...key(meter, date),
  data: {
    rows: intervals.map((one) => [
      one.fromMs - dayStart(date),
      one.minutes,
      one.importWh,
      one.exportWh,
      one.quality,
      one.revision,
    ]),
  },
  expiresAt: Math.ceil((dayStart(date) + (REACH_DAYS + 1) * DAY_MS) / 1000),
  if: version === 0 ? { absent: true } : { version },
});

/** By meter; of one of which nothing came on that day there is none. */
export const readSiteDay = async (
  table: Table,
  { partnerId, siteId }: Omit<Meter, 'meterId'>,
  date: LocalDate,
): Promise<ReadonlyMap<string, readonly Interval[]>> => {
  const { items } = await table.query({
    table: 'operations',
    value: `PARTNER#${partnerId}`,
    prefix: prefixOf(siteId, date),
  });
  const prefix = prefixOf(siteId, date);
  return new Map(items.map(({ sk, data }) => [sk.slice(prefix.length), parse(data, date)]));
};
