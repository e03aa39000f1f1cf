import { addDays, DAY_MS, dayNumber, dayStart, type LocalDate } from '@hems/models/calendar/seoul';
import { provinceOf, type Province } from '@hems/models/household/region';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { WeatherUnavailable, type Weather, type WeatherDay, type WeatherRange } from '../ports/weather.ts';
import {
  holdWeather,
  noteWeatherFailure,
  readHeldWeather,
  readWeatherFailure,
  type HeldDay,
} from './stores/weather.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly weather: Pick<Weather, 'days'> };

/** The temperatures of a region, and why some are lacking; a forecast stands in for a day that was never measured. */
export type WeatherAnswer = {
  /** ascending */
  readonly days: readonly WeatherDay[];
  readonly lack: {
    readonly code: 'region-unknown' | 'source-unavailable' | 'not-known';
    readonly detail: string;
  } | null;
};

/** A forecast is asked for anew after this long, and so is a day that the source did not know. */
const FRESH_MS = 6 * 60 * 60_000;
/** A station that has not told a day so long after it will not. */
const FINAL_AFTER_DAYS = 30;
/** A source that failed is left alone for this long: a run over many homes asks it once. */
const REST_MS = 15 * 60_000;

const datesOf = ({ from, to }: WeatherRange): LocalDate[] =>
  Array.from({ length: Math.max(0, dayNumber(to) - dayNumber(from) + 1) }, (_, i) => addDays(from, i));

const isSettled = ({ kind, askedMs, date }: HeldDay, nowMs: number): boolean => {
  if (kind === 'measured' || kind === 'simulated') return true;
  return nowMs - askedMs < FRESH_MS || askedMs - dayStart(date) > FINAL_AFTER_DAYS * DAY_MS;
};

const toDay = ({ date, meanCdegc, kind }: HeldDay): WeatherDay[] =>
  meanCdegc === null || kind === 'unknown' ? [] : [{ date, meanCdegc, kind }];

/** Asks for the days that are not settled, and holds the answer; a failure is noted and told. */
const fetchDays = async (
  { table, clock, weather }: Deps,
  province: Province,
  wanted: { readonly dates: readonly LocalDate[]; readonly held: ReadonlyMap<LocalDate, HeldDay> },
): Promise<{ readonly days: readonly WeatherDay[] } | { readonly why: string }> => {
  const [from, to] = [wanted.dates[0], wanted.dates.at(-1)];
  if (from === undefined || to === undefined) return { days: [] };
  const why = await readWeatherFailure(table, province);
  if (why !== undefined) return { why };
  const askedMs = clock.now();
  try {
    const told = new Map((await weather.days(province, { from, to })).map((day) => [day.date, day]));
    const answers = wanted.dates.map((date): HeldDay => {
      const before = wanted.held.get(date);
      // a forecast that is held stands in for a day that is not told
      const day = told.get(date) ?? (before?.kind === 'forecast' ? before : undefined);
      return { ...(day ?? { date, meanCdegc: null, kind: 'unknown' }), askedMs };
    });
    await holdWeather(table, province, answers);
    const days = answers.flatMap(toDay);
    return { days };
  } catch (error) {
    if (!(error instanceof WeatherUnavailable)) throw error;
    await noteWeatherFailure(table, province, { why: error.message, untilMs: askedMs + REST_MS });
    return { why: error.message };
  }
};

/** Daily temperatures of a region (city or district), both dates inclusive. Each past day is fetched once for its whole province. */
export const weatherDays = async (deps: Deps, region: string, range: WeatherRange): Promise<WeatherAnswer> => {
  const province = provinceOf(region);
  if (province === undefined)
    return {
      days: [],
      lack: {
        code: 'region-unknown',
        detail: `"${region}" does not begin with the name of a province or metropolitan city`,
      },
    };
  const held = new Map((await readHeldWeather(deps.table, province, range)).map((day) => [day.date, day]));
  const dates = datesOf(range);
  const nowMs = deps.clock.now();
  const isOpen = (date: LocalDate): boolean => {
    const day = held.get(date);
    return !day || !isSettled(day, nowMs);
  };
  const fetched = await fetchDays(deps, province, { dates: dates.filter(isOpen), held });
  const known = new Map([...held.values()].flatMap(toDay).map((day) => [day.date, day]));
  for (const day of 'days' in fetched ? fetched.days : []) known.set(day.date, day);
  const days = dates.flatMap((date) => known.get(date) ?? []);
  if ('why' in fetched) return { days, lack: { code: 'source-unavailable', detail: fetched.why } };
  const lacking = dates.length - days.length;
  return {
    days,
    lack:
      lacking === 0
        ? null
        : { code: 'not-known', detail: `the source does not know ${lacking} of ${dates.length} days of ${province}` },
  };
};
