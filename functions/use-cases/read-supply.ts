import { localDate } from '@hems/models/calendar/seoul';
import { supplyOn } from '@hems/models/household/supply-history';
import type { SupplyAnswer } from '@hems/shared/api/supply';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { readSupplies } from './stores/supplies.ts';

/** How the household is supplied today, or what is assumed of one that has not said. */
export const readSupply = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  householdId: string,
): Promise<SupplyAnswer> => {
  const { rows } = await readSupplies(table, householdId);
  const { supply, assumed, from } = supplyOn(rows, localDate(clock.now()));
  return { supply, assumed, ...(from !== undefined && { from }) };
};
