import * as z from 'zod';
import { addDays, DAY_MS, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import { KEPT_DAYS } from '@hems/models/reading/retention';
import { TRANSACT_MAX, type Item, type Key, type Put, type Table, type Write } from '../../ports/table.ts';

/**
 * What the 24 hours of a Korean day came to, whole Wh, `HOURS#<date>` of table `energy`; null: not known, or the home has no such device.
 * Kept as long as the quarter hours they are made of.
 */
const PREFIX = 'HOURS#';
const hours = z.array(z.nullable(z.int().nonnegative())).length(24).readonly();
/** Wh of the hours 0 to 23; null: not known. */
export const flowsByHour = z.object({ loadWh: hours, importWh: hours, solarWh: hours });

export type DayHours = z.infer<typeof hours>;
export type HoursOfDay = { readonly date: LocalDate } & Readonly<z.infer<typeof flowsByHour>>;
export type StoredHours = { readonly hours: HoursOfDay; readonly version: number };

const key = (householdId: string, date: LocalDate): Key => ({
  table: 'energy',
  pk: `H#${householdId}`,
  sk: `${PREFIX}${date}`,
});

const unconditional = (householdId: string, { date, loadWh, importWh, solarWh }: HoursOfDay): Put => ({
  ...key(householdId, date),
  data: { loadWh, importWh, solarWh },
  expiresAt: Math.ceil((dayStart(addDays(date, 1)) + KEPT_DAYS.quarterHours * DAY_MS) / 1000),
});

/** The write of the hours of a day that were read at `version`, or not there (0). */
export const hoursPut = (householdId: string, { hours: own, version }: StoredHours): Put => ({
  ...unconditional(householdId, own),
  if: version === 0 ? { absent: true } : { version },
});

/** Replaces the hours of days as a whole; a repeat changes nothing. */
export const putHours = async (table: Table, householdId: string, days: readonly HoursOfDay[]): Promise<void> => {
  const writes = days.map((day): Write => ({ put: unconditional(householdId, day) }));
  for (let from = 0; from < writes.length; from += TRANSACT_MAX)
    await table.transact(writes.slice(from, from + TRANSACT_MAX));
};

const parse = ({ sk, data }: Item): HoursOfDay => ({ date: sk.slice(PREFIX.length), ...flowsByHour.parse(data) });

/** Both dates inclusive, ascending, with what a write of each has to find. */
export const readStoredHours = async (
  table: Table,
  householdId: string,
  [from, to]: readonly [LocalDate, LocalDate],
): Promise<StoredHours[]> => {
  const range = { from: `${PREFIX}${from}`, to: `${PREFIX}${to}` };
  const { items } = await table.query({ table: 'energy', value: `H#${householdId}`, ...range });
  return items.map((item) => ({ hours: parse(item), version: item.version }));
};

/** Both dates inclusive, ascending; days of which nothing is kept are left out. */
export const readHours = async (
  table: Table,
  householdId: string,
  range: readonly [LocalDate, LocalDate],
): Promise<HoursOfDay[]> => (await readStoredHours(table, householdId, range)).map((one) => one.hours);
