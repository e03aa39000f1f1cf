import { instantMs } from '@hems/models/openadr/duration';
import { endMsOf } from '@hems/models/openadr/intervals';
import type { Event, EventRequest } from '@hems/models/openadr/objects';
import { seenById, seenInList, type Sight } from '@hems/models/openadr/targets';
import { Refused } from '../refusal.ts';
import { findObject, insertObject, objectsOf, removeObject, type Place } from '../stores/openadr.ts';
import { newDispatch, readDispatch } from '../stores/openadr-dispatches.ts';
import { owedDelete, owedPut, type Owed } from '../stores/openadr-owed.ts';
import { untilWon } from '../until-won.ts';
import { sightOf, type OpenadrCaller, type OpenadrDeps } from './caller.ts';
import { asCalled, callHomes, checkSameCall, refuseTakingBack, undoEvent, type DispatchDeps } from './dispatch.ts';
import { notify } from './notify.ts';
import { find, madeBefore, newMetadata, pageOf, remove, update, type Paging } from './objects.ts';
import { readProgram } from './programs.ts';

const placeOf = ({ programID }: Event): Place => ({ parents: [programID] });

const madeMs = ({ createdDateTime }: Event): number => {
  const ms = instantMs(createdDateTime);
  return typeof ms === 'number' ? ms : 0;
};

type Filter = Paging & {
  readonly programID?: string | undefined;
  readonly targets?: readonly string[] | undefined;
  readonly active?: 'true' | 'false' | undefined;
};

/** An event of a program that is hidden is hidden too. */
const hiddenPrograms = async (
  { table }: Pick<OpenadrDeps, 'table'>,
  { partnerId }: OpenadrCaller,
  sight: Sight,
): Promise<ReadonlySet<string>> => {
  const hidden = new Set<string>();
  if (sight.all) return hidden;
  for await (const program of objectsOf(table, partnerId, ['PROGRAM', []]))
    if (!seenById(program, sight)) hidden.add(program.id);
  return hidden;
};

export const listEvents = async (
  deps: Pick<OpenadrDeps, 'table' | 'clock'>,
  caller: OpenadrCaller,
  query: Filter,
): Promise<Event[]> => {
  const sight = await sightOf(deps.table, caller);
  const hidden = await hiddenPrograms(deps, caller, sight);
  const nowMs = deps.clock.now();
  const parents = query.programID === undefined ? [] : [query.programID];
  return pageOf(objectsOf(deps.table, caller.partnerId, ['EVENT', parents]), query, (one) => {
    if (hidden.has(one.programID)) return undefined;
    if (query.active === 'true' && endMsOf(one, madeMs(one)) <= nowMs) return undefined;
    return seenInList(one, sight, query.targets);
  });
};

/** Whoever was cut off may have been so before the homes were called. */
const calledAgain = async (deps: DispatchDeps, partnerId: string, event: Event): Promise<Event> => {
  const kept = await readDispatch(deps.table, partnerId, event.id);
  if (kept?.dispatch.stage === 'called') await callHomes(deps, kept.dispatch);
  return event;
};

/** Of a program that calls homes, the event is announced to them before it is answered; what they cannot be called by is refused. */
export const createEvent = async (deps: DispatchDeps, caller: OpenadrCaller, body: EventRequest): Promise<Event> => {
  const { partnerId } = caller;
  const before = await madeBefore(deps, partnerId, 'EVENT');
  if (before) return calledAgain(deps, partnerId, before);
  const program = await readProgram(deps, caller, body.programID);
  const object: Event = { ...body, ...newMetadata(deps, 'EVENT') };
  const dispatch = asCalled(deps, caller, { program, event: object });
  const owed: Owed = { partnerId, operation: 'CREATE', object, atMs: deps.clock.now() };
  const more = [owedPut(owed), ...(dispatch ? newDispatch(dispatch) : [])];
  await untilWon(deps.pause, () => insertObject(deps.table, partnerId, { object, place: placeOf(object), more }));
  if (dispatch)
    try {
      await callHomes(deps, dispatch);
    } catch (error) {
      // of anything else it is not known whether the homes were called: the sweep finds out
      if (error instanceof Refused) await undoEvent(deps, dispatch, owedDelete(owed));
      throw error;
    }
  await notify(deps, owed);
  return object;
};

export const readEvent = async (
  deps: Pick<OpenadrDeps, 'table'>,
  caller: OpenadrCaller,
  id: string,
): Promise<Event> => {
  const sight = await sightOf(deps.table, caller);
  const hidden = await hiddenPrograms(deps, caller, sight);
  const see = (one: Event): Event | undefined => (hidden.has(one.programID) ? undefined : seenById(one, sight));
  return (await find(deps, caller.partnerId, { type: 'EVENT', id, see })).object;
};

const OF_BUSINESS = { type: 'EVENT', mayWrite: () => true, placeOf } as const;

export const updateEvent = async (
  deps: OpenadrDeps,
  { partnerId }: OpenadrCaller,
  { id, body }: { readonly id: string; readonly body: EventRequest },
): Promise<Event> => {
  await checkSameCall(deps, partnerId, { eventId: id, body });
  return update(deps, partnerId, {
    ...OF_BUSINESS,
    id,
    next: ({ programID, createdDateTime, modificationDateTime, objectType }) => {
      if (body.programID !== programID)
        throw new Refused('invalid', `programID: an event stays with its program ${programID}`, 'moved');
      return { ...body, id, createdDateTime, modificationDateTime, objectType };
    },
  });
};

/** An event takes its reports with it. */
const removeReportsOf = async (
  { table }: Pick<OpenadrDeps, 'table'>,
  partnerId: string,
  event: readonly [programID: string, eventID: string],
): Promise<void> => {
  for await (const { id } of objectsOf(table, partnerId, ['REPORT', event])) {
    const found = await findObject(table, partnerId, ['REPORT', id]);
    if (found) await removeObject(table, partnerId, { found, place: { parents: event } });
  }
};

export const deleteEvent = async (deps: OpenadrDeps, { partnerId }: OpenadrCaller, id: string): Promise<Event> => {
  await refuseTakingBack(deps, partnerId, id);
  return remove(deps, partnerId, {
    ...OF_BUSINESS,
    id,
    before: async ({ programID }) => removeReportsOf(deps, partnerId, [programID, id]),
  });
};
