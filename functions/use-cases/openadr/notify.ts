import type { OpenadrObject, Operation, Subscription } from '@hems/models/openadr/objects';
import { seenInList } from '@hems/models/openadr/targets';
import type { Table } from '../../ports/table.ts';
import { findObject, objectsOf } from '../stores/openadr.ts';
import { readOpenadrClient } from '../stores/openadr-clients.ts';
import { sendRaw } from '../webhooks/callbacks.ts';
import { owns, sightOf, type OpenadrDeps } from './caller.ts';

type Happened = { readonly operation: Operation; readonly object: OpenadrObject };

/** The callback of an entry of a subscription, as the delivery of webhooks knows it. */
export const callbackKey = (subscriptionId: string, entry: number): string => `openadr:${subscriptionId}:${entry}`;

/** The program that an object belongs to; undefined: to none, it is told whatever program is asked for. */
const programOf = async (table: Table, partnerId: string, object: OpenadrObject): Promise<string | undefined> => {
  if (object.objectType === 'PROGRAM') return object.id;
  if (object.objectType === 'EVENT') return object.programID;
  if (object.objectType !== 'REPORT') return undefined;
  return (await findObject(table, partnerId, ['EVENT', object.eventID]))?.object.programID;
};

/** What the subscriber would see of the object if it asked now with the targets of its subscription. */
const seenBy = async (
  table: Table,
  partnerId: string,
  { subscription, object }: { readonly subscription: Subscription; readonly object: OpenadrObject },
): Promise<OpenadrObject | undefined> => {
  const client = await readOpenadrClient(table, subscription.clientID);
  if (!client || client.partnerId !== partnerId) return undefined;
  if (object.objectType === 'PROGRAM' || object.objectType === 'EVENT')
    return seenInList(object, await sightOf(table, client), subscription.targets ?? undefined);
  return owns(client, object) ? object : undefined;
};

/**
 * Tells the subscriptions of the partner what was done to an object, each at most once however often it is called. The body is
 * `notification` of openadr3.yaml; posting, signing and retries are those of the webhooks.
 */
export const notify = async (deps: OpenadrDeps, partnerId: string, { operation, object }: Happened): Promise<void> => {
  const { table } = deps;
  const program = await programOf(table, partnerId, object);
  for await (const subscription of objectsOf(table, partnerId, ['SUBSCRIPTION', []])) {
    const entries = [...subscription.objectOperations.entries()].filter(
      ([, { objects, operations }]) => objects.includes(object.objectType) && operations.includes(operation),
    );
    const wanted = subscription.programID ?? program;
    if (entries.length === 0 || (program !== undefined && wanted !== program)) continue;
    const seen = await seenBy(table, partnerId, { subscription, object });
    if (!seen) continue;
    const body = JSON.stringify({ objectType: object.objectType, operation, object: seen });
    for (const [entry] of entries) {
      const key = `${operation}:${object.id}:${object.modificationDateTime}`;
      await sendRaw(deps, { partnerId, ownerKey: callbackKey(subscription.id, entry), body, key });
    }
  }
};
