import * as z from 'zod';
import { receiptLine, waitsFor } from '@hems/shared/api/erasures';
import type { Check, Key, Put, Table, Write } from '../../ports/table.ts';

/**
 * Erasures, partition `ERASURE#<id>` of table `operations`: `RECEIPT` names nobody and is kept three years, `SCOPE` names what is erased and
 * goes with it. Until it has ended an erasure stands in index `i1` under `ERASURES#open`. `ERASURE` of a household's or a person's partition
 * leads to the one that is under way.
 */
const receipt = z.object({
  subject: z.enum(['household', 'account']),
  state: z.enum(['erasing', 'waiting', 'erased']),
  waitsFor: z.nullable(waitsFor),
  /** executions of the state machine so far, the one under way included */
  attempt: z.int(),
  askedMs: z.int(),
  /** since when nothing new can begin */
  closedMs: z.nullable(z.int()),
  erasedMs: z.nullable(z.int()),
  lines: z.array(receiptLine),
  /** stores whose count is in a line already and that are not empty yet */
  under: z.array(z.string()),
  found: z.nullable(z.int()),
});
export type Receipt = z.infer<typeof receipt>;
export type KeptReceipt = { readonly erasureId: string; readonly receipt: Receipt; readonly version: number };

const membership = z.object({ memberId: z.string(), segment: z.string(), joinedOn: z.string() });
const householdScope = z.object({
  householdId: z.string(),
  telemetryId: z.string(),
  /** where payment records move to: random, and written down nowhere once the erasure has ended */
  pseudonym: z.string(),
  gateways: z.array(z.string()),
  devices: z.array(z.string()),
  /** of the community */
  memberships: z.array(membership),
  /** whose own partitions may tell of the household: members, and who has left */
  people: z.array(z.string()),
});
export type HouseholdScope = z.infer<typeof householdScope>;

const scope = z.object({
  households: z.array(householdScope),
  /** the subject whose account goes; null: a household alone */
  person: z.nullable(z.string()),
  /** households that the person leaves, or has left before, and that stay */
  leaves: z.array(z.string()),
  /** gives up what is still to be paid out */
  forfeit: z.boolean(),
  askedBy: z.string(),
});
export type Scope = z.infer<typeof scope>;
export type KeptScope = { readonly scope: Scope; readonly version: number };

export const parseReceipt = (data: unknown): Receipt => receipt.parse(data);
export const parseScope = (data: unknown): Scope => scope.parse(data);

const KEPT_YEARS_S = 3 * 366 * 86_400;
const OPEN = 'ERASURES#open';
const partition = (erasureId: string): string => `ERASURE#${erasureId}`;
const key = (erasureId: string, sk: 'RECEIPT' | 'SCOPE'): Key => ({
  table: 'operations',
  pk: partition(erasureId),
  sk,
});

export const receiptKey = (erasureId: string): Key => key(erasureId, 'RECEIPT');
export const scopeKey = (erasureId: string): Key => key(erasureId, 'SCOPE');

export const readReceipt = async (table: Table, erasureId: string): Promise<KeptReceipt | undefined> => {
  const item = await table.get(receiptKey(erasureId));
  return item && { erasureId, receipt: parseReceipt(item.data), version: item.version };
};

/** The write of a receipt that was read at `version`, or is new (0). */
export const receiptPut = ({ erasureId, receipt: data, version }: KeptReceipt): Put => ({
  ...receiptKey(erasureId),
  data,
  ...(data.erasedMs === null ? { i1: OPEN } : { expiresAt: Math.ceil(data.erasedMs / 1000) + KEPT_YEARS_S }),
  if: version === 0 ? { absent: true } : { version },
});

export const readScope = async (table: Table, erasureId: string): Promise<KeptScope | undefined> => {
  const item = await table.get(scopeKey(erasureId));
  return item && { scope: parseScope(item.data), version: item.version };
};

/** The write of a scope that was read at `version`, or is new (0). */
export const scopePut = (erasureId: string, { scope: data, version }: KeptScope): Put => ({
  ...scopeKey(erasureId),
  data,
  if: version === 0 ? { absent: true } : { version },
});

/** Those that have not ended, by an index that may lag. */
export const openErasures = async (table: Table): Promise<string[]> => {
  const { items } = await table.query({ table: 'operations', by: 'i1', value: OPEN });
  return items.map(({ pk }) => pk.slice(partition('').length));
};

const pointer = z.object({ erasureId: z.string(), askedBy: z.string() });
/** Which erasure is under way, and who asked for it. */
export type Pointer = z.infer<typeof pointer>;
export type Erased = { readonly household: string } | { readonly person: string };

export const pointerKey = (of: Erased): Key =>
  'household' in of
    ? { table: 'homes', pk: `H#${of.household}`, sk: 'ERASURE' }
    : { table: 'people', pk: `U#${of.person}`, sk: 'ERASURE' };

export const parsePointer = (data: unknown): Pointer => pointer.parse(data);
export const readPointer = async (table: Table, of: Erased): Promise<Pointer | undefined> => {
  const item = await table.get(pointerKey(of));
  return item && parsePointer(item.data);
};

/** Refused with ConditionFailed where another erasure is under way. */
export const pointerWrite = (of: Erased, data: Pointer): Write => ({
  put: { ...pointerKey(of), data, if: { absent: true } },
});

/** No erasure of it is under way; for a write that would leave something behind. */
export const notErasing = (of: Erased): Check => ({ ...pointerKey(of), if: { absent: true } });
