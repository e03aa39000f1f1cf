import * as z from 'zod';
import type { LocalDate } from '@hems/models/calendar/seoul';
import { quality } from '@hems/models/reading/quality';
import type { Key, Table, Write } from '../../ports/table.ts';
import { TRANSACT_MAX } from '../../ports/table.ts';

/** Daily totals, `DAY#<date>` of table `energy`, for days whose quarter hours are not held; kept for the life of the household. */
const wh = z.optional(z.int().nonnegative());
export const dayTotal = z.object({
  date: z.string(),
  importWh: wh,
  exportWh: wh,
  solarWh: wh,
  toBatteryWh: wh,
  fromBatteryWh: wh,
  loadWh: wh,
  quality,
  /** who said so */
  source: z.enum(['simulated', 'imported']),
});
export type DayTotal = z.infer<typeof dayTotal>;

const key = (householdId: string, date: LocalDate): Key => ({
  table: 'energy',
  pk: `H#${householdId}`,
  sk: `DAY#${date}`,
});

/** Replaces days as a whole; a repeat changes nothing. */
export const putDays = async (table: Table, householdId: string, days: readonly DayTotal[]): Promise<void> => {
  const writes = days.map((day): Write => ({ put: { ...key(householdId, day.date), data: day } }));
  for (let from = 0; from < writes.length; from += TRANSACT_MAX) {
    await table.transact(writes.slice(from, from + TRANSACT_MAX));
  }
};

/** Both dates inclusive, ascending. */
export const readDays = async (
  table: Table,
  householdId: string,
  [from, to]: [LocalDate, LocalDate],
): Promise<DayTotal[]> => {
  const range = { from: `DAY#${from}`, to: `DAY#${to}` };
  const { items } = await table.query({ table: 'energy', value: `H#${householdId}`, ...range });
  return items.map(({ data }) => dayTotal.parse(data));
};
