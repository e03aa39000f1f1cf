import type { LocalDate } from '@hems/models/calendar/seoul';
import { spellOver, type Spell } from '@hems/models/incentive/enrolment';
import { NOT_ASKED, takesPart } from '@hems/models/incentive/participation';
import { eventPeriod, inTime, type SavingEvent } from '@hems/models/incentive/saving-event';
import type { Table } from '../../ports/table.ts';
import { partsOf, type Part } from '../programmes/due-periods.ts';
import { listEnrolments } from '../stores/enrolments.ts';
import type { ReadEvents } from '../stores/events.ts';
import { participationsIn, type KeptParticipation } from '../stores/participations.ts';

/** One event that calls the home, and how the home stands in it. */
export type HomeEvent = Part & KeptParticipation & { readonly event: SavingEvent; readonly spell: Spell };

const NOT_KEPT: KeptParticipation = { own: NOT_ASKED, version: 0 };

type Deps = { readonly table: Table; readonly events: ReadEvents };

/** The events of the days, both inclusive, that call the home: of programmes that it takes part in on the day; in time. */
export const homeEvents = async (
  { table, events }: Deps,
  householdId: string,
  days: readonly [LocalDate, LocalDate],
): Promise<HomeEvent[]> => {
  const [enrolments, all, kept] = await Promise.all([
    listEnrolments(table, householdId),
    events(days),
    participationsIn(table, householdId, days),
  ]);
  const parts = partsOf(enrolments);
  return all.toSorted(inTime).flatMap((event): HomeEvent[] => {
    const part = parts.find(({ programme }) => programme.id === event.programme);
    const spell = part && spellOver(part.spells, eventPeriod(event));
    return part && spell ? [{ ...part, event, spell, ...(kept.get(event.eventId) ?? NOT_KEPT) }] : [];
  });
};

export const isTakenPartIn = ({ event, own }: HomeEvent): boolean => takesPart(event, own);
