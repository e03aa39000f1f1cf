import * as z from 'zod';
import type { Key, Table } from '../../ports/table.ts';

/** That a resident has held the supply against a bill: `H#<household>` / `SUPPLY-CHECK` of table `homes`. */
const stored = z.object({
  atMs: z.int(),
  /** subject of the identity provider */
  by: z.string(),
  /** what the supply costs less what was billed; null: the tariff does not say what it costs */
  differenceWon: z.nullable(z.int()),
});
type SupplyCheck = z.infer<typeof stored>;

const key = (householdId: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk: 'SUPPLY-CHECK' });

export const readSupplyCheck = async (table: Table, householdId: string): Promise<SupplyCheck | undefined> => {
  const item = await table.get(key(householdId));
  return item && stored.parse(item.data);
};

/** The last one to look at a bill is right. */
export const putSupplyCheck = (table: Table, householdId: string, data: SupplyCheck): Promise<void> =>
  table.put({ ...key(householdId), data });
