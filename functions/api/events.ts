import { announceEvent, listEvents } from '@hems/shared/api/events';
import { endpoint, http } from '../runtime/http.ts';
import { bus, clock, pause, table } from '../runtime/ports.ts';
import { announceEvent as announce } from '../use-cases/programmes/announce-event.ts';
import { listEvents as list } from '../use-cases/programmes/list-events.ts';

export const handler = http([
  endpoint(listEvents, async ({ query }) => ({ events: await list({ table: await table() }, query) })),
  endpoint(announceEvent, async ({ body }) =>
    announce({ table: await table(), clock: await clock(), pause, bus: await bus() }, body),
  ),
]);
