import * as z from 'zod';
import type { PulledReward } from '@hems/models/connector/connector';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * Rewards that another platform gave to a household: `OUTSIDE#<partner>#<ref>` in its partition, table `homes`. They are told, and stand in
 * no balance of ours.
 */
const PREFIX = 'OUTSIDE#';
const stored = z.object({
  system: z.string(),
  amount: z.int(),
  unit: z.enum(['won', 'points']),
  earnedOn: z.string(),
  label: z.string(),
});
export type OutsideReward = z.infer<typeof stored>;

type Which = { readonly householdId: string; readonly partnerId: string; readonly ref: string };
const key = ({ householdId, partnerId, ref }: Which): Key => ({
  table: 'homes',
  pk: `H#${householdId}`,
  sk: `${PREFIX}${partnerId}#${ref}`,
});

export const outsideRewardPut = (
  which: Which,
  system: string,
  { amount, unit, earnedOn, label }: PulledReward,
): Put => ({ ...key(which), data: { system, amount, unit, earnedOn, label } satisfies OutsideReward });

/** The latest first. */
export const readOutsideRewards = async (table: Table, householdId: string): Promise<OutsideReward[]> => {
  const { items } = await table.query({ table: 'homes', value: `H#${householdId}`, prefix: PREFIX });
  return items
    .map(({ data }) => stored.parse(data))
    .toSorted((a, b) => (a.earnedOn < b.earnedOn ? 1 : a.earnedOn > b.earnedOn ? -1 : 0));
};
