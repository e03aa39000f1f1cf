import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { boundProgramme, callOf } from '@hems/models/openadr/dispatch';
import type { Event, EventRequest, Program } from '@hems/models/openadr/objects';
import type { SavingEvent } from '@hems/shared/api/events';
import type { EventBus } from '../../ports/event-bus.ts';
import type { Write } from '../../ports/table.ts';
import { announceEvent } from '../programmes/announce-event.ts';
import { Refused } from '../refusal.ts';
import { findObject, objectIdAt, removeObject } from '../stores/openadr.ts';
import { readDispatch, removeDispatch, type Dispatch } from '../stores/openadr-dispatches.ts';
import { tellPartner } from '../webhooks/tell-partner.ts';
import type { OpenadrCaller, OpenadrDeps } from './caller.ts';

export type DispatchDeps = OpenadrDeps & { readonly bus: EventBus };

/** Somebody who died between writing the event and announcing it is made good by the first sweep. */
const FIRST_LOOK_MS = 120_000;

export const endMsOfCall = ({ date, toHour }: SavingEvent): number => dayStart(date) + toHour * HOUR_MS;

/** What the event of a bound program asks of homes; undefined: the program is bound to none. What cannot be asked of homes is refused. */
export const asCalled = (
  deps: Pick<OpenadrDeps, 'clock' | 'ids'>,
  { partnerId, programmes }: OpenadrCaller,
  { program, event }: { readonly program: Program; readonly event: Event },
): Dispatch | undefined => {
  const programme = boundProgramme(program);
  if (programme === undefined) return undefined;
  if (!programmes.includes(programme))
    throw new Refused(
      'forbidden',
      `programID: this client may not call homes of ${programme}; ask the operator`,
      'no-programme',
    );
  if ((program.targets ?? []).length > 0)
    throw new Refused(
      'invalid',
      'programID: the program has targets, and homes are called by programme, all of them; take its targets away',
      'not-a-call',
    );
  const nowMs = deps.clock.now();
  const call = callOf(event, nowMs);
  if ('problem' in call) throw new Refused('invalid', call.problem, 'not-a-call');
  return {
    partnerId,
    programId: program.id,
    event: { eventId: event.id, programme, ...call },
    reportId: objectIdAt(nowMs, deps.ids.next()),
    stage: 'called',
    told: null,
    dueMs: nowMs + FIRST_LOOK_MS,
  };
};

/** Announces the saving event to the homes, and the dispatch to the partner. Again is the same. */
export const callHomes = async (deps: DispatchDeps, { partnerId, event }: Dispatch): Promise<void> => {
  await announceEvent(deps, event, { partnerId });
  const { eventId, programme, date, fromHour, toHour } = event;
  const data = { eventId, programme, date, fromHour, toHour };
  await tellPartner(deps, { partnerId, type: 'event.dispatched', key: eventId, orderedBy: eventId, data });
};

/** An event that the programme refused leaves nothing behind, nor that it was to be told (`untold`). */
export const undoEvent = async (
  { table }: Pick<OpenadrDeps, 'table'>,
  { partnerId, event }: Dispatch,
  untold: Write,
): Promise<void> => {
  const found = await findObject(table, partnerId, ['EVENT', event.eventId]);
  if (found) await removeObject(table, partnerId, { found, place: { parents: [] }, more: [untold] });
  const kept = await readDispatch(table, partnerId, event.eventId);
  if (kept) await removeDispatch(table, kept);
};

/** Homes have been called by it: what they were called for does not change. */
export const checkSameCall = async (
  { table, clock }: Pick<OpenadrDeps, 'table' | 'clock'>,
  partnerId: string,
  { eventId, body }: { readonly eventId: string; readonly body: EventRequest },
): Promise<void> => {
  const kept = await readDispatch(table, partnerId, eventId);
  if (!kept) return;
  const { date, fromHour, toHour } = kept.dispatch.event;
  const call = callOf(body, clock.now());
  if ('problem' in call || call.date !== date || call.fromHour !== fromHour || call.toHour !== toHour)
    throw new Refused(
      'conflict',
      `homes were called for ${date}, ${fromHour} to ${toHour} h; that does not change`,
      'called',
    );
};

/** Until its final report an event that homes were called by is not taken back: they act on it and are paid by it. */
export const refuseTakingBack = async (
  { table }: Pick<OpenadrDeps, 'table'>,
  partnerId: string,
  eventId: string,
): Promise<void> => {
  const kept = await readDispatch(table, partnerId, eventId);
  if (!kept) return;
  if (kept.dispatch.stage !== 'final' && kept.dispatch.stage !== 'refused')
    throw new Refused(
      'conflict',
      'homes were called by this event; it can be deleted after its final report',
      'called',
    );
  await removeDispatch(table, kept);
};
