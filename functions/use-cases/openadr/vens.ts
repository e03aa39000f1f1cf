import type { Ven, VenRequest } from '@hems/models/openadr/objects';
import { hasTarget } from '@hems/models/openadr/targets';
import { Refused } from '../refusal.ts';
import { objectsOf, type Place } from '../stores/openadr.ts';
import { owns, type OpenadrCaller, type OpenadrDeps } from './caller.ts';
import { create, find, newMetadata, pageOf, remove, update, type Paging } from './objects.ts';

const placeOf = ({ venName }: Ven): Place => ({ parents: [], uniqueName: ['VEN', venName] });

/** Only the business side says whose a ven is, and grants targets by it. */
export const checkRole = ({ role }: OpenadrCaller, asked: 'bl' | 'ven'): void => {
  if (role === asked) return;
  throw role === 'ven'
    ? new Refused(
        'forbidden',
        'objectType: an end node sends VEN_VEN_REQUEST or VEN_RESOURCE_REQUEST, without targets',
        'not-business',
      )
    : new Refused(
        'invalid',
        'objectType: business logic sends BL_VEN_REQUEST or BL_RESOURCE_REQUEST, with clientID',
        'not-end-node',
      );
};

type Written = Pick<Ven, 'clientID' | 'targets' | 'venName' | 'attributes'>;

const written = (caller: OpenadrCaller, body: VenRequest, before?: Ven): Written => {
  checkRole(caller, body.objectType === 'BL_VEN_REQUEST' ? 'bl' : 'ven');
  const { venName, attributes } = body;
  return body.objectType === 'BL_VEN_REQUEST'
    ? { venName, attributes, clientID: body.clientID, targets: body.targets }
    : { venName, attributes, clientID: before?.clientID ?? caller.clientId, targets: before?.targets };
};

export const listVens = async (
  { table }: Pick<OpenadrDeps, 'table'>,
  caller: OpenadrCaller,
  query: Paging & { readonly venName?: string | undefined; readonly targets?: readonly string[] | undefined },
): Promise<Ven[]> =>
  pageOf(objectsOf(table, caller.partnerId, ['VEN', []]), query, (one) =>
    owns(caller, one) && hasTarget(one, query.targets) && (query.venName ?? one.venName) === one.venName
      ? one
      : undefined,
  );

export const createVen = async (deps: OpenadrDeps, caller: OpenadrCaller, body: VenRequest): Promise<Ven> => {
  const object: Ven = { ...written(caller, body), ...newMetadata(deps, 'VEN') };
  return create(deps, caller.partnerId, { type: 'VEN', object, place: placeOf(object) });
};

export const readVen = async (deps: Pick<OpenadrDeps, 'table'>, caller: OpenadrCaller, id: string): Promise<Ven> =>
  (await find(deps, caller.partnerId, { type: 'VEN', id, see: (one) => (owns(caller, one) ? one : undefined) })).object;

const ownOf = (caller: OpenadrCaller) => ({ type: 'VEN', placeOf, mayWrite: (one: Ven) => owns(caller, one) }) as const;

export const updateVen = async (
  deps: OpenadrDeps,
  caller: OpenadrCaller,
  { id, body }: { readonly id: string; readonly body: VenRequest },
): Promise<Ven> =>
  update(deps, caller.partnerId, {
    ...ownOf(caller),
    id,
    next: (before) => ({ ...before, ...written(caller, body, before) }),
  });

export const deleteVen = async (deps: OpenadrDeps, caller: OpenadrCaller, id: string): Promise<Ven> =>
  remove(deps, caller.partnerId, {
    ...ownOf(caller),
    id,
    before: async () => {
      for await (const resource of objectsOf(deps.table, caller.partnerId, ['RESOURCE', [id]]))
        throw new Refused(
          'conflict',
          `the ven has resources, the first is ${resource.id}; delete them before it`,
          'has-resources',
        );
    },
  });
