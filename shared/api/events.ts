import * as z from 'zod/mini';
import { autoJoinRefusal, autoJoinRule } from '@hems/models/incentive/auto-join';
import { eventOutcome } from '@hems/models/incentive/event-outcome';
import { epochMs, householdParams, localDate, nothing, wh } from './nouns.ts';
import { payer, unit } from './programmes.ts';
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

/** One step of an event in a home, as it happened. */
const eventStep = z.object({
  step: z.enum(['invited', 'joined', 'declined', 'left', 'started', 'ended', 'provisional', 'final', 'paid']),
  atMs: epochMs,
  /** who joined: somebody of the home, or its rule */
  by: z.optional(z.enum(['member', 'rule'])),
});
export type EventStep = z.infer<typeof eventStep>;

export const householdEvent = z.extend(savingEvent, {
  startsMs: epochMs,
  endsMs: epochMs,
  unit,
  payer,
  /** `joined`: silence is a no; `not-declined`: silence is a yes */
  takesPart: z.enum(['joined', 'not-declined']),
  /** `left`: it stopped after the event had begun */
  state: z.enum(['invited', 'joined', 'declined', 'left']),
  /** why the home's rule left the event to its people; null: it did not */
  refusedByRule: z.nullable(autoJoinRefusal),
  provisional: z.nullable(eventOutcome),
  /** as it was settled; late readings may correct it for 30 days */
  final: z.nullable(eventOutcome),
  /** in time */
  timeline: z.array(eventStep),
});
export type HouseholdEvent = z.infer<typeof householdEvent>;

/** What the event may earn the home before it begins: between a usual and a strong cut; of points the two are the same. */
const eventEstimate = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('known'),
    baselineWh: wh,
    /** the cut that earns the points; null: every Wh below the baseline counts */
    targetWh: z.nullable(wh),
    unit,
    low: z.int(),
    high: z.int(),
  }),
  z.object({ status: z.literal('refused'), code: z.string(), detail: z.string() }),
]);

/** While the event runs: what the home drew in the quarter hours that are known so far, and what it usually draws in the same. */
const eventRunning = z.object({
  /** end of the last quarter hour that is counted; the start of the event: none is known yet */
  untilMs: epochMs,
  importWh: wh,
  baselineWh: wh,
  /** quarter hours that are over and not known */
  missingSlots: z.int(),
});

export const eventDetail = z.object({
  householdId: z.string(),
  event: householdEvent,
  /** null: it has begun */
  estimate: z.nullable(eventEstimate),
  /** null: it does not run, the home takes no part, or its usual use is not known */
  running: z.nullable(eventRunning),
});
export type EventDetail = z.infer<typeof eventDetail>;

const eventParams = z.extend(householdParams, { eventId: z.string().check(z.regex(/^[A-Za-z0-9_-]{4,64}$/)) });
const eventsOfHome = z.object({
  householdId: z.string(),
  /** from 90 days back to 30 days ahead, latest first */
  events: z.array(householdEvent),
  rule: autoJoinRule,
});
export type HouseholdEvents = z.infer<typeof eventsOfHome>;

export const readHouseholdEvents = route({
  name: 'readHouseholdEvents',
  method: 'GET',
  path: '/v1/households/{householdId}/events',
  auth: 'resident',
  summary:
    'The saving events that call the home: coming, running and past, how it stands in each, and its rule for joining',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: eventsOfHome,
});

export const readHouseholdEvent = route({
  name: 'readHouseholdEvent',
  method: 'GET',
  path: '/v1/households/{householdId}/events/{eventId}',
  auth: 'resident',
  summary: 'One event: what it may earn before it begins, how it goes while it runs, what it came to',
  params: eventParams,
  query: nothing,
  body: nothing,
  answer: eventDetail,
});

export const joinEvent = route({
  name: 'joinEvent',
  method: 'PUT',
  path: '/v1/households/{householdId}/events/{eventId}/participation',
  auth: 'resident',
  summary: 'Joins an event until it begins; refused where the home takes part in another one in the same hours',
  params: eventParams,
  query: nothing,
  body: nothing,
  answer: householdEvent,
});

export const declineEvent = route({
  name: 'declineEvent',
  method: 'DELETE',
  path: '/v1/households/{householdId}/events/{eventId}/participation',
  auth: 'resident',
  summary:
    'Declines an event, or leaves it until it ends, without a cost: the home earns nothing by it and loses nothing',
  params: eventParams,
  query: nothing,
  body: nothing,
  answer: householdEvent,
});

export const setEventRule = route({
  name: 'setEventRule',
  method: 'PUT',
  path: '/v1/households/{householdId}/event-rule',
  auth: 'resident',
  summary:
    'The rule by which events are joined for the home; invitations that nobody has answered are decided by it at once',
  params: householdParams,
  query: nothing,
  body: autoJoinRule,
  answer: eventsOfHome,
});
