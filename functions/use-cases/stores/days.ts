import * as z from 'zod';
import type { LocalDate } from '@hems/models/calendar/seoul';
import { dayItem, flows, type DayItem } from '@hems/models/day/day-value';
import type { Item, Key, Put, Table, Write } from '../../ports/table.ts';
import { TRANSACT_MAX } from '../../ports/table.ts';

/**
 * Daily items, `DAY#<date>` of table `energy`, kept for the life of the household: derived by the daily run, or handed in as
 * totals.
 */
const PREFIX = 'DAY#';
const key = (householdId: string, date: LocalDate): Key => ({
  table: 'energy',
  pk: `H#${householdId}`,
  sk: `${PREFIX}${date}`,
});
const parse = ({ data }: Item): DayItem => z.parse(dayItem, data);

/** Replaces days as a whole; a repeat changes nothing. */
export const putDays = async (table: Table, householdId: string, days: readonly DayItem[]): Promise<void> => {
  const writes = days.map((day): Write => ({ put: { ...key(householdId, day.date), data: day } }));
  for (let from = 0; from < writes.length; from += TRANSACT_MAX) {
    await table.transact(writes.slice(from, from + TRANSACT_MAX));
  }
};

/** The write of a day that was read at `version`, or not there (0). */
export const dayPut = (householdId: string, { day, version }: { day: DayItem; version: number }): Put => ({
  ...key(householdId, day.date),
  data: day,
  if: version === 0 ? { absent: true } : { version },
});

const readItems = async (
  table: Table,
  householdId: string,
  [from, to]: readonly [LocalDate, LocalDate],
): Promise<Item[]> => {
  const range = { from: `${PREFIX}${from}`, to: `${PREFIX}${to}` };
  const { items } = await table.query({ table: 'energy', value: `H#${householdId}`, ...range });
  return items;
};

/** Both dates inclusive, ascending. */
export const readDays = async (
  table: Table,
  householdId: string,
  range: readonly [LocalDate, LocalDate],
): Promise<DayItem[]> => (await readItems(table, householdId, range)).map(parse);

/** What a bill needs of a day: more than a year of them is read for one, and their reasons and scores would be most of that work. */
const billedDay = z.object({
  date: dayItem.shape.date,
  ...flows,
  quality: dayItem.shape.quality,
  missingSlots: dayItem.shape.missingSlots,
  missingImportSlots: dayItem.shape.missingImportSlots,
  unheard: dayItem.shape.unheard,
  source: dayItem.shape.source,
  bandWh: dayItem.shape.bandWh,
  cost: dayItem.shape.cost,
});
export type BilledDay = z.infer<typeof billedDay>;

export const readBilledDays = async (
  table: Table,
  householdId: string,
  range: readonly [LocalDate, LocalDate],
): Promise<BilledDay[]> => (await readItems(table, householdId, range)).map(({ data }) => billedDay.parse(data));

export type StoredDay = { readonly day: DayItem; readonly version: number };

/** The same with what a write of each has to find. */
export const readStoredDays = async (
  table: Table,
  householdId: string,
  range: readonly [LocalDate, LocalDate],
): Promise<StoredDay[]> =>
  (await readItems(table, householdId, range)).map((item) => ({ day: parse(item), version: item.version }));
