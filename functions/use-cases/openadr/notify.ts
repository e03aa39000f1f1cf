import type { OpenadrObject, Subscription } from '@hems/models/openadr/objects';
import { seenById, seenInList, type Sight } from '@hems/models/openadr/targets';
import type { Table } from '../../ports/table.ts';
import { findObject, objectsOf } from '../stores/openadr.ts';
import { owedDelete, type Owed } from '../stores/openadr-owed.ts';
import { readOpenadrClient, type OpenadrClient } from '../stores/openadr-clients.ts';
import { sendRaw } from '../webhooks/callbacks.ts';
import { owns, sightOf, type OpenadrDeps } from './caller.ts';

/** The callback of an entry of a subscription, as the delivery of webhooks knows it. */
export const callbackKey = (subscriptionId: string, entry: number): string => `openadr:${subscriptionId}:${entry}`;

/** The program that an object belongs to; undefined: to none, it is told whatever program is asked for. */
const programOf = async (table: Table, partnerId: string, object: OpenadrObject): Promise<string | undefined> => {
  if (object.objectType === 'PROGRAM') return object.id;
  if (object.objectType === 'EVENT') return object.programID;
  if (object.objectType !== 'REPORT') return undefined;
  return (await findObject(table, partnerId, ['EVENT', object.eventID]))?.object.programID;
};

type Reader = { readonly client: OpenadrClient; readonly sight: Sight };

/** The clients of the partner as they see now, each looked up once: one of them may have many subscriptions. */
const readersOf = (table: Table, partnerId: string): ((clientId: string) => Promise<Reader | undefined>) => {
  const known = new Map<string, Promise<Reader | undefined>>();
  const read = async (clientId: string): Promise<Reader | undefined> => {
    const client = await readOpenadrClient(table, clientId);
    return client?.partnerId === partnerId ? { client, sight: await sightOf(table, client) } : undefined;
  };
  return (clientId) => {
    const reader = known.get(clientId) ?? read(clientId);
    known.set(clientId, reader);
    return reader;
  };
};

/** What the subscriber would see of the object if it asked now with the targets of its subscription. */
const seenBy = async (
  table: Table,
  { client, sight }: Reader,
  { subscription, object }: { readonly subscription: Subscription; readonly object: OpenadrObject },
): Promise<OpenadrObject | undefined> => {
  if (object.objectType !== 'PROGRAM' && object.objectType !== 'EVENT')
    return owns(client, object) ? object : undefined;
  if (object.objectType === 'EVENT' && !sight.all) {
    const program = await findObject(table, client.partnerId, ['PROGRAM', object.programID]);
    if (!program || !seenById(program.object, sight)) return undefined;
  }
  return seenInList(object, sight, subscription.targets ?? undefined);
};

/**
 * Tells the subscriptions of the partner what was done to an object, each at most once however often it is called, and strikes off what was
 * owed. The body is `notification` of openadr3.yaml; posting, signing and retries are those of the webhooks.
 */
export const notify = async (deps: OpenadrDeps, owed: Owed): Promise<void> => {
  const { partnerId, operation, object } = owed;
  const { table } = deps;
  const program = await programOf(table, partnerId, object);
  const readerOf = readersOf(table, partnerId);
  for await (const subscription of objectsOf(table, partnerId, ['SUBSCRIPTION', []])) {
    const entries = [...subscription.objectOperations.entries()].filter(
      ([, { objects, operations }]) => objects.includes(object.objectType) && operations.includes(operation),
    );
    const wanted = subscription.programID ?? program;
    if (entries.length === 0 || (program !== undefined && wanted !== program)) continue;
    const reader = await readerOf(subscription.clientID);
    const seen = reader && (await seenBy(table, reader, { subscription, object }));
    if (!seen) continue;
    const body = JSON.stringify({ objectType: object.objectType, operation, object: seen });
    for (const [entry] of entries) {
      const key = `${operation}:${object.id}:${object.modificationDateTime}`;
      await sendRaw(deps, { partnerId, ownerKey: callbackKey(subscription.id, entry), body, key });
    }
  }
  await table.transact([owedDelete(owed)]);
};
