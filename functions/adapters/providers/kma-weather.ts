import * as z from 'zod';
import { addDays, dayStart, HOUR_MS, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { Clock } from '../../ports/clock.ts';
import { WeatherUnavailable, type Weather, type WeatherDay, type WeatherRange } from '../../ports/weather.ts';
import { KMA_PLACES, type KmaPlace } from './kma-places.ts';
import { kmaRows, KmaRefused, type KmaDeps } from './kma-request.ts';

/** Days past are the daily means of the nearest synoptic station, coming days those of the short-term forecast at its cell. */

const OBSERVED = 'AsosDalyInfoService/getWthrDataList';
const FORECAST = 'VilageFcstInfoService_2.0/getVilageFcst';
/** A range of more days is refused whole. */
const MAX_DAYS = 999;

const compact = (date: LocalDate): string => date.replaceAll('-', '');
const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);
const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

/** Hundredths of a degree; undefined for an empty cell and for a station's mark of a failure. */
const toCdegc = (celsius: string | number): number | undefined => {
  const value = celsius === '' ? Number.NaN : Number(celsius);
  return Math.abs(value) < 60 ? Math.round(100 * value) : undefined;
};

const parsed = <T>(rows: readonly unknown[], { row, operation }: { row: z.ZodType<T>; operation: string }): T[] => {
  const { data, error } = z.array(row).safeParse(rows);
  if (data) return data;
  throw new WeatherUnavailable(`KMA ${operation}: a row is in no format that is known: ${z.prettifyError(error)}`);
};

const observedRow = z.object({ tm: z.iso.date(), avgTa: z.union([z.string(), z.number()]).default('') });
const observed = async (deps: KmaDeps, { station }: KmaPlace, { from, to }: WeatherRange): Promise<WeatherDay[]> => {
  const rows = await kmaRows(deps, OBSERVED, {
    dataCd: 'ASOS',
    dateCd: 'DAY',
    stnIds: station,
    startDt: compact(from),
    endDt: compact(to),
  });
  return parsed(rows, { row: observedRow, operation: OBSERVED }).flatMap(({ tm, avgTa }): WeatherDay[] => {
    const meanCdegc = toCdegc(avgTa);
    return meanCdegc === undefined ? [] : [{ date: tm, meanCdegc, kind: 'measured' }];
  });
};

/** The code for a range that reaches a day which is not published yet. */
const NOT_PUBLISHED = '99';
/** Yesterday appears in the course of the forenoon; until then a range that holds it is refused whole. */
const published = async (deps: KmaDeps, place: KmaPlace, range: WeatherRange & { yesterday: LocalDate }) => {
  try {
    return await observed(deps, place, range);
  } catch (error) {
    const isEarly = error instanceof KmaRefused && error.code === NOT_PUBLISHED && range.to === range.yesterday;
    if (!isEarly) throw error;
    const to = addDays(range.to, -1);
    return to < range.from ? [] : await observed(deps, place, { from: range.from, to });
  }
};

const past = async (deps: KmaDeps, place: KmaPlace, range: WeatherRange & { yesterday: LocalDate }) => {
  const days: WeatherDay[] = [];
  for (let { from } = range; from <= range.to; from = addDays(from, MAX_DAYS)) {
    const to = earlier(range.to, addDays(from, MAX_DAYS - 1));
    days.push(...(await published(deps, place, { from, to, yesterday: range.yesterday })));
  }
  return days;
};

/** The announcement of 02:00, the first of the day that has its lowest and highest; it can be had ten minutes later. */
const announcement = (nowMs: number): { base_date: string; base_time: string } => {
  const today = localDate(nowMs);
  const isOut = nowMs - dayStart(today) >= 2 * HOUR_MS + 10 * 60_000;
  return isOut
    ? { base_date: compact(today), base_time: '0200' }
    : { base_date: compact(addDays(today, -1)), base_time: '2300' };
};

/** The hours of whose temperatures a synoptic daily mean is made. */
const STANDARD_HOURS = ['0000', '0300', '0600', '0900', '1200', '1500', '1800', '2100'];
const forecastRow = z.object({
  category: z.string(),
  fcstDate: z.string().regex(/^\d{8}$/),
  fcstTime: z.string(),
  fcstValue: z.union([z.string(), z.number()]),
});
type ForecastRow = z.infer<typeof forecastRow>;

/** From the standard hours; where they are not all forecast, the middle of the day's lowest and highest; else undefined. */
const meanOf = (rows: readonly ForecastRow[]): number | undefined => {
  const value = (category: string, time?: string): number | undefined => {
    const row = rows.find((one) => one.category === category && (time === undefined || one.fcstTime === time));
    return row && toCdegc(row.fcstValue);
  };
  const mean = (values: readonly (number | undefined)[]): number | undefined => {
    const known = values.filter((one) => one !== undefined);
    return known.length < values.length
      ? undefined
      : Math.round(known.reduce((sum, one) => sum + one, 0) / known.length);
  };
  return mean(STANDARD_HOURS.map((time) => value('TMP', time))) ?? mean([value('TMN'), value('TMX')]);
};

const coming = async (deps: KmaDeps & { clock: Clock }, { nx, ny }: KmaPlace, { from, to }: WeatherRange) => {
  const rows = await kmaRows(deps, FORECAST, { ...announcement(deps.clock.now()), nx, ny });
  const byDate = Map.groupBy(
    parsed(rows, { row: forecastRow, operation: FORECAST }),
    ({ fcstDate }) => `${fcstDate.slice(0, 4)}-${fcstDate.slice(4, 6)}-${fcstDate.slice(6)}`,
  );
  return [...byDate].flatMap(([date, own]): WeatherDay[] => {
    const meanCdegc = meanOf(own);
    return date < from || date > to || meanCdegc === undefined ? [] : [{ date, meanCdegc, kind: 'forecast' }];
  });
};

/** Korea Meteorological Administration, through the public data portal. */
export const kmaWeather = (deps: KmaDeps & { readonly clock: Clock }): Weather => ({
  days: async (province, { from, to }) => {
    const place = KMA_PLACES.of[province];
    const today = localDate(deps.clock.now());
    const yesterday = addDays(today, -1);
    const measured = await past(deps, place, { from, to: earlier(to, yesterday), yesterday });
    const forecast = to < today || to < from ? [] : await coming(deps, place, { from: later(from, today), to });
    return [...measured, ...forecast].toSorted((a, b) => a.date.localeCompare(b.date));
  },
});
