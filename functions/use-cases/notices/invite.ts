import { dayStart, HOUR_MS } from '@hems/models/calendar/seoul';
import { spellOver } from '@hems/models/incentive/enrolment';
import { eventPeriod } from '@hems/models/incentive/saving-event';
import { SHARDS } from '@hems/models/household/shard';
import { happening, type Told } from '@hems/shared/events/bus';
import type { SavingEvent } from '@hems/shared/api/events';
import * as z from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { BusEvent, EventBus } from '../../ports/event-bus.ts';
import type { Table } from '../../ports/table.ts';
import { partsOf } from '../programmes/due-periods.ts';
import { enrolmentsIn } from '../stores/enrolments.ts';
import { readEvent } from '../stores/events.ts';
import { householdsOfShard } from '../stores/households.ts';

type Deps = { readonly table: Table; readonly clock: Clock; readonly bus: EventBus };

const announced = z.object({ eventId: z.string() });
/** Shards looked at together: their reads overlap. */
const AT_ONCE = 10;

const invitation = (householdId: string, event: SavingEvent, atMs: number): Told => {
  const { eventId, programme, date, fromHour, toHour } = event;
  const startsMs = dayStart(date) + fromHour * HOUR_MS;
  const facts = { eventId, programme, date, fromHour, toHour, startsMs };
  return { type: 'event.invited', detail: { householdId, atMs, key: eventId, facts } };
};

const inviteShard = async (
  { table, bus }: Deps,
  event: SavingEvent,
  { shard, atMs }: { readonly shard: number; readonly atMs: number },
): Promise<number> => {
  const homes = (await householdsOfShard(table, shard)).map(({ householdId }) => householdId);
  const enrolled = await enrolmentsIn(table, event.programme, homes);
  const invited = enrolled.filter(({ enrolment }) =>
    partsOf([enrolment]).some(({ spells }) => spellOver(spells, eventPeriod(event)) !== undefined),
  );
  await bus.publish(invited.map(({ householdId }) => invitation(householdId, event, atMs)));
  return invited.length;
};

/**
 * Carries the announcement of a saving event to every household that takes part in its programme on its day. Again is harmless: each is told
 * once of an event. One that has begun invites nobody any more.
 */
export const invite = async (deps: Deps, { detail }: BusEvent): Promise<{ invited: number }> => {
  const { facts, atMs } = happening.parse(detail);
  const event = await readEvent(deps.table, announced.parse(facts).eventId);
  if (!event || dayStart(event.date) + event.fromHour * HOUR_MS <= deps.clock.now()) return { invited: 0 };
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard).values();
  let invited = 0;
  const work = async (): Promise<void> => {
    for (const shard of shards) {
      const own = await inviteShard(deps, event, { shard, atMs });
      invited += own;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { invited };
};
