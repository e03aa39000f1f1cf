import {
  announceEvent,
  declineEvent,
  joinEvent,
  listEvents,
  readHouseholdEvent,
  readHouseholdEvents,
  setEventRule,
} from '@hems/shared/api/events';
import { endpoint, http } from '../runtime/http.ts';
import { bus, clock, pause, table } from '../runtime/ports.ts';
import { setRule } from '../use-cases/saving-events/auto-join.ts';
import { declineEvent as decline, joinEvent as join } from '../use-cases/saving-events/decide.ts';
import type { HomeEvent } from '../use-cases/saving-events/home-events.ts';
import {
  readHouseholdEvent as readOne,
  readHouseholdEvents as readAll,
} from '../use-cases/saving-events/read-events.ts';
import { viewEvent } from '../use-cases/saving-events/view-event.ts';
import { requireMember } from '../use-cases/members/require-may.ts';
import { announceEvent as announce } from '../use-cases/programmes/announce-event.ts';
import { listEvents as list } from '../use-cases/programmes/list-events.ts';
import { readingOnce } from '../use-cases/stores/events.ts';

const deps = async () => ({ table: await table(), clock: await clock(), pause });
const view = async (householdId: string, called: HomeEvent) => {
  const { table: items, clock: time } = await deps();
  return viewEvent({ table: items, nowMs: time.now() }, householdId, called);
};

export const handler = http([
  endpoint(listEvents, async ({ query }) => ({ events: await list({ table: await table() }, query) })),
  endpoint(announceEvent, async ({ body }) => announce({ ...(await deps()), bus: await bus() }, body)),
  endpoint(readHouseholdEvents, async ({ params }) => readAll(await deps(), params.householdId)),
  endpoint(readHouseholdEvent, async ({ params }) => readOne(await deps(), params.householdId, params.eventId)),
  endpoint(joinEvent, async ({ member, params }) =>
    view(params.householdId, await join(await deps(), requireMember(member), params.eventId)),
  ),
  endpoint(declineEvent, async ({ member, params }) =>
    view(params.householdId, await decline(await deps(), requireMember(member), params.eventId)),
  ),
  endpoint(setEventRule, async ({ member, params, body }) => {
    const own = await deps();
    await setRule({ ...own, events: readingOnce(own.table) }, requireMember(member), body);
    return readAll(own, params.householdId);
  }),
]);
