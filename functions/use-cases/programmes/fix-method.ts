import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import { fixMethod, planFit, type FixedMethod } from '@hems/models/incentive/method-fit';
import { versionFor } from '@hems/models/incentive/programme';
import { NATIONAL_DR } from '@hems/models/incentive/rows/events';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { listEnrolments } from '../stores/enrolments.ts';
import { readEvents } from '../stores/events.ts';
import { calledOn, LOOK_BACK_DAYS, partsOf } from './due-periods.ts';
import { readHours } from './hours.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** The baseline method of a home that applies on the day, in the programme that leaves a choice of it. */
export const fixMethodOf = async (
  deps: Deps,
  { householdId, programme }: { readonly householdId: string; readonly programme: string },
  today: LocalDate,
): Promise<FixedMethod | undefined> => {
  const version = versionFor(NATIONAL_DR, today, today);
  if (programme !== NATIONAL_DR.id || 'status' in version) return undefined;
  const parts = partsOf(await listEnrolments(deps.table, householdId));
  const events = await readEvents(deps.table, [addDays(today, -LOOK_BACK_DAYS), today]);
  const called = calledOn(programme, parts, events);
  const useAt = await readHours(deps, householdId, planFit(version.rule, today, called));
  return fixMethod(version.rule, { date: today, calledOn: called, useAt });
};
