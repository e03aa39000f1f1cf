import { addDays, localDate } from '@hems/models/calendar/seoul';
import type { EventDetail, HouseholdEvents } from '@hems/shared/api/events';
import { estimateOf } from '@hems/models/incentive/event-worth';
import type { EventInputs } from '@hems/models/incentive/inputs';
import { endsMsOf, startsMsOf } from '@hems/models/incentive/participation';
import type { NotSettled } from '@hems/models/incentive/programme';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { ANNOUNCED_AHEAD_DAYS } from '../programmes/announce-event.ts';
import { readEvents } from '../stores/events.ts';
import { readAutoJoin } from '../stores/participations.ts';
import { readCalledEvent } from './decide.ts';
import { homeEvents, isTakenPartIn } from './home-events.ts';
import { inputsNow } from './inputs.ts';
import { runningOf } from './running.ts';
import { viewEvent } from './view-event.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

const BACK_DAYS = 90;

/** The events that call the household, latest first, and its rule. */
export const readHouseholdEvents = async ({ table, clock }: Deps, householdId: string): Promise<HouseholdEvents> => {
  const nowMs = clock.now();
  const today = localDate(nowMs);
  const events = (days: readonly [string, string]) => readEvents(table, days);
  const [called, { rule }] = await Promise.all([
    homeEvents({ table, events }, householdId, [addDays(today, -BACK_DAYS), addDays(today, ANNOUNCED_AHEAD_DAYS)]),
    readAutoJoin(table, householdId),
  ]);
  const views = await Promise.all(called.toReversed().map((one) => viewEvent({ table, nowMs }, householdId, one)));
  return { householdId, events: views, rule };
};

const estimated = (inputs: EventInputs | NotSettled): NonNullable<EventDetail['estimate']> => {
  const estimate = 'status' in inputs ? inputs : estimateOf(inputs);
  return estimate.status === 'refused' ? { status: 'refused', code: estimate.code, detail: estimate.detail } : estimate;
};

/** One event of the household: what it may earn before it begins, and how it goes while it runs. */
export const readHouseholdEvent = async (
  { table, clock }: Deps,
  householdId: string,
  eventId: string,
): Promise<EventDetail> => {
  const nowMs = clock.now();
  const called = await readCalledEvent({ table }, householdId, eventId);
  const view = await viewEvent({ table, nowMs }, householdId, called);
  const common = { householdId, event: view };
  if (nowMs >= endsMsOf(called.event)) return { ...common, estimate: null, running: null };
  const events = (days: readonly [string, string]) => readEvents(table, days);
  const inputs = await inputsNow({ table, clock, events }, householdId, called);
  if (nowMs < startsMsOf(called.event)) return { ...common, estimate: estimated(inputs), running: null };
  const running = isTakenPartIn(called) ? await runningOf({ table, clock }, householdId, inputs) : null;
  return { ...common, estimate: null, running };
};
