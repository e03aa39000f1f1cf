import * as z from 'zod';
import { dayStart, addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { ConditionFailed, type Key, type Table } from '../../ports/table.ts';

/**
 * The Korean day on which a person looked last, `U#<sub>` / `SEEN` of table `people`, until that day is over: who looks is counted once a day,
 * and forgotten.
 */
const seen = z.object({ on: z.string() });
const seenKey = (sub: string): Key => ({ table: 'people', pk: `U#${sub}`, sk: 'SEEN' });

/** Whether this is the person's first look of the day. Of several at once, one is. */
export const noteSeen = async (table: Table, sub: string, nowMs: number): Promise<boolean> => {
  const on: LocalDate = localDate(nowMs);
  const item = await table.get(seenKey(sub));
  if (item && seen.parse(item.data).on === on) return false;
  try {
    await table.put({
      ...seenKey(sub),
      data: { on },
      expiresAt: Math.ceil(dayStart(addDays(on, 1)) / 1000),
      if: item ? { version: item.version } : { absent: true },
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
};
