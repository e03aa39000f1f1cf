import { resourceRoutes } from '@hems/shared/openadr/contract';
import { openadrDeps } from '../../runtime/openadr-deps.ts';
import { openadrEndpoint, openadrHttp } from '../../runtime/openadr.ts';
import {
  createResource,
  deleteResource,
  listResources,
  readResource,
  updateResource,
} from '../../use-cases/openadr/resources.ts';

export const handler = openadrHttp([
  openadrEndpoint(resourceRoutes.list, async ({ caller, query }) => listResources(await openadrDeps(), caller, query)),
  openadrEndpoint(resourceRoutes.create, async ({ caller, body, effect }) =>
    createResource(await openadrDeps(effect), caller, body),
  ),
  openadrEndpoint(resourceRoutes.read, async ({ caller, id }) => readResource(await openadrDeps(), caller, id)),
  openadrEndpoint(resourceRoutes.update, async ({ caller, id, body }) =>
    updateResource(await openadrDeps(), caller, { id, body }),
  ),
  openadrEndpoint(resourceRoutes.remove, async ({ caller, id }) => deleteResource(await openadrDeps(), caller, id)),
]);
