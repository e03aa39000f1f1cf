import { venRoutes } from '@hems/shared/openadr/contract';
import { openadrDeps } from '../../runtime/openadr-deps.ts';
import { openadrEndpoint, openadrHttp } from '../../runtime/openadr.ts';
import { createVen, deleteVen, listVens, readVen, updateVen } from '../../use-cases/openadr/vens.ts';

export const handler = openadrHttp([
  openadrEndpoint(venRoutes.list, async ({ caller, query }) => listVens(await openadrDeps(), caller, query)),
  openadrEndpoint(venRoutes.create, async ({ caller, body, effect }) =>
    createVen(await openadrDeps(effect), caller, body),
  ),
  openadrEndpoint(venRoutes.read, async ({ caller, id }) => readVen(await openadrDeps(), caller, id)),
  openadrEndpoint(venRoutes.update, async ({ caller, id, body }) =>
    updateVen(await openadrDeps(), caller, { id, body }),
  ),
  openadrEndpoint(venRoutes.remove, async ({ caller, id }) => deleteVen(await openadrDeps(), caller, id)),
]);
