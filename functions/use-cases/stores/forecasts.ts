import * as z from 'zod';
import { DAY_MS, dayStart, HOUR_MS, type LocalDate } from '@hems/models/calendar/seoul';
import { forecastEngine, readForecast, type Forecast } from '@hems/shared/api/forecast';
import type { Item, Key, Table } from '../../ports/table.ts';

/** Forecasts of a household, table `energy`: of a day as it began, how the day went by it, and the forecast of this hour. */

/** A chart of half a year. */
const KEPT_MS = 180 * DAY_MS;

const hours = <T extends z.core.$ZodType>(of: T) => z.array(of).length(24);
const wh = z.int().nonnegative();

const dayForecast = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('forecast'),
    engine: forecastEngine,
    modelVersion: z.string(),
    source: hours(z.enum(['model', 'fallback', 'withheld', 'profile'])),
    meanWh: hours(wh),
    p10Wh: hours(wh),
    p50Wh: hours(wh),
    p90Wh: hours(wh),
    naiveWh: hours(z.nullable(wh)),
  }),
  z.object({ status: z.enum(['collecting', 'wiring']), engine: forecastEngine }),
]);
/** What was foreseen of the 24 hours of a day as it began. */
export type DayForecast = z.infer<typeof dayForecast>;

const dayOutcome = z.object({
  actualWh: hours(z.nullable(wh)),
  /** over the hours that are known both of the day and of the baseline */
  sums: z.object({
    hours: z.int(),
    actualWh: z.int(),
    expectedWh: z.int(),
    errorWh: z.int(),
    naiveErrorWh: z.int(),
    within: z.int(),
  }),
});
/** The day itself, and how it went by its forecast. */
export type DayOutcome = z.infer<typeof dayOutcome>;

const FORECAST = 'FC#';
const OUTCOME = 'ACC#';
const key = (householdId: string, sk: string): Key => ({ table: 'energy', pk: `H#${householdId}`, sk });
const expiryOf = (date: LocalDate): number => Math.ceil((dayStart(date) + KEPT_MS) / 1000);

/** In the order of the dates; undefined where nothing was foreseen, or by a release of another format. */
export const readDayForecasts = async (
  table: Table,
  householdId: string,
  dates: readonly LocalDate[],
): Promise<(DayForecast | undefined)[]> => {
  const items = await table.batchGet(dates.map((date) => key(householdId, `${FORECAST}${date}`)));
  return items.map((item) => item && dayForecast.safeParse(item.data).data);
};

export const putDayForecast = (
  table: Table,
  householdId: string,
  [date, made]: readonly [LocalDate, DayForecast],
): Promise<void> => table.put({ ...key(householdId, `${FORECAST}${date}`), data: made, expiresAt: expiryOf(date) });

const outcomeOf = ({ sk, data }: Item): [LocalDate, DayOutcome] => [sk.slice(OUTCOME.length), dayOutcome.parse(data)];

/** Both dates inclusive, ascending; days that had no forecast, or are not held against it yet, are left out. */
export const readOutcomes = async (
  table: Table,
  householdId: string,
  [from, to]: readonly [LocalDate, LocalDate],
): Promise<Map<LocalDate, DayOutcome>> => {
  const range = { from: `${OUTCOME}${from}`, to: `${OUTCOME}${to}` };
  const { items } = await table.query({ table: 'energy', value: `H#${householdId}`, ...range });
  return new Map(items.map(outcomeOf));
};

export const putOutcome = (
  table: Table,
  householdId: string,
  [date, outcome]: readonly [LocalDate, DayOutcome],
): Promise<void> => table.put({ ...key(householdId, `${OUTCOME}${date}`), data: outcome, expiresAt: expiryOf(date) });

const NOW = 'FCNOW';
const heldForecast = z.object({
  /** the hour that it begins with */
  hourMs: z.int(),
  /** made anew from then on */
  untilMs: z.int(),
  forecast: readForecast.answer,
});
export type HeldForecast = { readonly hourMs: number; readonly untilMs: number; readonly forecast: Forecast };

/** The forecast that was made last, whatever its hour; one that an older release held is none, and made anew. */
export const readHeldForecast = async (table: Table, householdId: string): Promise<HeldForecast | undefined> => {
  const item = await table.get(key(householdId, NOW));
  return item && heldForecast.safeParse(item.data).data;
};

export const holdForecast = (table: Table, householdId: string, held: HeldForecast): Promise<void> =>
  table.put({ ...key(householdId, NOW), data: held, expiresAt: Math.ceil((held.hourMs + 2 * HOUR_MS) / 1000) });
