import * as z from 'zod';
import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { FINAL_AFTER_DAYS } from '@hems/models/day/day-value';
import { ConditionFailed, type Key, type Table } from '../../ports/table.ts';

/**
 * Days that readings have come for late, `LATE#<date>` of table `energy`: ingest marks them once the readings are stored, the
 * daily run ends the mark once the day is derived anew. A mark that nobody ends goes by itself.
 */
const PREFIX = 'LATE#';
const KEPT_S = 60 * 86_400;
const mark = z.object({
  /** readings came while they could still change the day: they do, whenever a run gets to it */
  inTime: z.boolean(),
});
const key = (householdId: string, date: LocalDate): Key => ({
  table: 'energy',
  pk: `H#${householdId}`,
  sk: `${PREFIX}${date}`,
});

const isInTime = async (table: Table, place: Key): Promise<boolean> => {
  const item = await table.get(place);
  return item !== undefined && mark.parse(item.data).inTime;
};

/** Readings that come too late leave a mark that was made in time as it is, but for its version. */
export const markLate = async (
  table: Table,
  { householdId, date, atMs }: { householdId: string; date: LocalDate; atMs: number },
): Promise<void> => {
  const place = key(householdId, date);
  const inTime = date >= addDays(localDate(atMs), -FINAL_AFTER_DAYS) || (await isInTime(table, place));
  await table.put({ ...place, data: { inTime }, expiresAt: Math.floor(atMs / 1000) + KEPT_S });
};

export type LateDay = { readonly date: LocalDate; readonly version: number } & z.infer<typeof mark>;

export const readLateDays = async (table: Table, householdId: string): Promise<LateDay[]> => {
  const { items } = await table.query({ table: 'energy', value: `H#${householdId}`, prefix: PREFIX });
  return items.map(({ sk, version, data }) => ({ date: sk.slice(PREFIX.length), version, ...mark.parse(data) }));
};

/** Ends the mark that was read; one that was set again since stays for the next run. */
export const endLateDay = async (
  table: Table,
  householdId: string,
  { date, version, inTime, atMs }: LateDay & { readonly atMs: number },
): Promise<void> => {
  try {
    await table.put({
      ...key(householdId, date),
      data: { inTime },
      expiresAt: Math.floor(atMs / 1000),
      if: { version },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};
