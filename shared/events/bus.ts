import * as z from 'zod/mini';
import type { NoticeKind } from '@hems/models/notices/kinds';
import { correlation } from './correlation.ts';
import type { NoticeFacts } from './notice-facts.ts';

/** What may happen to a household or a person that others act on: notices, and the feeds of partners. */
export const BUS_EVENTS = [
  'usage.unusual',
  'bill.tier-ahead',
  'bill.over-budget',
  'event.announced',
  'event.invited',
  'event.settled',
  'gateway.offline',
  'reward.paid',
  'challenge.ended',
  'week.ended',
  'offer.announced',
  'security.alert',
  'consent.changed',
  /** the last entry of a household's access log, its number and hash: the archive of the bus keeps it where the log cannot reach it */
  'access.recorded',
  'household.erased',
] as const;
export const busEventType = z.enum(BUS_EVENTS);
export type BusEventType = z.infer<typeof busEventType>;

export const facts = z.record(z.string(), z.union([z.string(), z.int()]));

/** Opaque ids and whole numbers only: an event names nobody. */
export const happening = z.object({
  /** whom it is for: everybody of a household, or one person; with neither it is for everybody whom it concerns */
  householdId: z.optional(z.string()),
  personId: z.optional(z.string()),
  atMs: z.int(),
  /** says which happening it is: told again under the same key it is the same one */
  key: z.string().check(z.minLength(1), z.maxLength(120)),
  facts,
  /** of what brought it about; the bus adds it where it is not said */
  correlationId: z.optional(correlation),
});
export type Happening = z.infer<typeof happening>;

/** The events that people are told of, and as which kind. */
export const NOTICE_OF = {
  'usage.unusual': 'unusual-use',
  'bill.tier-ahead': 'tier-ahead',
  'bill.over-budget': 'budget',
  'event.invited': 'event-invitation',
  'event.settled': 'event-result',
  'gateway.offline': 'device-offline',
  'reward.paid': 'reward-paid',
  'challenge.ended': 'challenge-end',
  'week.ended': 'weekly-summary',
  'security.alert': 'security',
  'offer.announced': 'marketing',
} as const satisfies Partial<Record<BusEventType, NoticeKind>>;
export type ToldEventType = keyof typeof NOTICE_OF;

export const isTold = (type: string): type is ToldEventType => Object.hasOwn(NOTICE_OF, type);

type FactsOf<T extends ToldEventType> = NoticeFacts[(typeof NOTICE_OF)[T]];
/** An event that people are told of, with the facts that its sentence needs. */
export type Told = {
  [T in ToldEventType]: {
    readonly type: T;
    readonly detail: Omit<Happening, 'facts'> & { readonly facts: FactsOf<T> };
  };
}[ToldEventType];
