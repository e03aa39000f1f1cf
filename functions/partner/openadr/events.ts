import { eventRoutes } from '@hems/shared/openadr/contract';
import { dispatchDeps } from '../../runtime/openadr-deps.ts';
import { openadrEndpoint, openadrHttp } from '../../runtime/openadr.ts';
import { createEvent, deleteEvent, listEvents, readEvent, updateEvent } from '../../use-cases/openadr/events.ts';

export const handler = openadrHttp([
  openadrEndpoint(eventRoutes.list, async ({ caller, query }) => listEvents(await dispatchDeps(), caller, query)),
  openadrEndpoint(eventRoutes.create, async ({ caller, body, effect }) =>
    createEvent(await dispatchDeps(effect), caller, body),
  ),
  openadrEndpoint(eventRoutes.read, async ({ caller, id }) => readEvent(await dispatchDeps(), caller, id)),
  openadrEndpoint(eventRoutes.update, async ({ caller, id, body }) =>
    updateEvent(await dispatchDeps(), caller, { id, body }),
  ),
  openadrEndpoint(eventRoutes.remove, async ({ caller, id }) => deleteEvent(await dispatchDeps(), caller, id)),
]);
