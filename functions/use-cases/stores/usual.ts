import * as z from 'zod';
import { addDays, DAY_MS, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import { UNUSUAL } from '@hems/models/usage/unusual';
import type { Key, Table } from '../../ports/table.ts';

/** What a home used in each hour of the last weeks, Wh by date, `USUAL` of table `energy`: one small item, read when an hour ends. */
const usual = z.object({ days: z.record(z.string(), z.array(z.nullable(z.int()))) });
export type HoursByDate = ReadonlyMap<LocalDate, readonly (number | null)[]>;

const key = (householdId: string): Key => ({ table: 'energy', pk: `H#${householdId}`, sk: 'USUAL' });

export const readUsual = async (table: Table, householdId: string): Promise<HoursByDate> => {
  const item = await table.get(key(householdId));
  return new Map(item ? Object.entries(usual.parse(item.data).days) : []);
};

/** The days up to the date. Two who write at once write the same. */
export const putUsual = (
  table: Table,
  householdId: string,
  kept: { days: HoursByDate; date: LocalDate },
): Promise<void> => {
  const oldest = addDays(kept.date, 1 - UNUSUAL.days);
  const days = Object.fromEntries([...kept.days].filter(([date]) => date >= oldest && date <= kept.date));
  const expiresAt = Math.ceil((dayStart(kept.date) + 2 * UNUSUAL.days * DAY_MS) / 1000);
  return table.put({ ...key(householdId), data: { days }, expiresAt });
};
