import { SHARDS } from '@hems/models/household/shard';
import { spellOver } from '@hems/models/incentive/enrolment';
import { startsMsOf } from '@hems/models/incentive/participation';
import { eventPeriod } from '@hems/models/incentive/saving-event';
import { happening, type Told } from '@hems/shared/events/bus';
import type { SavingEvent } from '@hems/shared/api/events';
import * as z from 'zod';
import type { BusEvent, EventBus } from '../../ports/event-bus.ts';
import type { RuleDeps } from '../saving-events/auto-join.ts';
import { inviteHome, type Invited } from '../saving-events/invite-home.ts';
import { partsOf } from '../programmes/due-periods.ts';
import { enrolmentsIn } from '../stores/enrolments.ts';
import { readEvent, readingOnce } from '../stores/events.ts';
import { householdsOfShard } from '../stores/households.ts';
import { autoJoinsOf, participationsOf } from '../stores/participations.ts';

type Deps = Omit<RuleDeps, 'events'> & { readonly bus: EventBus };

const announced = z.object({ eventId: z.string() });
/** Shards looked at together: their reads overlap. */
const AT_ONCE = 20;

type InvitedHome = { readonly householdId: string; readonly joinedByRule: boolean };

const invitation = (event: SavingEvent, atMs: number, { householdId, joinedByRule }: InvitedHome): Told => {
  const { eventId, programme, date, fromHour, toHour } = event;
  const facts = {
    eventId,
    programme,
    date,
    fromHour,
    toHour,
    startsMs: startsMsOf(event),
    ...(joinedByRule && { joined: 'rule' as const }),
  };
  return { type: 'event.invited', detail: { householdId, atMs, key: eventId, facts } };
};

/** The homes of the shard that take part in the programme on the event's day. */
const calledIn = async ({ table }: Deps, event: SavingEvent, shard: number): Promise<Invited[]> => {
  const homes = (await householdsOfShard(table, shard)).map(({ householdId }) => householdId);
  const enrolled = (await enrolmentsIn(table, event.programme, homes))
    .filter(({ enrolment }) =>
      partsOf([enrolment]).some(({ spells }) => spellOver(spells, eventPeriod(event)) !== undefined),
    )
    .map(({ householdId }) => householdId);
  const [kept, rules] = await Promise.all([participationsOf(table, event, enrolled), autoJoinsOf(table, enrolled)]);
  return enrolled.flatMap((householdId, i): Invited[] => {
    const own = kept[i];
    return own ? [{ householdId, kept: own, hasRule: rules[i]?.rule.isOn === true }] : [];
  });
};

type Inviting = {
  readonly deps: RuleDeps & { readonly bus: EventBus };
  readonly event: SavingEvent;
  readonly atMs: number;
};

/** Kept before it is told: who comes from the notice finds the invitation. */
const inviteShard = async ({ deps, event, atMs }: Inviting, shard: number): Promise<number> => {
  const invited: InvitedHome[] = [];
  for (const home of await calledIn(deps, event, shard))
    invited.push({ householdId: home.householdId, ...(await inviteHome(deps, event, home)) });
  await deps.bus.publish(invited.map((home) => invitation(event, atMs, home)));
  return invited.length;
};

/**
 * Carries the announcement of a saving event to every household that takes part in its programme on its day: it is invited, and its rule may
 * join for it. Again is harmless: each is told once of an event. One that has begun invites nobody any more.
 */
export const invite = async (deps: Deps, { detail }: BusEvent): Promise<{ invited: number }> => {
  const { facts, atMs } = happening.parse(detail);
  const event = await readEvent(deps.table, announced.parse(facts).eventId);
  if (!event || startsMsOf(event) <= deps.clock.now()) return { invited: 0 };
  const inviting = { deps: { ...deps, events: readingOnce(deps.table) }, event, atMs };
  const shards = Array.from({ length: SHARDS }, (_, shard) => shard).values();
  let invited = 0;
  const work = async (): Promise<void> => {
    // the iterator is shared: each shard is taken by one worker
    for (const shard of shards) {
      const own = await inviteShard(inviting, shard);
      invited += own;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { invited };
};
