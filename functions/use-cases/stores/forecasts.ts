import * as z from 'zod';
import { DAY_MS, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import { quality } from '@hems/models/reading/quality';
import type { Key, Table } from '../../ports/table.ts';

/** What is expected of a day before it, `FC#<date>` of table `energy`; kept 180 days, so that it can be held against the day. */
const KEPT_MS = 180 * DAY_MS;
const forecast = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('forecast'),
    method: z.string(),
    version: z.int(),
    /** grid use of the whole day */
    totalWh: z.int(),
    /** holds the use in so many of 100 cases; null where the history is too short to say */
    interval: z.nullable(z.object({ lowWh: z.int(), highWh: z.int(), confidencePercent: z.int() })),
    quality,
    remarks: z.array(z.string()),
  }),
  z.object({
    status: z.literal('withheld'),
    method: z.string(),
    version: z.int(),
    code: z.string(),
    detail: z.string(),
  }),
]);
export type DayForecast = z.infer<typeof forecast>;

const key = (householdId: string, date: LocalDate): Key => ({
  table: 'energy',
  pk: `H#${householdId}`,
  sk: `FC#${date}`,
});

export const readForecast = async (
  table: Table,
  householdId: string,
  date: LocalDate,
): Promise<DayForecast | undefined> => {
  const item = await table.get(key(householdId, date));
  return item && forecast.parse(item.data);
};

export const putForecast = async (
  table: Table,
  { householdId, date, made }: { householdId: string; date: LocalDate; made: DayForecast },
): Promise<void> =>
  table.put({ ...key(householdId, date), data: made, expiresAt: Math.ceil((dayStart(date) + KEPT_MS) / 1000) });
