import type { Unit } from '@hems/models/incentive/programme';
import type { ErasureReport } from '@hems/shared/api/erasures';
import { askPayout } from '../ask-payout.ts';
import { owedOf, readTallies } from '../stores/balances.ts';
import { readScope, type HouseholdScope } from '../stores/erasures.ts';
import type { AskDeps } from './ask.ts';
import { readErasure, requireErasure } from './read-erasure.ts';
import { changeReceipt } from './receipt-lines.ts';
import { changeScope } from './scope.ts';
import { carryOn } from './start.ts';

const UNITS: readonly Unit[] = ['won', 'points'];

/** Asks for all that can be paid out, by the account that the rail has for the household; an operator decides on it as on any other. */
const askForAll = async (deps: AskDeps, { householdId }: HouseholdScope): Promise<boolean> => {
  const { tallies } = await readTallies(deps.table, householdId);
  const owed = await owedOf(deps.table, tallies);
  // nobody is a member any more: the erasure asks in the owner's place
  const owner = { householdId, sub: '', role: 'owner' } as const;
  const units = UNITS.filter((unit) => owed[unit].withdrawable > 0);
  for (const unit of units)
    await askPayout(deps, owner, { payoutId: deps.ids.next(), unit, amount: owed[unit].withdrawable });
  return units.length > 0;
};

/**
 * What becomes of a balance that is left because its payout was refused, or that was earned while the erasure began. Paid or given up, the
 * erasure goes on; said again, or where nothing waits for it, it changes nothing.
 */
export const settleErasure = async (
  deps: AskDeps,
  erasureId: string,
  balance: 'pay' | 'forfeit',
): Promise<ErasureReport> => {
  const { table } = deps;
  const { receipt } = await requireErasure(table, erasureId);
  const kept = await readScope(table, erasureId);
  if (receipt.waitsFor !== 'resident' || !kept) return readErasure(deps, erasureId);
  if (balance === 'forfeit') {
    await changeScope(deps, erasureId, (before) => ({ ...before, forfeit: true }));
    await carryOn(deps, await requireErasure(table, erasureId));
    return readErasure(deps, erasureId);
  }
  const asked: boolean[] = [];
  for (const household of kept.scope.households) asked.push(await askForAll(deps, household));
  if (asked.includes(true)) await changeReceipt(deps, erasureId, (before) => ({ ...before, waitsFor: 'payout' }));
  return readErasure(deps, erasureId);
};
