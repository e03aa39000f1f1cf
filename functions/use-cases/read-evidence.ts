import { localDate } from '@hems/models/calendar/seoul';
import type { RewardLine } from '@hems/models/incentive/reward';
import { entryKeyOf, sumAmounts } from '@hems/models/ledger/entry';
import type { Evidence } from '@hems/shared/api/rewards';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { canonicalHash } from './canonical-hash.ts';
import { Refused } from './refusal.ts';
import { readInputs, readPeriod } from './stores/ledger.ts';
import { viewEntry } from './view-entry.ts';

/** Works a settled period out again from its frozen inputs. */
export type Recompute = (
  programme: string,
  inputs: unknown,
) => { readonly total: number; readonly lines: readonly RewardLine[] };
type Deps = { readonly table: Table; readonly clock: Clock; readonly recompute: Recompute };

/**
 * What an entry rests on. It `matches` when the frozen inputs are still those of its hash, and when the reward worked out from
 * them again is what the period's entries up to this one add up to.
 */
export const readEvidence = async (
  { table, clock, recompute }: Deps,
  { householdId, entryId }: { householdId: string; entryId: string },
): Promise<Evidence> => {
  const key = entryKeyOf(entryId);
  const entries = key?.householdId === householdId ? await readPeriod(table, key) : [];
  const upTo = entries.filter(({ revision }) => key && revision <= key.revision);
  const entry = upTo.find(({ revision }) => revision === key?.revision);
  if (!entry) throw new Refused('not-found', `this household has no entry ${entryId}`);
  const frozen = await readInputs(table, entry);
  if (!frozen) throw new Error(`the inputs ${entry.evidence.inputsHash} of entry ${entryId} are gone`);
  const { total, lines } = recompute(entry.programme, frozen.inputs);
  return {
    entry: viewEntry(entry, localDate(clock.now())),
    inputs: frozen.inputs,
    recomputed: total,
    matches: canonicalHash(frozen) === entry.evidence.inputsHash && total === sumAmounts(upTo),
    lines: [...lines],
  };
};
