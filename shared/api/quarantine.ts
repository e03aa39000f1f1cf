import * as z from 'zod/mini';
import { KEPT_OUT } from '@hems/models/reading/kept-out';
import { epochMs, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

export const listQuarantine = route({
  name: 'listQuarantine',
  method: 'GET',
  path: '/v1/quarantine',
  auth: 'operator',
  summary: 'Messages that were kept out on a day, with the reason of each',
  params: nothing,
  query: z.object({ date: localDate, cursor: z.optional(z.string()) }),
  body: nothing,
  answer: z.object({
    entries: z.array(
      z.object({
        id: z.string(),
        reason: z.enum(KEPT_OUT),
        detail: z.string(),
        state: z.enum(['held', 'replayed']),
        channel: z.string(),
        /** telemetry id */
        household: z.string(),
        gateway: z.string(),
        received: epochMs,
        bytes: z.int(),
        /** under which the log tells what happened to it */
        correlationId: z.string(),
      }),
    ),
    cursor: z.optional(z.string()),
  }),
});

export const replayQuarantine = route({
  name: 'replayQuarantine',
  method: 'POST',
  path: '/v1/quarantine/{id}/replay',
  auth: 'operator',
  summary: 'Lets a kept message through ingest again, as of the time it came',
  params: z.object({ id: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}\.[A-Za-z0-9_-]{43}$/)) }),
  query: nothing,
  body: nothing,
  answer: z.object({ accepted: z.int(), quarantined: z.int() }),
});
