import type { Resource, ResourceRequest } from '@hems/models/openadr/objects';
import { hasTarget } from '@hems/models/openadr/targets';
import { Refused } from '../refusal.ts';
import { objectsOf, type Place } from '../stores/openadr.ts';
import { owns, type OpenadrCaller, type OpenadrDeps } from './caller.ts';
import { create, find, newMetadata, pageOf, remove, update, type Paging } from './objects.ts';
import { checkRole, readVen } from './vens.ts';

const placeOf = ({ venID, resourceName }: Resource): Place => ({
  parents: [venID],
  uniqueName: ['RESOURCE', venID, resourceName],
});

type Written = Pick<Resource, 'clientID' | 'targets' | 'resourceName' | 'venID' | 'attributes'>;

const written = (caller: OpenadrCaller, body: ResourceRequest, targets: Resource['targets']): Written => {
  checkRole(caller, body.objectType === 'BL_RESOURCE_REQUEST' ? 'bl' : 'ven');
  const { resourceName, venID, attributes } = body;
  return body.objectType === 'BL_RESOURCE_REQUEST'
    ? { resourceName, venID, attributes, clientID: body.clientID, targets: body.targets }
    : { resourceName, venID, attributes, clientID: caller.clientId, targets };
};

type Filter = Paging & {
  readonly resourceName?: string | undefined;
  readonly venID?: string | undefined;
  readonly targets?: readonly string[] | undefined;
};

export const listResources = async (
  { table }: Pick<OpenadrDeps, 'table'>,
  caller: OpenadrCaller,
  query: Filter,
): Promise<Resource[]> => {
  const parents = query.venID === undefined ? [] : [query.venID];
  return pageOf(objectsOf(table, caller.partnerId, ['RESOURCE', parents]), query, (one) =>
    owns(caller, one) && hasTarget(one, query.targets) && (query.resourceName ?? one.resourceName) === one.resourceName
      ? one
      : undefined,
  );
};

/** A resource belongs to the client of its ven: else its targets would be granted to another. */
const checkVen = async (deps: Pick<OpenadrDeps, 'table'>, caller: OpenadrCaller, made: Written): Promise<void> => {
  const ven = await readVen(deps, caller, made.venID);
  if (ven.clientID !== made.clientID)
    throw new Refused(
      'invalid',
      `clientID: the ven is of client ${ven.clientID}, so are its resources`,
      'other-client',
    );
};

export const createResource = async (
  deps: OpenadrDeps,
  caller: OpenadrCaller,
  body: ResourceRequest,
): Promise<Resource> => {
  const object: Resource = { ...written(caller, body, undefined), ...newMetadata(deps, 'RESOURCE') };
  await checkVen(deps, caller, object);
  return create(deps, caller.partnerId, { type: 'RESOURCE', object, place: placeOf(object) });
};

export const readResource = async (
  deps: Pick<OpenadrDeps, 'table'>,
  caller: OpenadrCaller,
  id: string,
): Promise<Resource> => {
  const see = (one: Resource): Resource | undefined => (owns(caller, one) ? one : undefined);
  return (await find(deps, caller.partnerId, { type: 'RESOURCE', id, see })).object;
};

const ownOf = (caller: OpenadrCaller) =>
  ({ type: 'RESOURCE', placeOf, mayWrite: (one: Resource) => owns(caller, one) }) as const;

export const updateResource = async (
  deps: OpenadrDeps,
  caller: OpenadrCaller,
  { id, body }: { readonly id: string; readonly body: ResourceRequest },
): Promise<Resource> =>
  update(deps, caller.partnerId, {
    ...ownOf(caller),
    id,
    next: (before) => {
      const made = written(caller, body, before.targets);
      if (made.venID !== before.venID || made.clientID !== before.clientID)
        throw new Refused('invalid', `venID and clientID: a resource stays with its ven ${before.venID}`, 'moved');
      return { ...before, ...made };
    },
  });

export const deleteResource = async (deps: OpenadrDeps, caller: OpenadrCaller, id: string): Promise<Resource> =>
  remove(deps, caller.partnerId, { ...ownOf(caller), id });
