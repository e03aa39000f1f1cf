import * as z from 'zod';
import { addDays, dayStart, HOUR_MS, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { WeatherUnavailable } from '../../ports/weather.ts';
import type { KmaPlace } from './kma-places.ts';
import { kmaRows, type KmaDeps } from './kma-request.ts';

/** The short-term forecast 단기예보 of a cell of the grid: by the hour to the third day, announced eight times a day. */

const FORECAST = 'VilageFcstInfoService_2.0/getVilageFcst';

export const compact = (date: LocalDate): string => date.replaceAll('-', '');
export const dashed = (date: string): LocalDate => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;

/** Hundredths of a degree; undefined for an empty cell and for a station's mark of a failure. */
export const toCdegc = (celsius: string | number): number | undefined => {
  const value = celsius === '' ? Number.NaN : Number(celsius);
  return Math.abs(value) < 60 ? Math.round(100 * value) : undefined;
};

export const parsed = <T>(
  rows: readonly unknown[],
  { row, operation }: { row: z.ZodType<T>; operation: string },
): T[] => {
  const { data, error } = z.array(row).safeParse(rows);
  if (data) return data;
  throw new WeatherUnavailable(`KMA ${operation}: a row is in no format that is known: ${z.prettifyError(error)}`);
};

const forecastRow = z.object({
  category: z.string(),
  fcstDate: z.string().regex(/^\d{8}$/),
  fcstTime: z.string().regex(/^\d{4}$/),
  fcstValue: z.union([z.string(), z.number()]),
});
export type ForecastRow = z.infer<typeof forecastRow>;

/** Hours of the day at which it is announced. */
const HOURS = { first: [2], each: [2, 5, 8, 11, 14, 17, 20, 23] } as const;
/** An announcement can be had ten minutes after its time. */
const OUT_AFTER_MS = 10 * 60_000;
const EVENING = 23;

/** `first`: that of 02:00, the first of a day that has its lowest and highest; `each`: the latest. */
const announcement = (nowMs: number, which: keyof typeof HOURS): { base_date: string; base_time: string } => {
  const today = localDate(nowMs);
  const out = HOURS[which].findLast((hour) => nowMs >= dayStart(today) + hour * HOUR_MS + OUT_AFTER_MS);
  const [date, hour] = out === undefined ? [addDays(today, -1), EVENING] : [today, out];
  return { base_date: compact(date), base_time: `${String(hour).padStart(2, '0')}00` };
};

export const forecastRows = async (
  deps: KmaDeps,
  { nx, ny }: KmaPlace,
  { nowMs, which }: { readonly nowMs: number; readonly which: keyof typeof HOURS },
): Promise<ForecastRow[]> => {
  const rows = await kmaRows(deps, FORECAST, { ...announcement(nowMs, which), nx, ny });
  return parsed(rows, { row: forecastRow, operation: FORECAST });
};
