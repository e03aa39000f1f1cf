import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { requireMay } from '../members/require-may.ts';
import type { Member } from '../stores/households.ts';
import { putSafeguard } from '../stores/safeguards.ts';

/** Says that less heating or cooling would be a danger to somebody here, or takes it back. It holds from the next look on. */
export const setSafeguard = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  member: Member,
  isVulnerable: boolean,
): Promise<{ isVulnerable: boolean }> => {
  requireMay(member, 'answer-advice');
  await putSafeguard(table, member.householdId, { isVulnerable, nowMs: clock.now() });
  return { isVulnerable };
};
