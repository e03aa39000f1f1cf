import type { SavingEvent } from '@hems/models/incentive/saving-event';
import { participationPut, readParticipation, type KeptParticipation } from '../stores/participations.ts';
import { untilWon } from '../until-won.ts';
import { decideByRule, type RuleDeps } from './auto-join.ts';

/** A home that takes part in the event's programme on its day, as it was found. */
export type Invited = { readonly householdId: string; readonly kept: KeptParticipation; readonly hasRule: boolean };

/** Writes down that the home is invited, once, and lets its rule decide. Again is harmless: the first invitation stands. */
export const inviteHome = async (
  deps: RuleDeps,
  event: SavingEvent,
  { householdId, kept, hasRule }: Invited,
): Promise<{ joinedByRule: boolean }> => {
  let current = kept;
  await untilWon(deps.pause, async () => {
    if (current.own.invitedMs !== null) return;
    const own = { ...current.own, invitedMs: deps.clock.now() };
    try {
      await deps.table.put(participationPut(householdId, event, { own, version: current.version }));
    } catch (error) {
      current = await readParticipation(deps.table, householdId, event);
      throw error;
    }
  });
  if (!hasRule) return { joinedByRule: false };
  await decideByRule(deps, householdId, event);
  const { own } = await readParticipation(deps.table, householdId, event);
  return { joinedByRule: own.joined?.by === 'rule' && own.declinedMs === null };
};
