import * as z from 'zod/mini';
import { deviceKind } from '@hems/models/device/kinds';
import { quality } from '@hems/models/reading/quality';
import { QUANTITY_NAMES } from '@hems/models/reading/quantities';
import { epochMs, householdParams, localDate, nothing } from './nouns.ts';
import { claimCode } from './claims.ts';
import { displayName } from './account.ts';
import { route } from './route.ts';

const quantity = z.enum(QUANTITY_NAMES);

export const device = z.object({
  deviceId: z.string(),
  kind: deviceKind,
  name: z.string(),
  gateway: z.string(),
  /** replaced: another device continues its history */
  status: z.enum(['active', 'retired', 'replaced']),
  /** by which device, and from when on that one counts in its place */
  replaced: z.optional(z.object({ by: z.string(), atMs: epochMs })),
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

const deviceParams = z.extend(householdParams, { deviceId: z.string().check(z.minLength(1), z.maxLength(64)) });
const gatewayParams = z.extend(householdParams, { gateway: z.string().check(z.minLength(1), z.maxLength(64)) });

/** What speaks for the devices behind it. */
export const gateway = z.object({
  gateway: z.string(),
  status: z.enum(['active', 'revoked']),
  /** offline only after it stayed away for a while; unknown: never connected */
  presence: z.enum(['online', 'offline', 'unknown']),
  presenceMs: z.nullable(epochMs),
  firmware: z.nullable(z.string()),
  /** its certificate was used by two clients at the same time */
  isDoubled: z.boolean(),
});
export type Gateway = z.infer<typeof gateway>;
const equipment = z.object({ householdId: z.string(), gateways: z.array(gateway), devices: z.array(device) });
export type Equipment = z.infer<typeof equipment>;

export const listGateways = route({
  name: 'listGateways',
  method: 'GET',
  path: '/v1/households/{householdId}/gateways',
  auth: 'resident',
  summary: 'The gateways of the household with presence and firmware, and the devices behind them',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: equipment,
});

export const claimGateway = route({
  name: 'claimGateway',
  method: 'POST',
  path: '/v1/households/{householdId}/gateways',
  auth: 'resident',
  summary: 'Adds the gateway of a claim code and the devices behind it; it may then connect and be provisioned',
  params: householdParams,
  query: nothing,
  body: z.object({ code: claimCode }),
  answer: equipment,
});

export const revokeGateway = route({
  name: 'revokeGateway',
  method: 'POST',
  path: '/v1/households/{householdId}/gateways/{gateway}/revocations',
  auth: 'resident',
  summary: 'Cuts a gateway off within a minute: lost, sold or broken into',
  params: gatewayParams,
  query: nothing,
  body: nothing,
  answer: equipment,
});

export const renameDevice = route({
  name: 'renameDevice',
  method: 'PUT',
  path: '/v1/households/{householdId}/devices/{deviceId}',
  auth: 'resident',
  summary: 'Gives a device another name',
  params: deviceParams,
  query: nothing,
  body: z.object({ name: displayName }),
  answer: equipment,
});

export const retireDevice = route({
  name: 'retireDevice',
  method: 'POST',
  path: '/v1/households/{householdId}/devices/{deviceId}/retirements',
  auth: 'resident',
  summary: 'Takes a device out of use; what it has measured stays',
  params: deviceParams,
  query: nothing,
  body: nothing,
  answer: equipment,
});

export const replaceDevice = route({
  name: 'replaceDevice',
  method: 'POST',
  path: '/v1/households/{householdId}/devices/{deviceId}/replacements',
  auth: 'resident',
  summary: 'Puts another device in its place, which continues its history',
  params: deviceParams,
  query: nothing,
  body: z.object({ by: z.string().check(z.minLength(1), z.maxLength(64)) }),
  answer: equipment,
});
