import type { Item, Table } from '../../ports/table.ts';
import type { HouseholdScope, Receipt } from '../stores/erasures.ts';
import { movePayout, payoutsOf } from '../stores/payouts.ts';
import { balanceOf, isOwed } from './balance.ts';
import { GO_ON, type EraseDeps, type Erasing, type StepAnswer } from './deps.ts';
import { itemsOf } from './erase-items.ts';
import { dropPointers } from './homes.ts';
import { dropItem, keptUntilMs, lastDayOf, ledgerOf, moveRecord } from './payment-records.ts';
import { changeReceipt, takeAway } from './receipt-lines.ts';

/** Payouts of the household that are neither paid nor refused. What was given up is refused here, unless it was let go already. */
const openPayouts = async (deps: EraseDeps, { householdId }: HouseholdScope, forfeit: boolean): Promise<number> => {
  const before = await payoutsOf(deps.table, householdId);
  for (const { payoutId, state } of before)
    if (forfeit && state === 'pending')
      await movePayout(deps, { householdId, payoutId }, { event: 'reject', by: 'erasure' });
  const now = await payoutsOf(deps.table, householdId);
  return now.filter(({ state }) => state !== 'paid' && state !== 'refused').length;
};

const readLedger = async (table: Table, household: HouseholdScope): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const item of itemsOf(table, [ledgerOf(household)])) items.push(item);
  return items;
};

/** Records first: what is left of a ledger without them names no payment. */
const moveLedger = async (deps: EraseDeps, erasureId: string, households: readonly HouseholdScope[]): Promise<void> => {
  const { table, clock } = deps;
  const nowMs = clock.now();
  const isKept = (item: Item): boolean => keptUntilMs(item, nowMs) !== undefined;
  const all = (await Promise.all(households.map((one) => readLedger(table, one)))).flat();
  await takeAway(deps, erasureId, {
    name: 'payment records',
    going: { store: 'ledger', outcome: 'pseudonymised', until: lastDayOf(all, nowMs), reason: 'payment-records' },
    count: async () => all.filter(isKept).length,
    work: async () => {
      for (const household of households)
        for (const record of await readLedger(table, household)) {
          const untilMs = keptUntilMs(record, nowMs);
          if (untilMs !== undefined) await moveRecord(deps, household, { record, untilMs });
        }
      return true;
    },
  });
  await takeAway(deps, erasureId, {
    name: 'ledger',
    going: { store: 'ledger' },
    count: async () => all.length - all.filter(isKept).length,
    work: async () => {
      for (const household of households)
        for (const item of await readLedger(table, household)) await dropItem(table, household, item);
      return true;
    },
  });
};

/** Money that was neither paid nor given up is not lost in silence, whatever became of the payout in the meantime. */
const waitsForOf = async (deps: EraseDeps, { scope }: Pick<Erasing, 'scope'>): Promise<Receipt['waitsFor']> => {
  const { households, forfeit } = scope;
  const open = await Promise.all(households.map((one) => openPayouts(deps, one, forfeit)));
  if (open.some((count) => count > 0)) return 'payout';
  return !forfeit && isOwed(await balanceOf(deps.table, scope)) ? 'resident' : null;
};

/**
 * A payout that was asked for before is brought to its end first: it is paid under the household's own name, which the rail knows it by. If it
 * was refused, whoever holds the id of the erasure says what becomes of the balance. Until then the ledger stays, and nothing else.
 */
export const eraseLedger = async (deps: EraseDeps, { erasureId, scope }: Erasing): Promise<StepAnswer> => {
  const waitsFor = await waitsForOf(deps, { scope });
  await changeReceipt(deps, erasureId, (before) => {
    const state = waitsFor === null ? 'erasing' : 'waiting';
    return before.state === state && before.waitsFor === waitsFor ? before : { ...before, state, waitsFor };
  });
  if (waitsFor !== null) return { next: 'wait' };
  if (scope.households.length > 0) await moveLedger(deps, erasureId, scope.households);
  await dropPointers(deps, { erasureId, scope });
  return GO_ON;
};
