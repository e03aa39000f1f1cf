import * as z from 'zod/mini';
import { deviceKind } from '@hems/models/device/kinds';
import { quality } from '@hems/models/reading/quality';
import { epochMs, householdParams, nothing, wh } from './nouns.ts';
import { route } from './route.ts';

const flow = z.object({
  /** signed as the canonical quantities: + into the house */
  powerW: z.nullable(z.int()),
  /** of the oldest reading it rests on */
  ts: z.nullable(epochMs),
  quality,
});

export const readLive = route({
  name: 'readLive',
  method: 'GET',
  path: '/v1/households/{householdId}/live',
  auth: 'resident',
  summary: 'The household now; each call marks it as watched, so its gateways report every 5 s',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.object({
    householdId: z.string(),
    /** the server's clock, against which ages are told */
    now: epochMs,
    load: flow,
    grid: flow,
    solar: z.optional(flow),
    battery: z.optional(z.extend(flow, { socPermille: z.nullable(z.int()) })),
    /** since local midnight */
    today: z.object({ loadWh: z.nullable(wh), quality }),
    devices: z.array(
      z.object({
        deviceId: z.string(),
        kind: deviceKind,
        name: z.string(),
        ts: z.nullable(epochMs),
        powerW: z.nullable(z.int()),
        quality,
        /** of the message that brought it, under which the log tells of it */
        correlationId: z.optional(z.string()),
      }),
    ),
  }),
});
export type Live = z.infer<typeof readLive.answer>;
