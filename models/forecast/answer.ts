import * as z from 'zod/mini';
import { dateOfDayNumber, dayNumber } from '../calendar/seoul.ts';

/** Energy in whole Wh: the same bytes on every machine. */
const wh = z.int().check(z.nonnegative());

/** Where an hour's numbers come from. */
const hourSource = z.enum([
  'model',
  /** the home's own quantiles of the hour: the model said what cannot be */
  'fallback',
  /** the baseline: over four weeks the model was not better */
  'withheld',
  /** a usual day at the size of the bill */
  'profile',
]);

const hourForecast = z.object({
  /** start of the hour, epoch ms */
  ts: z.int(),
  meanWh: wh,
  p10Wh: wh,
  p50Wh: wh,
  p90Wh: wh,
  /** chance that the use lands within 20 %, or 0.2 kWh where that is more, of `p50Wh`; in hundredths */
  confidence: z.number().check(z.minimum(0), z.maximum(1)),
  /** mean of the hour over the last 7 days; null: not known */
  naiveWh: z.nullable(wh),
  source: hourSource,
});
export type HourForecast = z.infer<typeof hourForecast>;

const total = z.object({ meanWh: wh, p10Wh: wh, p90Wh: wh });
const dayTotal = z.object({ date: z.string(), ...total.shape });
export type DayTotal = z.infer<typeof dayTotal>;

/** What an hour is expected to generate; `ts` as above. */
const solarHour = z.object({ ts: z.int(), ...total.shape });
export type SolarHour = z.infer<typeof solarHour>;

/** How the last four weeks of day-ahead forecasts did, percent; accuracy is 100 × (1 − Σ|error| / Σ use), never below 0. */
const scorecard = z.object({
  days: z.int(),
  accuracy: z.number(),
  naiveAccuracy: z.number(),
  /** hours between p10 and p90; promised are 80 */
  within80: z.number(),
});
export type Scorecard = z.infer<typeof scorecard>;

export const forecastAnswer = z.object({
  id: z.string(),
  issuedAt: z.string(),
  modelVersion: z.string(),
  /** `collecting`: less than a day of readings and no bill, or none for four weeks; `wiring`: the load channel looks like generation. Neither has numbers. */
  status: z.enum(['ready', 'collecting', 'wiring']),
  pInterval: z.literal(0.8),
  /** from the first hour after the readings to the end of the day after */
  hours: z.array(hourForecast),
  today: z.nullable(total),
  /** the range is that of days foreseen at their midnight, a little narrow while tomorrow lies further ahead */
  tomorrow: z.nullable(total),
  /** the five days after tomorrow, with their Korean dates; empty where no level is known */
  days: z.array(dayTotal),
  /** generation in the same hours as `hours`; null: less than a day of it is known */
  solar: z.nullable(z.array(solarHour)),
  /** the calendar month; the app shows the projection of the running bill instead (ADR 0021) */
  month: z.nullable(total),
  scorecard: z.nullable(scorecard),
  notices: z.array(z.enum(['absence', 'drift', 'withheld'])),
});
export type ForecastAnswer = z.infer<typeof forecastAnswer>;

const MAX_DAYS = 1100;
/** No house connection carries more in an hour. */
const MAX_WH = 1_000_000;
const MAX_HOURS = MAX_DAYS * 24;
const hours = z.array(z.nullable(z.number().check(z.minimum(0), z.maximum(MAX_WH)))).check(z.maxLength(MAX_HOURS));
/** Cloud is known as far ahead as the forecast reaches. */
const cloud = z.array(z.nullable(z.number().check(z.minimum(0), z.maximum(1000)))).check(z.maxLength(MAX_HOURS + 48));

export const forecastRequest = z.object({
  /** opaque; draws the bootstrap, so that the same home gets the same range */
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  /** Korean date of the first reading */
  firstDate: z.string().check(
    z.regex(/^\d{4}-\d\d-\d\d$/),
    z.refine((date) => dateOfDayNumber(dayNumber(date)) === date, 'no such date'),
  ),
  /** use by the hour since that date's midnight; null: not known. The hour after the last is the first to be forecast */
  wh: hours,
  /** generation of the same hours */
  pvWh: z.optional(hours),
  /** where the home stands, degrees north and east: for the sun; without it generation is foreseen from its own days alone */
  place: z.optional(
    z.object({
      latitude: z.number().check(z.minimum(-90), z.maximum(90)),
      longitude: z.number().check(z.minimum(-180), z.maximum(180)),
    }),
  ),
  /** cloud of the same hours as `wh` and on to the last hour ahead, 0 clear to 1000 overcast; null: not known */
  cloudPermille: z.optional(cloud),
  /** use of the last bill's month, for a home without readings */
  monthlyBillWh: z.optional(z.number().check(z.positive(), z.maximum(MAX_WH * 100))),
  /** handed through */
  issuedAt: z.string().check(z.maxLength(40)),
});
export type ForecastRequest = z.infer<typeof forecastRequest>;
