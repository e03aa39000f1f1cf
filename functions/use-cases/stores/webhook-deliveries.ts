import * as z from 'zod';
import {
  WHY_DEAD,
  attempt,
  DELIVERY_KEPT_MS,
  deliveryState,
  webhookType,
  type Attempt,
  type DeliveryView,
} from '@hems/shared/partner-api/webhooks';
import type { Item, Key, Put, Table, Write } from '../../ports/table.ts';
import type { EndpointRef } from './webhook-endpoints.ts';

/**
 * Messages to the endpoints of a partner, `PARTNER#<partner>` of table `operations`, for 30 days:
 * `DELIVERY#<endpoint>#<made ms>#<message>` the message, its state and its attempts; index `i1` = `DELIVERIES#<partner>#<endpoint>#<state>`;
 * `DUE#<endpoint>#<next ms>#<message>` while it is pending, so that what waits stands behind what is due; written with it in one transact;
 * `TOLD#<endpoint>#<message>` that it was made, and when, for 90 days; `SEQUENCE#<endpoint>#<of what>` the last ordering number.
 */
const kept = z.object({
  deliveryId: z.string(),
  endpointId: z.string(),
  type: z.enum(webhookType.options).nullable(),
  /** exactly as it is posted and signed */
  body: z.string(),
  state: z.enum(deliveryState.options),
  why: z.enum(WHY_DEAD).nullable(),
  createdAtMs: z.int(),
  /** null: it is not pending */
  nextAtMs: z.int().nullable(),
  /** attempts since it was made or replayed */
  tries: z.int(),
  attempts: z.array(z.custom<Attempt>((value) => attempt.safeParse(value).success)),
});
export type Delivery = z.infer<typeof kept>;
export type KeptDelivery = { readonly partnerId: string; readonly delivery: Delivery; readonly version: number };

const ATTEMPTS_KEPT = 24;
/** A message that is replayed on its last day, and given up again, is found by its id for another 30 days. */
const REPLAYED_WITHIN_MS = 2 * DELIVERY_KEPT_MS;
const MS_DIGITS = 13;
const stamp = (ms: number): string => String(ms).padStart(MS_DIGITS, '0');
const own = (partnerId: string, sk: string): Key => ({ table: 'operations', pk: `PARTNER#${partnerId}`, sk });
const expiry = (nowMs: number): number => Math.ceil((nowMs + DELIVERY_KEPT_MS) / 1000);

const deliveryKey = (
  partnerId: string,
  { endpointId, createdAtMs, deliveryId }: Pick<Delivery, 'endpointId' | 'createdAtMs' | 'deliveryId'>,
): Key => own(partnerId, `DELIVERY#${endpointId}#${stamp(createdAtMs)}#${deliveryId}`);
const dueKey = (partnerId: string, { endpointId, deliveryId }: Delivery, nextAtMs: number): Key =>
  own(partnerId, `DUE#${endpointId}#${stamp(nextAtMs)}#${deliveryId}`);
const byState = ({ partnerId, endpointId }: EndpointRef, state: Delivery['state']): string =>
  `DELIVERIES#${partnerId}#${endpointId}#${state}`;

const deliveryPut = ({ partnerId, delivery, version }: KeptDelivery, nowMs: number): Put => ({
  ...deliveryKey(partnerId, delivery),
  data: { ...delivery, attempts: delivery.attempts.slice(-ATTEMPTS_KEPT) },
  i1: byState({ partnerId, endpointId: delivery.endpointId }, delivery.state),
  expiresAt: expiry(nowMs),
  if: version === 0 ? { absent: true } : { version },
});

const dueWrites = (partnerId: string, delivery: Delivery, nowMs: number): Write[] =>
  delivery.nextAtMs === null
    ? []
    : [
        {
          put: {
            ...dueKey(partnerId, delivery, delivery.nextAtMs),
            data: deliveryRefOf(delivery),
            expiresAt: expiry(nowMs),
          },
        },
      ];

const deliveryRef = z.object({ endpointId: z.string(), createdAtMs: z.int(), deliveryId: z.string() });
const deliveryRefOf = ({ endpointId, createdAtMs, deliveryId }: Delivery): z.infer<typeof deliveryRef> => ({
  endpointId,
  createdAtMs,
  deliveryId,
});

/** A message that nobody has seen, with what calls for its delivery and the memory that it was made. */
export const newDelivery = (partnerId: string, delivery: Delivery, nowMs: number): Write[] => [
  { put: deliveryPut({ partnerId, delivery, version: 0 }, nowMs) },
  ...dueWrites(partnerId, delivery, nowMs),
  {
    put: {
      ...own(partnerId, `TOLD#${delivery.endpointId}#${delivery.deliveryId}`),
      data: { createdAtMs: delivery.createdAtMs },
      expiresAt: expiry(nowMs + REPLAYED_WITHIN_MS),
      if: { absent: true },
    },
  },
];

/** The message as it goes on: over the version that was read, and with its due item at its new time, or none. */
export const deliveryMove = (
  { partnerId, delivery: before, version }: KeptDelivery,
  after: Delivery,
  nowMs: number,
): Write[] => {
  const moved = before.nextAtMs !== null && before.nextAtMs !== after.nextAtMs;
  return [
    { put: deliveryPut({ partnerId, delivery: after, version }, nowMs) },
    ...(moved ? [{ delete: dueKey(partnerId, before, before.nextAtMs ?? 0) }] : []),
    ...dueWrites(partnerId, after, nowMs),
  ];
};

const parse = ({ pk, data, version }: Item): KeptDelivery => ({
  partnerId: pk.slice('PARTNER#'.length),
  delivery: kept.parse(data),
  version,
});

const readable = (item: Item): KeptDelivery | undefined =>
  kept.safeParse(item.data).success ? parse(item) : undefined;

/** When the message was made for this endpoint; undefined: it was not, or long ago. */
export const toldAtMs = async (
  table: Table,
  { partnerId, endpointId }: EndpointRef,
  deliveryId: string,
): Promise<number | undefined> => {
  const item = await table.get(own(partnerId, `TOLD#${endpointId}#${deliveryId}`));
  return item && z.object({ createdAtMs: z.int() }).parse(item.data).createdAtMs;
};

export const readDelivery = async (
  table: Table,
  ref: EndpointRef,
  deliveryId: string,
): Promise<KeptDelivery | undefined> => {
  const createdAtMs = await toldAtMs(table, ref, deliveryId);
  if (createdAtMs === undefined) return undefined;
  const item = await table.get(deliveryKey(ref.partnerId, { endpointId: ref.endpointId, createdAtMs, deliveryId }));
  return item && parse(item);
};

/** Pending messages of an endpoint whose time has come, the longest waiting first, and the calls for messages that another release wrote. */
export const dueDeliveries = async (
  table: Table,
  { partnerId, endpointId }: EndpointRef,
  { nowMs, limit }: { readonly nowMs: number; readonly limit: number },
): Promise<{ readonly due: KeptDelivery[]; readonly unreadable: Key[] }> => {
  const prefix = `DUE#${endpointId}#`;
  const to = `${prefix}${stamp(nowMs)}~`;
  const calls = await table.query({ table: 'operations', value: `PARTNER#${partnerId}`, from: prefix, to, limit });
  const found = await table.batchGet(calls.items.map(({ data }) => deliveryKey(partnerId, deliveryRef.parse(data))));
  const read = found.map((item) => (item ? readable(item) : undefined));
  const due = read.filter((one) => one !== undefined);
  const unreadable = calls.items.flatMap(({ table: name, pk, sk }, i) => (read[i] ? [] : [{ table: name, pk, sk }]));
  return { due, unreadable };
};

/** When the next pending message of an endpoint is due; undefined: none is pending. */
export const nextDueMs = async (table: Table, { partnerId, endpointId }: EndpointRef): Promise<number | undefined> => {
  const prefix = `DUE#${endpointId}#`;
  const { items } = await table.query({ table: 'operations', value: `PARTNER#${partnerId}`, prefix, limit: 1 });
  const [first] = items;
  return first && Number(first.sk.slice(prefix.length, prefix.length + MS_DIGITS));
};

type Page = { readonly limit: number; readonly cursor?: string | undefined };

/** Newest first. Of one state by an index that may lag. */
export const listDeliveries = async (
  table: Table,
  ref: EndpointRef,
  { state, limit, cursor: from }: Page & { readonly state?: Delivery['state'] | undefined },
): Promise<{ readonly deliveries: KeptDelivery[]; readonly cursor: string | null }> => {
  const { items, cursor } = await table.query({
    table: 'operations',
    ...(state === undefined
      ? { value: `PARTNER#${ref.partnerId}`, prefix: `DELIVERY#${ref.endpointId}#` }
      : { by: 'i1', value: byState(ref, state) }),
    descending: true,
    limit,
    ...(from !== undefined && { cursor: from }),
  });
  // one that another release wrote does not hide the others
  return { deliveries: items.flatMap((item) => readable(item) ?? []), cursor: cursor ?? null };
};

/** Given up or kept since a time, the oldest first, by an index that may lag. */
export const deadSince = async (
  table: Table,
  ref: EndpointRef,
  { sinceMs, limit }: { readonly sinceMs: number; readonly limit: number },
): Promise<KeptDelivery[]> => {
  const prefix = `DELIVERY#${ref.endpointId}#`;
  const { items } = await table.query({
    table: 'operations',
    by: 'i1',
    value: byState(ref, 'dead'),
    from: `${prefix}${stamp(sinceMs)}`,
    to: `${prefix}~`,
    limit,
  });
  return items.map(parse);
};

/** As the partner sees it: without what it says. */
export const deliveryView = ({
  delivery: { deliveryId, type, state, why, createdAtMs, nextAtMs, attempts },
}: KeptDelivery): DeliveryView => ({
  deliveryId,
  type,
  state,
  why,
  createdAtMs,
  nextAtMs,
  attempts,
});

const sequenceKey = ({ partnerId, endpointId }: EndpointRef, orderedBy: string | null): Key =>
  own(partnerId, `SEQUENCE#${endpointId}#${orderedBy ?? ''}`);

/**
 * The next ordering number with the write that takes it. It never falls, even when the last one has been forgotten: it is the time in ms, or one
 * more than the last where that is greater.
 */
export const takeSequence = async (
  table: Table,
  ref: EndpointRef,
  { orderedBy, nowMs }: { readonly orderedBy: string | null; readonly nowMs: number },
): Promise<{ readonly sequence: number; readonly put: Put }> => {
  const item = await table.get(sequenceKey(ref, orderedBy));
  const last = item ? z.object({ last: z.int() }).parse(item.data).last : 0;
  const sequence = Math.max(last + 1, nowMs);
  const put: Put = {
    ...sequenceKey(ref, orderedBy),
    data: { last: sequence },
    expiresAt: expiry(nowMs),
    if: item ? { version: item.version } : { absent: true },
  };
  return { sequence, put };
};
