import { isoSeoul } from '@hems/models/calendar/seoul';
import {
  endsMsOf,
  overlap,
  startsMsOf,
  stateOf,
  takesPart,
  type Participation,
} from '@hems/models/incentive/participation';
import type { SavingEvent } from '@hems/models/incentive/saving-event';
import type { Clock } from '../../ports/clock.ts';
import type { Pause } from '../../ports/pause.ts';
import type { Check, Table } from '../../ports/table.ts';
import { requireMay } from '../members/require-may.ts';
import { Refused } from '../refusal.ts';
import { readEvent, readEvents } from '../stores/events.ts';
import type { Member } from '../stores/households.ts';
import { participationCheck, participationPut } from '../stores/participations.ts';
import { untilWon } from '../until-won.ts';
import { homeEvents, isTakenPartIn, type HomeEvent } from './home-events.ts';

export type DecideDeps = { readonly table: Table; readonly clock: Clock; readonly pause: Pause };

const notCalled = (eventId: string): Refused =>
  new Refused('not-found', `no event ${eventId} calls this household`, 'no-event');

/** The event as it calls the household, and the others of its day. */
const readCalled = async (
  { table }: Pick<DecideDeps, 'table'>,
  householdId: string,
  eventId: string,
): Promise<{ called: HomeEvent; others: readonly HomeEvent[] }> => {
  const event = await readEvent(table, eventId);
  if (!event) throw notCalled(eventId);
  const events = (days: readonly [string, string]) => readEvents(table, days);
  const ofDay = await homeEvents({ table, events }, householdId, [event.date, event.date]);
  const called = ofDay.find((one) => one.event.eventId === eventId);
  if (!called) throw notCalled(eventId);
  return { called, others: ofDay.filter((one) => one !== called) };
};

export const readCalledEvent = async (
  deps: Pick<DecideDeps, 'table'>,
  householdId: string,
  eventId: string,
): Promise<HomeEvent> => (await readCalled(deps, householdId, eventId)).called;

/** Those in the same hours stay as they were read, so that two joined at once are not both. */
const requireFree = (householdId: string, event: SavingEvent, others: readonly HomeEvent[]): Check[] => {
  const beside = others.filter((one) => overlap(one.event, event));
  const taken = beside.find(isTakenPartIn);
  if (taken)
    throw new Refused(
      'conflict',
      `the household takes part in ${taken.event.eventId} in the same hours; leave that one first`,
      'same-hours',
    );
  return beside.map((one) => participationCheck(householdId, one.event, one));
};

/** Joins an event for the household, until it begins. Joined already, it stays as it is. */
export const joinEvent = async (deps: DecideDeps, member: Member, eventId: string): Promise<HomeEvent> => {
  requireMay(member, 'take-part');
  const { householdId } = member;
  return untilWon(deps.pause, async () => {
    const { called, others } = await readCalled(deps, householdId, eventId);
    const { event, own, version } = called;
    if (takesPart(event, own) && own.joined) return called;
    const nowMs = deps.clock.now();
    if (nowMs >= startsMsOf(event))
      throw new Refused(
        'conflict',
        `${eventId} began at ${isoSeoul(startsMsOf(event))}; it could be joined until then`,
        'event-began',
      );
    const checks = requireFree(householdId, event, others);
    const joined: Participation = { ...own, joined: { atMs: nowMs, by: 'member' }, declinedMs: null };
    await deps.table.transact([
      { put: participationPut(householdId, event, { own: joined, version }) },
      ...checks.map((check) => ({ check })),
    ]);
    return { ...called, own: joined, version: version + 1 };
  });
};

/** Declines an event, or leaves it while it runs. It costs nothing: nothing is earned by it, and nothing earned is taken back. */
export const declineEvent = async (deps: DecideDeps, member: Member, eventId: string): Promise<HomeEvent> => {
  requireMay(member, 'take-part');
  const { householdId } = member;
  return untilWon(deps.pause, async () => {
    const { called } = await readCalled(deps, householdId, eventId);
    const { event, own, version } = called;
    const state = stateOf(event, own);
    if (state === 'declined' || state === 'left') return called;
    const nowMs = deps.clock.now();
    if (nowMs >= endsMsOf(event))
      throw new Refused(
        'conflict',
        `${eventId} ended at ${isoSeoul(endsMsOf(event))}; what it came to stays`,
        'event-over',
      );
    const declined: Participation = { ...own, declinedMs: nowMs };
    await deps.table.put(participationPut(householdId, event, { own: declined, version }));
    return { ...called, own: declined, version: version + 1 };
  });
};
