import type { LocalDate } from '@hems/models/calendar/seoul';
import { freezeEventUse, planEvent, rulingOf, type EventPlan } from '@hems/models/incentive/event-inputs';
import type { EventInputs, EventUseInputs } from '@hems/models/incentive/inputs';
import { notSettled, type NotSettled } from '@hems/models/incentive/programme';
import type { SavingEvent } from '@hems/models/incentive/saving-event';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { readProfile } from '../stores/households.ts';
import { readHours } from './hours.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** An event as one home stands in it. */
type HomeEvent = {
  readonly event: SavingEvent;
  /** the baseline method fixed when the home came to take part, in a programme that leaves a choice */
  readonly fixedMethod: string | undefined;
  /** the days with an event that the home was called to */
  readonly calledOn: ReadonlySet<LocalDate>;
  /** events of the programme that it won and was paid for, in the year before this one */
  readonly successesBefore: number;
};

const useIn = async (deps: Deps, householdId: string, plan: EventPlan): Promise<EventUseInputs> => {
  const useAt = await readHours(deps, householdId, {
    dates: [plan.event.date, ...plan.candidates],
    hours: [...plan.hours, ...plan.hoursBefore],
  });
  return freezeEventUse(plan, useAt);
};

/** What an event is settled by in a home: reads its hours, and those of the days that may stand for them. */
export const freezeEvent = async (
  deps: Deps,
  householdId: string,
  { event, fixedMethod, calledOn, successesBefore }: HomeEvent,
): Promise<EventInputs | NotSettled> => {
  const ruling = rulingOf(event, fixedMethod);
  if ('status' in ruling) return ruling;
  const [hours, profile] = await Promise.all([
    useIn(deps, householdId, planEvent(event, ruling, calledOn)),
    readProfile(deps.table, householdId),
  ]);
  const use = { ...hours, ...(profile?.origin?.type === 'simulated' && { simulated: true as const }) };
  switch (event.programme) {
    case 'apartment-mission':
      return { programme: 'apartment-mission', ...use, successesBefore };
    case 'national-dr':
      return { programme: 'national-dr', ...use };
    case 'per-home-dr-target':
      return { programme: 'per-home-dr-target', ...use, points: event.points ?? 0 };
    default:
      return notSettled('unknown-rule', `${event.programme} pays for no events`);
  }
};
