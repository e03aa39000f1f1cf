import { addDays, localDate } from '@hems/models/calendar/seoul';
import { endsMsOf } from '@hems/models/incentive/participation';
import { ANNOUNCED_AHEAD_DAYS } from '../programmes/announce-event.ts';
import { readEvents } from '../stores/events.ts';
import { readAutoJoin } from '../stores/participations.ts';
import type { DecideDeps } from './decide.ts';
import { homeEvents } from './home-events.ts';
import { inviteHome } from './invite-home.ts';

/**
 * Invites a home that joined a programme after its events were announced to those that call it and are not over: from then on it is found
 * with the homes of the event, and its rule decides. Again is harmless.
 */
export const inviteToComing = async (deps: DecideDeps, householdId: string, programme: string): Promise<void> => {
  const nowMs = deps.clock.now();
  const today = localDate(nowMs);
  const reading = { ...deps, events: (days: readonly [string, string]) => readEvents(deps.table, days) };
  const coming = (await homeEvents(reading, householdId, [today, addDays(today, ANNOUNCED_AHEAD_DAYS)])).filter(
    ({ event }) => event.programme === programme && endsMsOf(event) > nowMs,
  );
  if (coming.length === 0) return;
  const { rule } = await readAutoJoin(deps.table, householdId);
  // one after the other: what is joined counts into the week of the next
  for (const { event, own, version } of coming)
    await inviteHome(reading, event, { householdId, kept: { own, version }, hasRule: rule.isOn });
};
