import { addDays, dayStart, HOUR_MS, isoSeoul, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { ForecastRequest } from '@hems/models/forecast/answer';
import { SKY_DAYS } from '@hems/models/forecast/solar-hours';
import { PROVINCE_PLACES } from '@hems/models/household/province-places';
import { provinceOf } from '@hems/models/household/region';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import type { Weather } from '../../ports/weather.ts';
import { canonicalHash } from '../canonical-hash.ts';
import { hoursUntilNow, type HoursUntilNow } from '../days/hours-until-now.ts';
import { readProfile } from '../stores/households.ts';
import { readMonths } from '../stores/months.ts';
import { weatherHours } from '../weather-hours.ts';

export type ForecastDeps = { readonly table: Table; readonly clock: Clock; readonly weather: Weather };

/** Half a year of days that may resemble the first of the six weeks which the forecast is calibrated and scored on. */
const HISTORY_DAYS = 224;
export const readHistory = (deps: ForecastDeps, householdId: string): Promise<HoursUntilNow | undefined> =>
  hoursUntilNow(deps, householdId, HISTORY_DAYS);

const HOURS = 24;
const isKnown = (wh: number | null): boolean => wh !== null;

/** What the sun is reckoned by, of a home that generates: where it stands, and the sky of the last weeks and the hours to come. */
const skyOf = async (
  deps: ForecastDeps,
  householdId: string,
  [startMs, untilMs]: readonly [number, number],
): Promise<Pick<ForecastRequest, 'place' | 'cloudPermille'>> => {
  const { region = '' } = (await readProfile(deps.table, householdId)) ?? {};
  const province = provinceOf(region);
  if (province === undefined) return {};
  const toMs = dayStart(addDays(localDate(untilMs), 2));
  const fromMs = Math.max(startMs, untilMs - SKY_DAYS * HOURS * HOUR_MS);
  const { hours } = await weatherHours(deps, region, { fromMs, toMs });
  const cloud = new Map(hours.map((hour) => [hour.startMs, hour.cloudPermille]));
  const count = (toMs - startMs) / HOUR_MS;
  return {
    place: PROVINCE_PLACES[province],
    cloudPermille: Array.from({ length: count }, (_, i) => cloud.get(startMs + i * HOUR_MS) ?? null),
  };
};

/** The engine draws by it and answers to it; which household it is, an engine elsewhere is not told. */
export const forecastId = (householdId: string): string => canonicalHash(['forecast', householdId]).slice(0, 32);

const LEAST_DAYS = 20;
const MONTH_DAYS = 365 / 12;
const MONTHS_BACK = 366;

/** What a month came to that was billed or handed in without its hours; the latest of a year. */
const billOf = async (
  { table }: ForecastDeps,
  householdId: string,
  today: LocalDate,
): Promise<Pick<ForecastRequest, 'monthlyBillWh'>> => {
  const months = await readMonths(table, householdId, [addDays(today, -MONTHS_BACK).slice(0, 7), today.slice(0, 7)]);
  const used = months.flatMap(({ month: { importWh = 0, knownDays } }) =>
    knownDays >= LEAST_DAYS && importWh > 0 ? [(importWh / knownDays) * MONTH_DAYS] : [],
  );
  const last = used.at(-1);
  return last === undefined ? {} : { monthlyBillWh: Math.round(last) };
};

/**
 * What the engine is asked of a home: its hours before `untilMs`, a full hour, and no later ones; of one that generates also the sky, of one
 * without a day of readings its bill.
 */
export const requestOfHome = async (
  deps: ForecastDeps,
  { householdId, untilMs }: { readonly householdId: string; readonly untilMs: number },
  history: HoursUntilNow | undefined,
): Promise<ForecastRequest> => {
  const firstDate = history?.firstDate ?? localDate(untilMs);
  const startMs = dayStart(firstDate);
  const count = Math.max(0, (untilMs - startMs) / HOUR_MS);
  const flow = (values: readonly (number | null)[] = []): (number | null)[] =>
    Array.from({ length: count }, (_, i) => values[i] ?? null);
  const wh = flow(history?.loadWh);
  const pvWh = flow(history?.solarWh);
  const generates = pvWh.some(isKnown);
  return {
    id: forecastId(householdId),
    firstDate,
    wh,
    ...(generates && { pvWh, ...(await skyOf(deps, householdId, [startMs, untilMs])) }),
    ...(wh.filter(isKnown).length < HOURS && (await billOf(deps, householdId, localDate(untilMs)))),
    issuedAt: isoSeoul(deps.clock.now()),
  };
};
