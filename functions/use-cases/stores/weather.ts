import * as z from 'zod';
import { addDays, DAY_MS, dayStart, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { Key, Table, Write } from '../../ports/table.ts';
import { TRANSACT_MAX } from '../../ports/table.ts';
import { PROVINCES, type Province } from '@hems/models/household/region';
import type { TimeRange, WeatherAlert, WeatherHour, WeatherRange } from '../../ports/weather.ts';

/** What is held of the weather: table `operations`, `WEATHER#<province>` / `<date>`, `HOURS#<date>`, and `FAILED` while the source is left alone;
 * `WEATHER#alerts` / `NOW` of the country. */
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

/** As long as the measured surroundings of a home. */
const HOURS_KEPT_DAYS = 90;
const hour = z.object({
  startMs: z.int(),
  temperatureCdegc: z.int(),
  cloudPermille: z.int(),
  kind: z.enum(['forecast', 'simulated']),
});
const hours = z.object({ askedMs: z.int(), hours: z.array(hour) });
const HOURS = 'HOURS#';

/** Hours as they were last told before they came; `askedMs`: when the latest of them were asked for. */
export const readHeldHours = async (
  table: Table,
  province: Province,
  { fromMs, toMs }: TimeRange,
): Promise<{ readonly askedMs: number; readonly hours: readonly WeatherHour[] }> => {
  const range = { from: HOURS + localDate(fromMs), to: HOURS + localDate(toMs - 1) };
  const { items } = await table.query({ table: 'operations', value: `WEATHER#${province}`, ...range });
  const held = items.map(({ data }) => hours.parse(data));
  return {
    askedMs: Math.max(0, ...held.map(({ askedMs }) => askedMs)),
    hours: held.flatMap((one) => one.hours).filter(({ startMs }) => startMs >= fromMs && startMs < toMs),
  };
};

/** In the place of what was told of the same hours before; the other hours of their days stay. */
export const holdHours = async (
  table: Table,
  province: Province,
  { askedMs, told }: { readonly askedMs: number; readonly told: readonly WeatherHour[] },
): Promise<void> => {
  const byDate = Map.groupBy(told, ({ startMs }) => localDate(startMs));
  await Promise.all(
    [...byDate].map(async ([date, own]) => {
      const range = { fromMs: dayStart(date), toMs: dayStart(addDays(date, 1)) };
      const before = await readHeldHours(table, province, range);
      const byHour = new Map([...before.hours, ...own].map((one) => [one.startMs, one]));
      const data = { askedMs, hours: [...byHour.values()].toSorted((a, b) => a.startMs - b.startMs) };
      const expiresAt = (dayStart(date) + HOURS_KEPT_DAYS * DAY_MS) / 1000;
      await table.put({ ...key(province, HOURS + date), data, expiresAt });
    }),
  );
};

const alert = z.object({ kind: z.enum(['heat-wave', 'cold-wave']), level: z.enum(['advisory', 'warning']) });
const alerts = z.object({ askedMs: z.int(), byProvince: z.partialRecord(z.enum(PROVINCES), z.array(alert)) });
const ALERTS: Key = { table: 'operations', pk: 'WEATHER#alerts', sk: 'NOW' };
export type HeldAlerts = {
  readonly askedMs: number;
  readonly byProvince: Readonly<Partial<Record<Province, readonly WeatherAlert[]>>>;
};

export const readHeldAlerts = async (table: Table): Promise<HeldAlerts | undefined> => {
  const item = await table.get(ALERTS);
  return item && alerts.parse(item.data);
};

export const holdAlerts = async (table: Table, held: HeldAlerts): Promise<void> => table.put({ ...ALERTS, data: held });
