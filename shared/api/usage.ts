import * as z from 'zod/mini';
import { deviceKind } from '@hems/models/device/kinds';
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

/** What one device used: a plug, a charger; anything behind the meter that counts its own energy. It goes on for those that it replaced. */
export const deviceUse = z.object({
  deviceId: z.string(),
  kind: deviceKind,
  name: z.string(),
  status: z.enum(['active', 'retired']),
  /** null: nothing is known of it in these days */
  usedWh: z.nullable(wh),
  quality,
  /** from when on it is counted: the begin of the days, or its first word among them; null: it said nothing yet */
  fromMs: z.nullable(epochMs),
  /** quarter hours of which nothing is known, of those that have passed since then */
  missingSlots: z.int(),
});
export type DeviceUse = z.infer<typeof deviceUse>;

export const readDeviceUsage = route({
  name: 'readDeviceUsage',
  method: 'GET',
  path: '/v1/households/{householdId}/usage/devices',
  auth: 'resident',
  summary: 'What each device used in the days, and what of the use of the home belongs to no known device',
  params: householdParams,
  /** local dates, both inclusive; at most 31 days, which are told from quarter hours */
  query: z.object({ from: localDate, to: localDate }),
  body: nothing,
  answer: z.object({
    householdId: z.string(),
    from: localDate,
    to: localDate,
    /** before it no device's use is held any more */
    heldFrom: localDate,
    /** use of the home in the days, as `readUsage` adds it up */
    loadWh: z.nullable(wh),
    /** quarter hours without a load in which a device may have counted, of those that have passed */
    missingSlots: z.int(),
    /** greatest use first; devices of which nothing is known last */
    devices: z.array(deviceUse),
    /** load − known devices; null: parts of the load are missing (`missingSlots`), or they tell more than it holds */
    otherWh: z.nullable(wh),
    /** of the load */
    quality,
  }),
});
export type DeviceUsage = z.infer<typeof readDeviceUsage.answer>;
