import * as z from 'zod';
import { addDays, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { Clock } from '../../ports/clock.ts';
import type { Weather, WeatherDay, WeatherRange } from '../../ports/weather.ts';
import { kmaAlerts } from './kma-alerts.ts';
import { compact, dashed, forecastRows, parsed, toCdegc, type ForecastRow } from './kma-forecast.ts';
import { hoursOf } from './kma-hours.ts';
import { KMA_PLACES, type KmaPlace } from './kma-places.ts';
import { kmaRows, KmaRefused, type KmaDeps } from './kma-request.ts';

/** Days past are the daily means of the nearest synoptic station, coming days those of the short-term forecast at its cell. */

const OBSERVED = 'AsosDalyInfoService/getWthrDataList';
/** A range of more days is refused whole. */
const MAX_DAYS = 999;

const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);
const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

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

/** The hours of whose temperatures a synoptic daily mean is made. */
const STANDARD_HOURS = ['0000', '0300', '0600', '0900', '1200', '1500', '1800', '2100'];
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

const coming = async (deps: KmaDeps & { clock: Clock }, place: KmaPlace, { from, to }: WeatherRange) => {
  const rows = await forecastRows(deps, place, { nowMs: deps.clock.now(), which: 'first' });
  const byDate = Map.groupBy(rows, ({ fcstDate }) => dashed(fcstDate));
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
  hours: async (province, { fromMs, toMs }) => {
    const rows = await forecastRows(deps, KMA_PLACES.of[province], { nowMs: deps.clock.now(), which: 'each' });
    return hoursOf(rows).filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
  },
  alerts: async () => await kmaAlerts(deps),
});
