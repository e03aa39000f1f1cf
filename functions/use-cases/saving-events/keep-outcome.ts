import type { EventOutcome } from '@hems/models/incentive/event-outcome';
import { takesPart } from '@hems/models/incentive/participation';
import type { SavingEvent } from '@hems/models/incentive/saving-event';
import type { Pause } from '../../ports/pause.ts';
import type { Table } from '../../ports/table.ts';
import { canonicalJson } from '../canonical-hash.ts';
import { participationPut, readParticipation } from '../stores/participations.ts';
import { untilWon } from '../until-won.ts';

type Deps = { readonly table: Table; readonly pause: Pause };
type Kept = { readonly stage: 'provisional' | 'final'; readonly outcome: EventOutcome };

/** The same but for the time at which it was worked out. */
const isSame = (a: EventOutcome, b: EventOutcome): boolean =>
  canonicalJson({ ...a, atMs: 0 }) === canonicalJson({ ...b, atMs: 0 });

/** What is known already is not given up for not knowing: data that went bad say nothing of what was saved. */
const isBetter = (before: EventOutcome | null, { outcome }: Kept): boolean => {
  if (before === null) return true;
  if (outcome.status === 'unknown' && before.status === 'known') return false;
  return !isSame(before, outcome);
};

/**
 * Keeps what an event came to in a home beside how the home stands in it; the same again is not written. A provisional result is kept
 * of a home that is still there as it was found by the index, a final one of every home that was settled.
 */
export const keepOutcome = (
  { table, pause }: Deps,
  { householdId, event }: { readonly householdId: string; readonly event: SavingEvent },
  kept: Kept,
): Promise<void> =>
  untilWon(pause, async () => {
    const { own, version } = await readParticipation(table, householdId, event);
    const isGone = kept.stage === 'provisional' && (version === 0 || !takesPart(event, own));
    if (isGone || !isBetter(own[kept.stage], kept)) return;
    await table.put(participationPut(householdId, event, { own: { ...own, [kept.stage]: kept.outcome }, version }));
  });
