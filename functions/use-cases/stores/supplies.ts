import * as z from 'zod';
import { supplyRow, type SupplyRows } from '@hems/models/household/supply-history';
import type { Key, Table } from '../../ports/table.ts';

/** How a household is supplied, `SUPPLY` of table `homes`: all its rows in one item, each with the day from which it holds. */
const stored = z.object({ rows: z.array(supplyRow) });

const key = (householdId: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk: 'SUPPLY' });

/** As they were read at `version`; without rows, 0: the household has not said. */
type KeptSupplies = { readonly rows: SupplyRows; readonly version: number };

export const readSupplies = async (table: Table, householdId: string): Promise<KeptSupplies> => {
  const item = await table.get(key(householdId));
  return item ? { rows: stored.parse(item.data).rows, version: item.version } : { rows: [], version: 0 };
};

/** Throws ConditionFailed where they are not any more as they were read. */
export const putSupplies = async (table: Table, householdId: string, { rows, version }: KeptSupplies): Promise<void> =>
  table.put({ ...key(householdId), data: { rows: [...rows] }, if: version === 0 ? { absent: true } : { version } });
