import { programRoutes } from '@hems/shared/openadr/contract';
import { openadrDeps } from '../../runtime/openadr-deps.ts';
import { openadrEndpoint, openadrHttp } from '../../runtime/openadr.ts';
import {
  createProgram,
  deleteProgram,
  listPrograms,
  readProgram,
  updateProgram,
} from '../../use-cases/openadr/programs.ts';

export const handler = openadrHttp([
  openadrEndpoint(programRoutes.list, async ({ caller, query }) => listPrograms(await openadrDeps(), caller, query)),
  openadrEndpoint(programRoutes.create, async ({ caller, body, effect }) =>
    createProgram(await openadrDeps(effect), caller, body),
  ),
  openadrEndpoint(programRoutes.read, async ({ caller, id }) => readProgram(await openadrDeps(), caller, id)),
  openadrEndpoint(programRoutes.update, async ({ caller, id, body }) =>
    updateProgram(await openadrDeps(), caller, { id, body }),
  ),
  openadrEndpoint(programRoutes.remove, async ({ caller, id }) => deleteProgram(await openadrDeps(), caller, id)),
]);
