import * as z from 'zod/mini';
import { deviceKind } from '@hems/models/device/kinds';
import { quality } from '@hems/models/reading/quality';
import { QUANTITY_NAMES } from '@hems/models/reading/quantities';
import { epochMs, householdParams, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

const quantity = z.enum(QUANTITY_NAMES);

export const device = z.object({
  deviceId: z.string(),
  kind: deviceKind,
  name: z.string(),
  gateway: z.string(),
  status: z.enum(['active', 'retired']),
  /** time of the newest accepted reading */
  lastSeenMs: z.nullable(epochMs),
  quantities: z.array(quantity),
});
export type Device = z.infer<typeof device>;

export const listDevices = route({
  name: 'listDevices',
  method: 'GET',
  path: '/v1/households/{householdId}/devices',
  auth: 'resident',
  summary: 'The devices of the household and when each was last heard',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.object({ householdId: z.string(), devices: z.array(device) }),
});

const seriesPoint = z.object({
  startMs: epochMs,
  /** mean, least and greatest of the interval's samples, rounded to whole units; for a register the last value */
  value: z.nullable(z.int()),
  min: z.nullable(z.int()),
  max: z.nullable(z.int()),
  samples: z.int(),
  quality,
});

export const readDeviceSeries = route({
  name: 'readDeviceSeries',
  method: 'GET',
  path: '/v1/households/{householdId}/devices/{deviceId}/series',
  auth: 'resident',
  summary: 'One canonical quantity of one device by interval',
  params: z.extend(householdParams, { deviceId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  query: z.object({ quantity, grain: z.enum(['15min', 'hour']), from: localDate, to: localDate }),
  body: nothing,
  answer: z.object({
    householdId: z.string(),
    deviceId: z.string(),
    quantity,
    grain: z.enum(['15min', 'hour']),
    points: z.array(seriesPoint),
  }),
});
export type DeviceSeries = z.infer<typeof readDeviceSeries.answer>;
