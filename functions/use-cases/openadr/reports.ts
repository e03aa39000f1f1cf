import type { Report, ReportRequest } from '@hems/models/openadr/objects';
import { Refused } from '../refusal.ts';
import { findObject, objectsOf, type Place } from '../stores/openadr.ts';
import { owns, type OpenadrCaller, type OpenadrDeps } from './caller.ts';
import { readEvent } from './events.ts';
import { create, find, newMetadata, pageOf, remove, update, type Paging } from './objects.ts';

type Filter = Paging & {
  readonly programID?: string | undefined;
  readonly eventID?: string | undefined;
  readonly clientName?: string | undefined;
};

/** A report stands with the event it is about; where it stands does not change. */
const STAYS: Place = { parents: [] };
const IN_PLACE = { type: 'REPORT', placeOf: () => STAYS } as const;

/** The range that the filters leave; undefined: there is none such. */
const rangeOf = async (
  { table }: Pick<OpenadrDeps, 'table'>,
  partnerId: string,
  { programID, eventID }: Filter,
): Promise<readonly string[] | undefined> => {
  if (eventID === undefined) return programID === undefined ? [] : [programID];
  const event = await findObject(table, partnerId, ['EVENT', eventID]);
  if (!event || (programID !== undefined && event.object.programID !== programID)) return undefined;
  return [event.object.programID, eventID];
};

export const listReports = async (
  deps: Pick<OpenadrDeps, 'table'>,
  caller: OpenadrCaller,
  query: Filter,
): Promise<Report[]> => {
  const range = await rangeOf(deps, caller.partnerId, query);
  if (!range) return [];
  return pageOf(objectsOf(deps.table, caller.partnerId, ['REPORT', range]), query, (one) =>
    owns(caller, one) && (query.clientName === undefined || query.clientName === one.clientName) ? one : undefined,
  );
};

export const createReport = async (deps: OpenadrDeps, caller: OpenadrCaller, body: ReportRequest): Promise<Report> => {
  const { programID } = await readEvent(deps, caller, body.eventID);
  const object: Report = { ...body, ...newMetadata(deps, 'REPORT'), clientID: caller.clientId };
  const place = { parents: [programID, body.eventID] };
  return create(deps, caller.partnerId, { type: 'REPORT', object, place });
};

export const readReport = async (
  deps: Pick<OpenadrDeps, 'table'>,
  caller: OpenadrCaller,
  id: string,
): Promise<Report> => {
  const see = (one: Report): Report | undefined => (owns(caller, one) ? one : undefined);
  return (await find(deps, caller.partnerId, { type: 'REPORT', id, see })).object;
};

export const updateReport = async (
  deps: OpenadrDeps,
  caller: OpenadrCaller,
  { id, body }: { readonly id: string; readonly body: ReportRequest },
): Promise<Report> =>
  update(deps, caller.partnerId, {
    ...IN_PLACE,
    id,
    mayWrite: (one) => one.clientID === caller.clientId,
    next: ({ eventID, createdDateTime, modificationDateTime, objectType, clientID }) => {
      if (body.eventID !== eventID)
        throw new Refused('invalid', `eventID: a report stays with its event ${eventID}`, 'moved');
      return { ...body, id, createdDateTime, modificationDateTime, objectType, clientID };
    },
  });

export const deleteReport = async (deps: OpenadrDeps, caller: OpenadrCaller, id: string): Promise<Report> =>
  remove(deps, caller.partnerId, { ...IN_PLACE, id, mayWrite: (one) => one.clientID === caller.clientId });
