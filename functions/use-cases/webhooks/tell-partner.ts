import {
  WEBHOOK_VERSION,
  type Attempt,
  type WebhookEnvelope,
  type WebhookType,
} from '@hems/shared/partner-api/webhooks';
import type { WebhookData } from '@hems/shared/partner-api/webhook-data';
import { canonicalHash } from '../canonical-hash.ts';
import { endpointsOf, readEndpoint, type KeptEndpoint } from '../stores/webhook-endpoints.ts';
import { newDelivery, takeSequence, toldAtMs, type Delivery } from '../stores/webhook-deliveries.ts';
import { untilWon } from '../until-won.ts';
import type { TellDeps } from './deps.ts';
import { wake } from './wake.ts';

/** The body of a message must stand in one item with its attempts. */
const BODY_MAX_BYTES = 200_000;
const ID_DIGITS = 32;
const NO_ATTEMPTS: readonly Attempt[] = [];

type TellOf<Type extends WebhookType> = {
  readonly partnerId: string;
  readonly type: Type;
  /** as published in `@hems/shared/partner-api/webhook-data`; it names no household but by its participant */
  readonly data: WebhookData[Type];
  /** which happening of its type it is: told again under the same key within 90 days, it is told once */
  readonly key: string;
  /** what the ordering number counts in, at most 200 characters: a participant, an event; else everything told to the endpoint without one */
  readonly orderedBy?: string;
};
export type Tell = { [Type in WebhookType]: TellOf<Type> }[WebhookType];

export type Message = Pick<Delivery, 'deliveryId' | 'type'> & { readonly bodyOf: (sequence: number) => string } & {
  readonly orderedBy: string | null;
};

const idOf = (what: unknown): string => `msg_${canonicalHash(what).slice(0, ID_DIGITS)}`;

const WHY_DEAD = { active: null, disabled: 'endpoint-disabled', broken: 'endpoint-broken' } as const;
/** Why a message to the endpoint is not delivered now; null: it is. */
export const whyDead = ({ status }: KeptEndpoint['endpoint']): Delivery['why'] => WHY_DEAD[status];

/** Once for the endpoint: message, ordering number, memory and call for delivery in one transact. False: it was told before. */
const leaveOnce = async (deps: TellDeps, kept: KeptEndpoint, message: Message): Promise<boolean> => {
  const { table, clock } = deps;
  const { deliveryId, type, bodyOf, orderedBy } = message;
  const ref = { partnerId: kept.partnerId, endpointId: kept.endpoint.endpointId };
  if ((await toldAtMs(table, ref, deliveryId)) !== undefined) return false;
  const nowMs = clock.now();
  const { sequence, put } = await takeSequence(table, ref, { orderedBy, nowMs });
  const body = bodyOf(sequence);
  if (Buffer.byteLength(body) > BODY_MAX_BYTES)
    throw new RangeError(`a message of ${Buffer.byteLength(body)} bytes; say where it is to be read instead`);
  const why = whyDead(kept.endpoint);
  const delivery: Delivery = {
    deliveryId,
    endpointId: ref.endpointId,
    type,
    body,
    state: why === null ? 'pending' : 'dead',
    why,
    createdAtMs: nowMs,
    nextAtMs: why === null ? nowMs : null,
    tries: 0,
    attempts: [...NO_ATTEMPTS],
  };
  await table.transact([{ put }, ...newDelivery(ref.partnerId, delivery, nowMs)]);
  return true;
};

/** Leaves a message for one endpoint and has it looked at. Whoever dies in between has left nothing, or what the next sweep finds. */
export const leave = async (deps: TellDeps, kept: KeptEndpoint, message: Message): Promise<boolean> => {
  const isNew = await untilWon(deps.pause, () => leaveOnce(deps, kept, message));
  const ref = { partnerId: kept.partnerId, endpointId: kept.endpoint.endpointId };
  if (isNew && kept.endpoint.status === 'active') await wake(deps, ref, 0);
  return isNew;
};

/** A message of our own standard, in its envelope. */
export const envelopeOf = ({ partnerId, type, data, key, orderedBy }: Tell, atMs: number): Message => {
  const id = idOf([partnerId, type, key]);
  const bodyOf = (sequence: number): string =>
    JSON.stringify({
      id,
      type,
      version: WEBHOOK_VERSION,
      atMs,
      partnerId,
      orderedBy: orderedBy ?? null,
      sequence,
      data: { ...data },
    } satisfies WebhookEnvelope);
  return { deliveryId: id, type, orderedBy: orderedBy ?? null, bodyOf };
};

/**
 * Tells a partner of something: writes the message once for every endpoint of the partner that asked for its type, and has it delivered, at
 * least once, retried for 28 hours and kept for replay after that. Resolves when it is durable and waits for no endpoint; a partner without such
 * an endpoint is told nothing. Again under the same key is harmless, and goes on where it was cut short. Answers for how many endpoints it is new.
 */
export const tellPartner = async (deps: TellDeps, tell: Tell): Promise<{ readonly told: number }> => {
  const endpoints = await endpointsOf(deps.table, tell.partnerId);
  const asked = endpoints.filter(({ endpoint }) => endpoint.types.includes(tell.type));
  const message = envelopeOf(tell, deps.clock.now());
  const told = await Promise.all(asked.map((kept) => leave(deps, kept, message)));
  return { told: told.filter(Boolean).length };
};

/** One message with a body of another standard to one endpoint, at least once and signed likewise. False: told before, or there is none. */
export const leaveRaw = async (
  deps: TellDeps,
  ref: { readonly partnerId: string; readonly endpointId: string },
  { body, key }: { readonly body: string; readonly key: string },
): Promise<boolean> => {
  const kept = await readEndpoint(deps.table, ref);
  if (!kept) return false;
  const deliveryId = idOf([ref.partnerId, ref.endpointId, key]);
  return leave(deps, kept, { deliveryId, type: null, orderedBy: null, bodyOf: () => body });
};
