import * as z from 'zod/mini';
import { forecastAnswer } from '@hems/models/forecast/answer';
import { householdParams, localDate, nothing, wh } from './nouns.ts';
import { route } from './route.ts';

const household = '/v1/households/{householdId}/forecast';

/** Who made a forecast; `usual`: the engine did not answer, and the home's own quantiles of each hour stand in. */
export const forecastEngine = z.enum(['endpoint', 'embedded', 'usual']);

export const readForecast = route({
  name: 'readForecast',
  method: 'GET',
  path: household,
  auth: 'resident',
  summary:
    'What the home is expected to use: next hour, to the end of tomorrow, the days and the calendar month, each as a range. Of a month residents are shown the bill’s projection (readRunningBill)',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.extend(forecastAnswer, {
    householdId: z.string(),
    engine: forecastEngine,
  }),
});
export type Forecast = z.infer<typeof readForecast.answer>;

/** A day that is over against what was foreseen of it as it began; percent, as in `scorecard`. The sums are of `hours` only. */
const dayAccuracy = z.object({
  date: localDate,
  actualWh: wh,
  expectedWh: wh,
  accuracy: z.number(),
  naiveAccuracy: z.number(),
  within80: z.number(),
  /** of 24: those of which both the use and the baseline are known */
  hours: z.int(),
});

export const readForecastAccuracy = route({
  name: 'readForecastAccuracy',
  method: 'GET',
  path: `${household}/accuracy`,
  auth: 'resident',
  summary:
    'How the forecasts of past days did, beside the 7-day mean; days without a forecast or without use are left out',
  params: householdParams,
  query: z.object({ from: localDate, to: localDate }),
  body: nothing,
  answer: z.object({ householdId: z.string(), days: z.array(dayAccuracy) }),
});
export type ForecastAccuracy = z.infer<typeof readForecastAccuracy.answer>;
