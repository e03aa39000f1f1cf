import * as z from 'zod';
import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Key, Table, Write } from '../../ports/table.ts';
import { TRANSACT_MAX } from '../../ports/table.ts';
import type { Province } from '@hems/models/household/region';
import type { WeatherRange } from '../../ports/weather.ts';

/** What is held of the weather: table `operations`, `WEATHER#<province>` / `<date>`, and `FAILED` while the source is left alone. */
const day = z.object({
  /** null: the source did not know the day when it was asked */
  meanCdegc: z.nullable(z.int()),
  kind: z.enum(['measured', 'forecast', 'simulated', 'unknown']),
  askedMs: z.int(),
});
export type HeldDay = z.infer<typeof day> & { readonly date: LocalDate };
const failed = z.object({ why: z.string() });

const key = (province: Province, sk: string): Key => ({ table: 'operations', pk: `WEATHER#${province}`, sk });
const FAILED = 'FAILED';

export const readHeldWeather = async (table: Table, province: Province, range: WeatherRange): Promise<HeldDay[]> => {
  const { items } = await table.query({ table: 'operations', value: `WEATHER#${province}`, ...range });
  return items.map(({ sk, data }) => ({ ...day.parse(data), date: sk }));
};

export const holdWeather = async (table: Table, province: Province, held: readonly HeldDay[]): Promise<void> => {
  const writes = held.map(({ date, ...data }): Write => ({ put: { ...key(province, date), data } }));
  for (let from = 0; from < writes.length; from += TRANSACT_MAX)
    await table.transact(writes.slice(from, from + TRANSACT_MAX));
};

/** Why the source was not to be had lately; undefined when it may be asked. */
export const readWeatherFailure = async (table: Table, province: Province): Promise<string | undefined> => {
  const item = await table.get(key(province, FAILED));
  return item && failed.parse(item.data).why;
};

export const noteWeatherFailure = async (
  table: Table,
  province: Province,
  { why, untilMs }: { readonly why: string; readonly untilMs: number },
): Promise<void> => table.put({ ...key(province, FAILED), data: { why }, expiresAt: Math.ceil(untilMs / 1000) });
