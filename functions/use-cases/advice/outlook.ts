import type { Extremes, Outlook } from '@hems/models/advice/safeguard';
import type { Tomorrow } from '@hems/models/advice/weather-notes';
import { mean } from '@hems/models/advice/whole-days';
import { addDays, dayStart, HOUR_MS, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { WeatherHour } from '../../ports/weather.ts';
import { weatherAlerts, weatherHours } from '../weather-hours.ts';
import type { AdviceDeps } from './deps.ts';

/** A day of which fewer hours are foreseen has no coldest and no warmest one. */
const LEAST_HOURS = 20;
/** Of today the rest is enough: what is over warns nobody. */
const LEAST_OF_TODAY = 1;
const BRIGHT = { fromHour: 9, toHour: 16 };

const extremesOf = (hours: readonly WeatherHour[], least: number): Extremes | null => {
  const temperatures = hours.map(({ temperatureCdegc }) => temperatureCdegc);
  return hours.length < least ? null : { minCdegc: Math.min(...temperatures), maxCdegc: Math.max(...temperatures) };
};

const tomorrowOf = (hours: readonly WeatherHour[], date: LocalDate): Tomorrow | null => {
  const extremes = extremesOf(hours, LEAST_HOURS);
  if (!extremes) return null;
  const bright = hours.filter(({ startMs }) => {
    const hour = (startMs - dayStart(date)) / HOUR_MS;
    return hour >= BRIGHT.fromHour && hour < BRIGHT.toHour;
  });
  return {
    ...extremes,
    meanCdegc: Math.round(mean(hours.map(({ temperatureCdegc }) => temperatureCdegc))),
    cloudPermille: Math.round(mean(bright.map(({ cloudPermille }) => cloudPermille))),
  };
};

export type Ahead = { readonly outlook: Outlook; readonly tomorrow: Tomorrow | null };
const UNKNOWN: Ahead = { outlook: { alerts: null, today: null, tomorrow: null }, tomorrow: null };

/** What is known of the weather over a region today and tomorrow; nothing of it is taken for fine weather where it is not known. */
export const readAhead = async (deps: AdviceDeps, region: string | undefined): Promise<Ahead> => {
  if (region === undefined) return UNKNOWN;
  const today = localDate(deps.clock.now());
  const next = addDays(today, 1);
  const [{ alerts, lack }, { hours }] = await Promise.all([
    weatherAlerts(deps, region),
    weatherHours(deps, region, { fromMs: dayStart(today), toMs: dayStart(addDays(today, 2)) }),
  ]);
  const of = (date: LocalDate): WeatherHour[] => hours.filter(({ startMs }) => localDate(startMs) === date);
  const tomorrow = tomorrowOf(of(next), next);
  const outlook = {
    alerts: lack ? null : alerts.map(({ kind }) => kind),
    today: extremesOf(of(today), LEAST_OF_TODAY),
    tomorrow,
  };
  return { outlook, tomorrow };
};
