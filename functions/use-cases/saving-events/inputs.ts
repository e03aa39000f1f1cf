import { addDays } from '@hems/models/calendar/seoul';
import type { EventInputs, HourInputs } from '@hems/models/incentive/inputs';
import type { NotSettled } from '@hems/models/incentive/programme';
import { eventPeriod } from '@hems/models/incentive/saving-event';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { LOOK_BACK_DAYS, partsOf } from '../programmes/due-periods.ts';
import { freezeOfEvent } from '../programmes/freeze.ts';
import { readHours } from '../programmes/hours.ts';
import { listEnrolments } from '../stores/enrolments.ts';
import type { ReadEvents } from '../stores/events.ts';
import type { HomeEvent } from './home-events.ts';

export type InputDeps = { readonly table: Table; readonly clock: Clock; readonly events: ReadEvents };

/**
 * What an event of a home would be settled by as of now: the days that stand for it, and of its own hours what is known. By the steps of
 * the settlement, so that the same readings give the same figures.
 */
export const inputsNow = async (
  deps: InputDeps,
  householdId: string,
  called: HomeEvent,
): Promise<EventInputs | NotSettled> => {
  const { event } = called;
  const [enrolments, events] = await Promise.all([
    listEnrolments(deps.table, householdId),
    deps.events([addDays(event.date, -LOOK_BACK_DAYS), event.date]),
  ]);
  const household = { householdId, parts: partsOf(enrolments), events };
  return freezeOfEvent(deps, household, { ...called, period: eventPeriod(event) });
};

/** What was prepared while the event ran, with the use of its own day as it is known now. */
export const withOwnHours = async (
  deps: Pick<InputDeps, 'table' | 'clock'>,
  householdId: string,
  prepared: EventInputs,
): Promise<EventInputs> => {
  const all = [...prepared.hours, ...prepared.before].map(({ hour }) => hour);
  const useAt = await readHours(deps, householdId, { dates: [prepared.date], hours: all });
  const asKnown = (one: HourInputs): HourInputs => ({ ...one, actual: useAt(prepared.date, one.hour) });
  return { ...prepared, hours: prepared.hours.map(asKnown), before: prepared.before.map(asKnown) };
};
