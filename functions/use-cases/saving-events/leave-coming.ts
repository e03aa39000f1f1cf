import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import { takesPart } from '@hems/models/incentive/participation';
import type { SavingEvent } from '@hems/models/incentive/saving-event';
import { ANNOUNCED_AHEAD_DAYS } from '../programmes/announce-event.ts';
import { readEvents } from '../stores/events.ts';
import { participationPut, readParticipation } from '../stores/participations.ts';
import { untilWon } from '../until-won.ts';
import type { DecideDeps } from './decide.ts';

/** Takes the home out of an event that no longer calls it. */
export const leaveEvent = (
  { table, clock, pause }: DecideDeps,
  householdId: string,
  event: SavingEvent,
): Promise<void> =>
  untilWon(pause, async () => {
    const { own, version } = await readParticipation(table, householdId, event);
    if (version === 0 || !takesPart(event, own)) return;
    const left = { ...own, declinedMs: clock.now() };
    await table.put(participationPut(householdId, event, { own: left, version }));
  });

/** Who withdraws from a programme takes part in none of its events of later days. */
export const leaveComing = async (
  deps: DecideDeps,
  householdId: string,
  { programme, today }: { readonly programme: string; readonly today: LocalDate },
): Promise<void> => {
  const coming = await readEvents(deps.table, [addDays(today, 1), addDays(today, ANNOUNCED_AHEAD_DAYS)]);
  for (const event of coming.filter((one) => one.programme === programme)) await leaveEvent(deps, householdId, event);
};
