import * as z from 'zod';
import { savingEvent } from '@hems/shared/api/events';
import type { Key, Table, Write } from '../../ports/table.ts';

/**
 * Events of partners that call homes. `DISPATCH#<event>` in the partner's OpenADR partition: the saving event, and what was told of it.
 * Partition `OPENADR-DUE` of `operations`: `DUE#<epoch ms>#<partner>#<event>`, when it is to be looked at next, so that nobody walks the partners.
 */
const told = z.object({
  homes: z.int(),
  importKwh: z.int(),
  baselineKwh: z.int(),
  isWhole: z.boolean(),
});
const dispatch = z.object({
  partnerId: z.string(),
  programId: z.string(),
  event: savingEvent,
  reportId: z.string(),
  /** `called`: nothing was reported yet; `refused`: the homes could not be called after all */
  stage: z.enum(['called', 'provisional', 'final', 'refused']),
  told: told.nullable(),
  dueMs: z.int(),
});
export type Dispatch = z.infer<typeof dispatch>;
export type KeptDispatch = { readonly dispatch: Dispatch; readonly version: number };

const DUE = 'OPENADR-DUE';
const keyOf = (partnerId: string, eventId: string): Key => ({
  table: 'operations',
  pk: `PARTNER#${partnerId}#OPENADR`,
  sk: `DISPATCH#${eventId}`,
});
const dueKey = ({ partnerId, event, dueMs }: Dispatch): Key => ({
  table: 'operations',
  pk: DUE,
  sk: `DUE#${String(dueMs).padStart(13, '0')}#${partnerId}#${event.eventId}`,
});
const isOpen = ({ stage }: Dispatch): boolean => stage === 'called' || stage === 'provisional';

export const readDispatch = async (
  table: Table,
  partnerId: string,
  eventId: string,
): Promise<KeptDispatch | undefined> => {
  const item = await table.get(keyOf(partnerId, eventId));
  return item && { dispatch: dispatch.parse(item.data), version: item.version };
};

const due = z.object({ partnerId: z.string(), eventId: z.string() });
const duePut = (one: Dispatch): Write => ({
  put: { ...dueKey(one), data: { partnerId: one.partnerId, eventId: one.event.eventId } },
});

export const newDispatch = (one: Dispatch): Write[] => [
  { put: { ...keyOf(one.partnerId, one.event.eventId), data: one, if: { absent: true } } },
  duePut(one),
];

/** ConditionFailed where another sweep was faster. */
export const moveDispatch = async (
  table: Table,
  { dispatch: before, version }: KeptDispatch,
  after: Dispatch,
): Promise<void> =>
  table.transact([
    { put: { ...keyOf(after.partnerId, after.event.eventId), data: after, if: { version } } },
    ...(before.dueMs === after.dueMs && isOpen(after) ? [] : [{ delete: dueKey(before) }]),
    ...(isOpen(after) && before.dueMs !== after.dueMs ? [duePut(after)] : []),
  ]);

export const removeDispatch = async (table: Table, { dispatch: one }: KeptDispatch): Promise<void> =>
  table.transact([{ delete: keyOf(one.partnerId, one.event.eventId) }, { delete: dueKey(one) }]);

/** The first of those that are due by then. */
export const dueDispatches = async (table: Table, nowMs: number, limit: number): Promise<KeptDispatch[]> => {
  const to = `DUE#${String(nowMs).padStart(13, '0')}#~`;
  const { items } = await table.query({ table: 'operations', value: DUE, from: 'DUE#', to, limit });
  const found = await Promise.all(
    items.map(async ({ data }) => {
      const { partnerId, eventId } = due.parse(data);
      return await readDispatch(table, partnerId, eventId);
    }),
  );
  return found.filter((one) => one !== undefined);
};
