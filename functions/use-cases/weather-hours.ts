import { HOUR_MS } from '@hems/models/calendar/seoul';
import { provinceOf, type Province } from '@hems/models/household/region';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import {
  WeatherUnavailable,
  type TimeRange,
  type Weather,
  type WeatherAlert,
  type WeatherHour,
} from '../ports/weather.ts';
import {
  holdAlerts,
  holdHours,
  noteWeatherFailure,
  readHeldAlerts,
  readHeldHours,
  readWeatherFailure,
} from './stores/weather.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly weather: Pick<Weather, 'hours' | 'alerts'> };

/** Why there is not more: no province in the region's name, or the source was not to be had. */
export type WeatherLack = { readonly code: 'region-unknown' | 'source-unavailable'; readonly detail: string };

/** A forecast is announced every three hours. */
const HOURS_FRESH_MS = 3 * HOUR_MS;
/** All that a forecast has is asked for at once, whoever needs how much of it. */
const AHEAD_MS = 72 * HOUR_MS;
/** Alerts are called out at any time; a request answers for the whole country. */
const ALERTS_FRESH_MS = 20 * 60_000;
/** A source that failed is left alone for this long: a run over many homes asks it once. */
const REST_MS = 15 * 60_000;

const unknownRegion = (region: string): WeatherLack => ({
  code: 'region-unknown',
  detail: `"${region}" does not begin with the name of a province or metropolitan city`,
});

/** Asks the source unless it is resting after a failure; the failure is noted, and told instead of an answer. */
const asked = async <T>(
  { table, clock }: Deps,
  province: Province,
  ask: () => Promise<T>,
): Promise<{ readonly told: T } | { readonly lack: WeatherLack }> => {
  const failed = await readWeatherFailure(table, province);
  if (failed !== undefined) return { lack: { code: 'source-unavailable', detail: failed } };
  try {
    return { told: await ask() };
  } catch (error) {
    if (!(error instanceof WeatherUnavailable)) throw error;
    await noteWeatherFailure(table, province, { why: error.message, untilMs: clock.now() + REST_MS });
    return { lack: { code: 'source-unavailable', detail: error.message } };
  }
};

/**
 * Temperature and sky of a region by the hour: past hours as they were last foreseen and held, coming ones from the latest announcement. What
 * nobody foresaw is absent.
 */
export const weatherHours = async (
  deps: Deps,
  region: string,
  range: TimeRange,
): Promise<{ readonly hours: readonly WeatherHour[]; readonly lack: WeatherLack | null }> => {
  const province = provinceOf(region);
  if (province === undefined) return { hours: [], lack: unknownRegion(region) };
  const held = await readHeldHours(deps.table, province, range);
  const askedMs = deps.clock.now();
  if (range.toMs <= askedMs || askedMs - held.askedMs < HOURS_FRESH_MS) return { hours: held.hours, lack: null };
  const whole = { fromMs: range.fromMs, toMs: Math.max(range.toMs, askedMs + AHEAD_MS) };
  const answer = await asked(deps, province, () => deps.weather.hours(province, whole));
  if ('lack' in answer) return { hours: held.hours, lack: answer.lack };
  await holdHours(deps.table, province, { askedMs, told: answer.told });
  const known = new Map([...held.hours, ...answer.told].map((one) => [one.startMs, one]));
  const hours = [...known.values()].filter(({ startMs }) => startMs >= range.fromMs && startMs < range.toMs);
  return { hours: hours.toSorted((a, b) => a.startMs - b.startMs), lack: null };
};

/** Heat and cold waves over a region now. With a lack nothing is known: who protects somebody has to look at the temperatures then. */
export const weatherAlerts = async (
  deps: Deps,
  region: string,
): Promise<{ readonly alerts: readonly WeatherAlert[]; readonly lack: WeatherLack | null }> => {
  const province = provinceOf(region);
  if (province === undefined) return { alerts: [], lack: unknownRegion(region) };
  const held = await readHeldAlerts(deps.table);
  const askedMs = deps.clock.now();
  if (held && askedMs - held.askedMs < ALERTS_FRESH_MS) return { alerts: held.byProvince[province] ?? [], lack: null };
  const answer = await asked(deps, province, () => deps.weather.alerts());
  if ('lack' in answer) return { alerts: [], lack: answer.lack };
  await holdAlerts(deps.table, { askedMs, byProvince: Object.fromEntries(answer.told) });
  return { alerts: answer.told.get(province) ?? [], lack: null };
};
