import type { ObjectType, Subscription, SubscriptionRequest } from '@hems/models/openadr/objects';
import { newWebhookSecret } from '@hems/shared/signing/webhook';
import { AddressRefused, type HttpOut } from '../../ports/http-out.ts';
import type { Ids } from '../../ports/ids.ts';
import { Refused } from '../refusal.ts';
import { objectsOf, type Place } from '../stores/openadr.ts';
import { addCallback, callbackStatus, removeCallback } from '../webhooks/callbacks.ts';
import type { WebhookDeps } from '../webhooks/deps.ts';
import { owns, type OpenadrCaller, type OpenadrDeps } from './caller.ts';
import { callbackKey } from './notify.ts';
import { create, find, newMetadata, pageOf, remove, update, type Paging } from './objects.ts';

const PLACE: Place = { parents: [] };
const IN_PLACE = { type: 'SUBSCRIPTION', placeOf: () => PLACE } as const;
const ECHO_MAX_BYTES = 4096;

type Filter = Paging & {
  readonly programID?: string | undefined;
  readonly clientName?: string | undefined;
  readonly objects?: readonly ObjectType[] | undefined;
};

export const listSubscriptions = async (
  { table }: Pick<OpenadrDeps, 'table'>,
  caller: OpenadrCaller,
  { programID, clientName, objects, ...paging }: Filter,
): Promise<Subscription[]> =>
  pageOf(objectsOf(table, caller.partnerId, ['SUBSCRIPTION', []]), paging, (one) =>
    owns(caller, one) &&
    (programID === undefined || one.programID === programID) &&
    (clientName ?? one.clientName) === one.clientName &&
    (objects === undefined || one.objectOperations.some((entry) => entry.objects.some((of) => objects.includes(of))))
      ? one
      : undefined,
  );

const urlWithEcho = (callbackUrl: string, echo: string): string => {
  const url = URL.parse(callbackUrl);
  if (url?.protocol !== 'https:')
    throw new Refused('invalid', 'callbackUrl: only https addresses are called', 'callback-url');
  url.searchParams.set('echo', echo);
  return url.href;
};

/** Definition 3.1.0, Webhooks: a GET with a random `echo`, to be answered 200 with the same in the body, before anything is subscribed. */
const requireEcho = async ({ http, ids }: { http: HttpOut; ids: Ids }, callbackUrl: string): Promise<void> => {
  const echo = ids.next();
  const url = urlWithEcho(callbackUrl, echo);
  try {
    const { status, body } = await http.call({ method: 'GET', url, headers: {}, maxBytes: ECHO_MAX_BYTES });
    if (status === 200 && Buffer.from(body).toString().includes(echo)) return;
  } catch (error) {
    const why = error instanceof AddressRefused ? error.message : 'it did not answer whole and in time';
    throw new Refused(
      'invalid',
      `callbackUrl: ${new URL(callbackUrl).host}: ${why}; nothing was subscribed`,
      'callback-refused',
    );
  }
  throw new Refused('invalid', 'callbackUrl: answer GET ?echo=… with 200 and the value of echo in the body', 'no-echo');
};

/** Where each kind of entry calls. A bearer token is kept sealed with its callback, and in no object. */
const addCallbacks = async (deps: WebhookDeps, partnerId: string, given: { id: string; body: SubscriptionRequest }) => {
  const secret = newWebhookSecret();
  for (const [entry, { callbackUrl, bearerToken }] of given.body.objectOperations.entries())
    await addCallback(deps, {
      partnerId,
      ownerKey: callbackKey(given.id, entry),
      url: callbackUrl,
      ...(typeof bearerToken === 'string' && { bearer: bearerToken }),
      secret,
    });
  return secret;
};
const removeCallbacks = async (
  deps: Pick<WebhookDeps, 'table'>,
  partnerId: string,
  { id, from, to }: { readonly id: string; readonly from: number; readonly to: number },
): Promise<void> => {
  for (let entry = from; entry < to; entry += 1)
    await removeCallback(deps, { partnerId, ownerKey: callbackKey(id, entry) });
};

const withoutTokens = (body: SubscriptionRequest): SubscriptionRequest => ({
  ...body,
  objectOperations: body.objectOperations.map(({ bearerToken: _sealed, ...entry }) => entry),
});
const echoAll = async (deps: WebhookDeps, { objectOperations }: SubscriptionRequest): Promise<void> => {
  for (const url of new Set(objectOperations.map(({ callbackUrl }) => callbackUrl))) await requireEcho(deps, url);
};

export type SubscribeDeps = WebhookDeps & OpenadrDeps;

/** `signingSecret` (an addition of ours) signs the notifications; it is told now and never again. */
export type NewSubscription = Subscription & { readonly signingSecret: string };

export const createSubscription = async (
  deps: SubscribeDeps,
  caller: OpenadrCaller,
  body: SubscriptionRequest,
): Promise<NewSubscription> => {
  await echoAll(deps, body);
  const { partnerId, clientId: clientID } = caller;
  const object: Subscription = { ...withoutTokens(body), ...newMetadata(deps, 'SUBSCRIPTION'), clientID };
  // before the object: what is subscribed to has where to go
  const signingSecret = await addCallbacks(deps, partnerId, { id: object.id, body });
  const made = await create(deps, partnerId, { type: 'SUBSCRIPTION', object, place: PLACE });
  return { ...made, signingSecret };
};

/** With how each of its callbacks stands (an addition of ours): `broken` ones are not called any more until the subscription is updated. */
export const readSubscription = async (
  deps: Pick<OpenadrDeps, 'table'>,
  caller: OpenadrCaller,
  id: string,
): Promise<Subscription & { readonly callbackStatus: readonly string[] }> => {
  const { partnerId } = caller;
  const see = (one: Subscription): Subscription | undefined => (owns(caller, one) ? one : undefined);
  const { object } = await find(deps, partnerId, { type: 'SUBSCRIPTION', id, see });
  const states = object.objectOperations.map(
    async (_one, entry) => (await callbackStatus(deps, { partnerId, ownerKey: callbackKey(id, entry) })) ?? 'disabled',
  );
  return { ...object, callbackStatus: await Promise.all(states) };
};

/** A subscription is its client's alone, also towards the business side: it sends to an address of the client. */
const ownOf = ({ clientId }: OpenadrCaller) =>
  ({ ...IN_PLACE, mayWrite: ({ clientID }: Subscription) => clientID === clientId }) as const;

export const updateSubscription = async (
  deps: WebhookDeps,
  caller: OpenadrCaller,
  { id, body }: { readonly id: string; readonly body: SubscriptionRequest },
): Promise<NewSubscription> => {
  const { partnerId } = caller;
  const own = ownOf(caller);
  const see = (one: Subscription): Subscription | undefined => (own.mayWrite(one) ? one : undefined);
  const { object: before } = await find(deps, partnerId, { type: 'SUBSCRIPTION', id, see });
  await echoAll(deps, body);
  const signingSecret = await addCallbacks(deps, partnerId, { id, body });
  const object = await update(deps, partnerId, {
    ...own,
    id,
    next: ({ createdDateTime, modificationDateTime, objectType, clientID }) => ({
      ...withoutTokens(body),
      id,
      createdDateTime,
      modificationDateTime,
      objectType,
      clientID,
    }),
  });
  await removeCallbacks(deps, partnerId, {
    id,
    from: body.objectOperations.length,
    to: before.objectOperations.length,
  });
  return { ...object, signingSecret };
};

export const deleteSubscription = async (
  deps: OpenadrDeps,
  caller: OpenadrCaller,
  id: string,
): Promise<Subscription> => {
  const object = await remove(deps, caller.partnerId, { ...ownOf(caller), id });
  await removeCallbacks(deps, caller.partnerId, { id, from: 0, to: object.objectOperations.length });
  return object;
};
