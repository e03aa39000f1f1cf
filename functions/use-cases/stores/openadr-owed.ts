import * as z from 'zod';
import { OBJECTS, OPERATIONS, type OpenadrObject, type Operation } from '@hems/models/openadr/objects';
import type { Item, Key, Table, Write } from '../../ports/table.ts';

/**
 * What subscriptions are owed to be told: partition `OPENADR-OWED` of table `operations`, `DUE#<epoch ms>#<partner>#<operation>#<object>`.
 * Written in one transact with what was done to the object, and deleted when all of them have been told; the time is that of the writing, or
 * of the next try. As long as nobody has told it, minutes; it holds an object of a partner and names no household.
 */
export type Owed = {
  readonly partnerId: string;
  readonly operation: Operation;
  readonly object: OpenadrObject;
  readonly atMs: number;
};

const OWED = 'OPENADR-OWED';
const timeOf = (ms: number): string => `DUE#${String(ms).padStart(13, '0')}#`;
const keyOf = ({ partnerId, operation, object, atMs }: Owed): Key => ({
  table: 'operations',
  pk: OWED,
  sk: `${timeOf(atMs)}${partnerId}#${operation}#${object.id}`,
});

export const owedPut = (owed: Owed): Write => {
  const { partnerId, operation, object } = owed;
  return { put: { ...keyOf(owed), data: { partnerId, operation, object } } };
};
export const owedDelete = (owed: Owed): Write => ({ delete: keyOf(owed) });

/** The first of those that were owed by then, as they are kept. */
export const owedUntil = async (table: Table, nowMs: number, limit: number): Promise<Item[]> =>
  (await table.query({ table: 'operations', value: OWED, from: 'DUE#', to: `${timeOf(nowMs)}~`, limit })).items;

const kept = z.object({
  partnerId: z.string(),
  operation: z.enum(OPERATIONS),
  object: z.looseObject({
    objectType: z.enum(['PROGRAM', 'EVENT', 'REPORT', 'SUBSCRIPTION', 'VEN', 'RESOURCE']),
  }),
});

export const owedOf = ({ sk, data }: Item): Owed => {
  const { partnerId, operation, object } = kept.parse(data);
  const atMs = Number(sk.split('#')[1]);
  return { partnerId, operation, object: OBJECTS[object.objectType].parse(object), atMs };
};

/** Lets the others pass. */
export const postponeOwed = ({ table, pk, sk, data }: Item, to: { readonly table: Table; readonly atMs: number }) =>
  to.table.transact([
    { delete: { table, pk, sk } },
    { put: { table, pk, sk: timeOf(to.atMs) + sk.slice(timeOf(0).length), data } },
  ]);
