import * as z from 'zod';
import { shardOf } from '@hems/models/household/shard';
import { automation as settings, OVERRIDES, type Automation } from '@hems/shared/api/plan';
import type { Key, Put, Table } from '../../ports/table.ts';

/**
 * What a household lets the plan do, `AUTOMATION` of table `homes`: who said so and when, and what sets the plan aside. While it is on the
 * item stands in index `i2` under its shard, so that nobody else is visited.
 */
const word = z.object({ isOn: z.boolean(), atMs: z.int(), personId: z.string() });
const override = z.object({ mode: z.enum(OVERRIDES), untilMs: z.int(), atMs: z.int(), personId: z.string() });
export type Override = z.infer<typeof override>;

const stored = z.object({ settings, history: z.array(word), override: z.exactOptional(override) });
export type AutomationState = z.infer<typeof stored>;
/** Version 0: the household has said nothing. */
export type KeptAutomation = AutomationState & { readonly version: number };

/** Homes are planned shard by shard; pages keep a full one bounded. */
export const PLAN_SHARDS = 50;
const shardKey = (shard: number): string => `PLANNED#${shard}`;
export const planShardOf = (householdId: string): number => shardOf(householdId) % PLAN_SHARDS;

/** Of a household that has said nothing: off, with a tenth kept for a power cut. */
export const NO_AUTOMATION: Automation = { isOn: false, reservePermille: 100, car: null };

const key = (householdId: string): Key => ({ table: 'homes', pk: `H#${householdId}`, sk: 'AUTOMATION' });

export const readAutomation = async (table: Table, householdId: string): Promise<KeptAutomation> => {
  const item = await table.get(key(householdId));
  return item
    ? { ...stored.parse(item.data), version: item.version }
    : { settings: NO_AUTOMATION, history: [], version: 0 };
};

/** So many words are kept; nobody switches more often for a reason. */
const WORDS_KEPT = 100;

/** Throws ConditionFailed where it is not any more as it was read. */
export const automationPut = (householdId: string, { version, ...data }: KeptAutomation): Put => ({
  ...key(householdId),
  data: { ...data, history: data.history.slice(-WORDS_KEPT) },
  ...(data.settings.isOn && { i2: shardKey(planShardOf(householdId)) }),
  if: version === 0 ? { absent: true } : { version },
});

/** Households that let themselves be steered, a page at a time. From an index: one of the last second may be absent, or have switched off. */
export const plannedOfShard = async (
  table: Table,
  { shard, limit, cursor }: { readonly shard: number; readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly householdIds: readonly string[]; readonly cursor?: string }> => {
  const from = cursor === undefined ? {} : { cursor };
  const page = await table.query({ table: 'homes', by: 'i2', value: shardKey(shard), limit, ...from });
  const householdIds = page.items.map(({ pk }) => pk.slice('H#'.length));
  return { householdIds, ...(page.cursor !== undefined && { cursor: page.cursor }) };
};

/** What sets the plan aside at `nowMs`. */
export const overrideAt = ({ override: said }: AutomationState, nowMs: number): Override | undefined =>
  said && said.untilMs > nowMs ? said : undefined;
