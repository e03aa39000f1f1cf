import * as z from 'zod/mini';
import { commandState } from '../events/commands.ts';
import { epochMs, householdParams, nothing } from './nouns.ts';
import { route } from './route.ts';

const deviceParams = z.extend(householdParams, { deviceId: z.string().check(z.minLength(1), z.maxLength(64)) });
const whole = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));
/** a device that has not taken the order by then answers `expired` and does nothing */
const expiresInSeconds = whole(10, 86_400);

export const orderRequest = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('set-battery'),
    /** + discharges, − charges, until the order expires */
    params: z.strictObject({ power_w: whole(-50_000, 50_000) }),
    expiresInSeconds,
  }),
  z.strictObject({
    action: z.literal('set-point'),
    params: z.strictObject({ target_temperature_cdegc: whole(500, 3500) }),
    expiresInSeconds,
  }),
  z.strictObject({ action: z.literal('switch'), params: z.strictObject({ on: z.boolean() }), expiresInSeconds }),
]);
export type OrderRequest = z.infer<typeof orderRequest>;

const order = z.object({
  orderId: z.string(),
  action: z.string(),
  state: z.union([z.literal('sent'), commandState]),
  stateTs: epochMs,
  issuedAt: epochMs,
  expiresAt: epochMs,
  reason: z.optional(z.string()),
});

export const placeOrder = route({
  name: 'placeOrder',
  method: 'POST',
  path: '/v1/households/{householdId}/devices/{deviceId}/orders',
  auth: 'resident',
  summary: 'Orders a device: battery power, set-point or switch, with an end',
  params: deviceParams,
  query: nothing,
  body: orderRequest,
  answer: order,
});

export const readOrder = route({
  name: 'readOrder',
  method: 'GET',
  path: '/v1/households/{householdId}/orders/{orderId}',
  auth: 'resident',
  summary: 'How an order fared',
  params: z.extend(householdParams, { orderId: z.string().check(z.minLength(1), z.maxLength(64)) }),
  query: nothing,
  body: nothing,
  answer: order,
});
