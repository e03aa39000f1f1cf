import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { changeDay, changedBy, changeProblem, type SupplyRows } from '@hems/models/household/supply-history';
import { supplyProblem } from '@hems/models/household/supply-problem';
import type { SupplyAnswer, SupplyChange } from '@hems/shared/api/supply';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { requireMay } from './members/require-may.ts';
import { Refused } from './refusal.ts';
import type { Member } from './stores/households.ts';
import { putSupplies, readSupplies } from './stores/supplies.ts';
import { untilWon } from './until-won.ts';

const check = (problem: string | undefined): void => {
  if (problem !== undefined) throw new Refused('invalid', problem);
};

const changed = (rows: SupplyRows, { from: asked, ...supply }: SupplyChange, today: LocalDate) => {
  check(supplyProblem(supply, today));
  const from = asked ?? changeDay(rows, supply, today);
  check(changeProblem(rows, from, today));
  return { from, supply };
};

/** Whoever was slower reads anew what the other said, and need not wait for it. */
const atOnce = (): Promise<void> => Promise.resolve();

/**
 * Says how the household is supplied from a day on. The contract is part of what the figures of a day rest on, so the next daily
 * run prices the days from then on anew; periods that ended before keep the supply that was in force.
 */
export const setSupply = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  member: Member,
  said: SupplyChange,
): Promise<SupplyAnswer> => {
  requireMay(member, 'set-supply');
  const { householdId } = member;
  return untilWon(atOnce, async () => {
    const { rows, version } = await readSupplies(table, householdId);
    const row = changed(rows, said, localDate(clock.now()));
    await putSupplies(table, householdId, { rows: changedBy(rows, row), version });
    return { ...row, assumed: false };
  });
};
