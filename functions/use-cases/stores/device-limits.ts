import * as z from 'zod';
import type { Key, Table } from '../../ports/table.ts';

/** What a household's battery and charger were seen to do, `LIMITS` of table `energy`; looked at again after a week, gone after two. */
const KEPT_S = 14 * 86_400;

const stored = z.object({
  seenMs: z.int(),
  battery: z.nullable(
    z.object({
      deviceId: z.string(),
      capacityWh: z.int(),
      chargeW: z.int(),
      dischargeW: z.int(),
      /** the lowest charge */
      leastPermille: z.int(),
    }),
  ),
  charger: z.nullable(z.object({ deviceId: z.string(), powerW: z.int() })),
});
export type SeenLimits = z.infer<typeof stored>;

const key = (householdId: string): Key => ({ table: 'energy', pk: `H#${householdId}`, sk: 'LIMITS' });

export const readLimits = async (table: Table, householdId: string): Promise<SeenLimits | undefined> => {
  const item = await table.get(key(householdId));
  return item && stored.parse(item.data);
};

export const keepLimits = async (table: Table, householdId: string, limits: SeenLimits): Promise<void> =>
  await table.put({ ...key(householdId), data: limits, expiresAt: Math.ceil(limits.seenMs / 1000) + KEPT_S });
