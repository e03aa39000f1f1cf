import * as z from 'zod/mini';
import { quality } from '@hems/models/reading/quality';
import { epochMs, householdParams, localDate, nothing, wh } from './nouns.ts';
import { route } from './route.ts';

export const grain = z.enum(['15min', 'hour', 'day', 'month']);
export type Grain = z.infer<typeof grain>;

export const usageInterval = z.object({
  /** `YYYY-MM-DD` for a day, `YYYY-MM` for a month, ISO 8601 with offset otherwise */
  label: z.string(),
  startMs: epochMs,
  endMs: epochMs,
  /** null: not known; a quantity the household has no device for is null with the quality of the rest */
  importWh: z.nullable(wh),
  exportWh: z.nullable(wh),
  solarWh: z.nullable(wh),
  toBatteryWh: z.nullable(wh),
  fromBatteryWh: z.nullable(wh),
  loadWh: z.nullable(wh),
  quality,
  /** quarter hours of the interval without any knowledge of the load, of those that have passed */
  missingSlots: z.int(),
  /** the recorded home and day behind a replayed value */
  origin: z.optional(z.object({ home: z.string(), date: z.string(), country: z.string() })),
});
export type UsageInterval = z.infer<typeof usageInterval>;

export const readUsage = route({
  name: 'readUsage',
  method: 'GET',
  path: '/v1/households/{householdId}/usage',
  auth: 'resident',
  summary:
    'Energy by interval, whole Wh, with quality; past days and months as the daily run left them, open ones from their readings',
  params: householdParams,
  /** local dates, both inclusive; at most 31 days of 15min, 92 of hour, 800 of day, 3,700 of month */
  query: z.object({ grain, from: localDate, to: localDate }),
  body: nothing,
  answer: z.object({
    householdId: z.string(),
    grain,
    from: localDate,
    to: localDate,
    timeZone: z.literal('Asia/Seoul'),
    intervals: z.array(usageInterval),
  }),
});
export type Usage = z.infer<typeof readUsage.answer>;
