import * as z from 'zod';
import type { Key, Table } from '../../ports/table.ts';

/**
 * That less heating or cooling is a danger to somebody here, by the household's own word: `SAFEGUARD` of table `homes`. It tells neither
 * who nor why, and it is there only while it holds.
 */
const stored = z.object({ isVulnerable: z.literal(true) });
const key = (householdId: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk: 'SAFEGUARD' });

export const readSafeguard = async (table: Table, householdId: string): Promise<boolean> => {
  const item = await table.get(key(householdId));
  return item !== undefined && stored.parse(item.data).isVulnerable;
};

/** Taken back, the item is expired as of `nowMs`. The last word stands, whoever said it. */
export const putSafeguard = (
  table: Table,
  householdId: string,
  { isVulnerable, nowMs }: { readonly isVulnerable: boolean; readonly nowMs: number },
): Promise<void> =>
  table.put({
    ...key(householdId),
    data: { isVulnerable: true },
    ...(!isVulnerable && { expiresAt: Math.floor(nowMs / 1000) }),
  });
