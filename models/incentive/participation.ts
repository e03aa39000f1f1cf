import * as z from 'zod/mini';
import { dayStart, HOUR_MS } from '../calendar/seoul.ts';
import { versionFor } from './programme.ts';
import { EVENT_PROGRAMMES, type TakesPart } from './rows/events.ts';
import { autoJoinRefusal } from './auto-join.ts';
import { eventOutcome } from './event-outcome.ts';
import type { SavingEvent } from './saving-event.ts';

/** How a household stands in one saving event. Times epoch ms. */
export const participation = z.object({
  /** null: the home came to take part in the programme after the invitations went out */
  invitedMs: z.nullable(z.int()),
  joined: z.nullable(z.object({ atMs: z.int(), by: z.enum(['member', 'rule']) })),
  declinedMs: z.nullable(z.int()),
  /** why the home's rule did not join for it; null: it did, or there was none */
  refusedByRule: z.nullable(autoJoinRefusal),
  provisional: z.nullable(eventOutcome),
  final: z.nullable(eventOutcome),
});
export type Participation = z.infer<typeof participation>;
export const NOT_ASKED: Participation = {
  invitedMs: null,
  joined: null,
  declinedMs: null,
  refusedByRule: null,
  provisional: null,
  final: null,
};

export const startsMsOf = ({ date, fromHour }: Pick<SavingEvent, 'date' | 'fromHour'>): number =>
  dayStart(date) + fromHour * HOUR_MS;
export const endsMsOf = ({ date, toHour }: Pick<SavingEvent, 'date' | 'toHour'>): number =>
  dayStart(date) + toHour * HOUR_MS;

/** How the programme of the event takes silence, by the rule of the event's day; undefined: it has none for the day. */
export const takesPartOf = ({ programme: id, date }: SavingEvent): TakesPart | undefined => {
  const programme = EVENT_PROGRAMMES.find((one) => one.id === id);
  const version = programme && versionFor(programme, date, date);
  return version && !('status' in version) ? version.rule.takesPart : undefined;
};

/** Whether the home takes part in the event, as it stands: without a word of it, the programme says. */
export const takesPart = (event: SavingEvent, own: Participation | undefined): boolean => {
  if (own && own.declinedMs !== null) return false;
  return takesPartOf(event) === 'not-declined' || (own !== undefined && own.joined !== null);
};

/** `left`: it stopped after the event had begun. */
export type ParticipationState = 'invited' | 'joined' | 'declined' | 'left';
export const stateOf = (event: SavingEvent, own: Participation): ParticipationState => {
  if (own.declinedMs !== null) return own.declinedMs >= startsMsOf(event) ? 'left' : 'declined';
  return takesPart(event, own) ? 'joined' : 'invited';
};

/** Both call for some of the same hours. */
export const overlap = (a: SavingEvent, b: SavingEvent): boolean =>
  a.date === b.date && a.fromHour < b.toHour && b.fromHour < a.toHour;
