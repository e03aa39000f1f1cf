import * as z from 'zod/mini';
import { localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

/** A call to use less for some hours of a day, by a programme that pays for it. */
export const savingEvent = z.object({
  eventId: z.string().check(z.regex(/^[A-Za-z0-9_-]{4,64}$/)),
  programme: z.string(),
  date: localDate,
  /** clock hours `[fromHour, toHour)` of the Korean day */
  fromHour: z.int().check(z.gte(0), z.lte(23)),
  toHour: z.int().check(z.gte(1), z.lte(24)),
  /** what an event of our own pays for reaching the home's target; the other programmes say themselves what they pay */
  points: z.optional(z.int().check(z.gte(1), z.lte(100_000))),
});
export type SavingEvent = z.infer<typeof savingEvent>;

export const listEvents = route({
  name: 'listEvents',
  method: 'GET',
  path: '/v1/events',
  auth: 'resident',
  summary: 'Saving events by date',
  params: nothing,
  /** both inclusive, at most 400 days */
  query: z.object({ from: localDate, to: localDate }),
  body: nothing,
  answer: z.object({ events: z.array(savingEvent) }),
});

export const announceEvent = route({
  name: 'announceEvent',
  method: 'POST',
  path: '/v1/events',
  auth: 'operator',
  summary:
    'Announces a saving event; the same eventId with the same content is the same event, with another it is refused',
  params: nothing,
  query: nothing,
  body: savingEvent,
  answer: savingEvent,
});
