import * as z from 'zod/mini';
import { epochMs, nothing } from '../api/nouns.ts';
import { partnerRoute } from './route.ts';
import { partnerId } from './scopes.ts';

/** What a partner may ask to be told. Times are epoch ms, money won, energy Wh; a household is its participant, never its id. */
export const WEBHOOK_TYPES = [
  'application.decided',
  'settlement.ready',
  'dispute.answered',
  'event.dispatched',
  'event.reported',
  'consent.withdrawn',
  'connector.failed',
  'sandbox.ping',
] as const;
export const webhookType = z.enum(WEBHOOK_TYPES);
export type WebhookType = z.infer<typeof webhookType>;

/** Of the envelope and of what stands in `data`: it rises when a field goes, or changes its name, sign or unit. New fields may come at any time. */
export const WEBHOOK_VERSION = 1;

/** The body of every delivery, signed as https://www.standardwebhooks.com say (`shared/signing/webhook.ts`). */
export const webhookEnvelope = z.object({
  /** also the header `webhook-id`; the same at each attempt and at each replay: what you have seen, pass over */
  id: z.string(),
  type: webhookType,
  version: z.literal(WEBHOOK_VERSION),
  /** when it happened */
  atMs: epochMs,
  partnerId,
  /** what `sequence` counts in: a participant, an event; null: everything this endpoint is told without one */
  orderedBy: z.nullable(z.string()),
  /** greater than that of whatever was said before; numbers may be left out. Deliveries may arrive in another order */
  sequence: z.int(),
  data: z.record(z.string(), z.unknown()),
});
export type WebhookEnvelope = z.infer<typeof webhookEnvelope>;

/** What is posted to an address before it is taken: it has to answer 2xx with the JSON `{"challenge": <the same>}`. */
export const webhookChallenge = z.object({ type: z.literal('webhook.challenge'), challenge: z.string() });
export const webhookChallengeAnswer = z.object({ challenge: z.string() });

export const ENDPOINTS_MAX = 10;
/** For so long after a rotation the older secret signs too. */
export const SECRET_OVERLAP_MS = 24 * 3_600_000;
/** So long a message and its attempts are kept: after it was made, or given up. */
export const DELIVERY_KEPT_MS = 30 * 24 * 3_600_000;

const endpointId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
const url = z.url({ protocol: /^https$/ }).check(z.maxLength(500));
const types = z.array(webhookType).check(
  z.minLength(1),
  z.maxLength(WEBHOOK_TYPES.length),
  z.refine((all) => new Set(all).size === all.length, 'each type once'),
);

export const endpointStatus = z.enum(['active', 'disabled', 'broken']);
export const webhookEndpoint = z.object({
  endpointId,
  url,
  types,
  /** only an active endpoint is delivered to; what happens meanwhile is kept as dead, to be replayed */
  status: endpointStatus,
  /** why it is not active: `by-partner`, `gone` (it answered 410), `dead-letters` (too many given up in a row) */
  why: z.nullable(z.enum(['by-partner', 'gone', 'dead-letters'])),
  createdAtMs: epochMs,
  statusAtMs: epochMs,
  /** when each secret in use ends to sign; null: when it is replaced */
  secrets: z.array(z.object({ fromMs: epochMs, untilMs: z.nullable(epochMs) })),
});

const one = z.object({ endpointId });
const scope = 'webhooks:write';

export const listWebhooks = partnerRoute({
  name: 'listWebhooks',
  method: 'GET',
  path: '/partner/v1/webhooks',
  scope,
  sandbox: true,
  summary: 'Your endpoints and how they stand',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ endpoints: z.array(webhookEndpoint) }),
});

export const createWebhook = partnerRoute({
  name: 'createWebhook',
  method: 'POST',
  path: '/partner/v1/webhooks',
  scope,
  sandbox: true,
  holdsSecret: true,
  summary: 'Adds an endpoint, once it has echoed a challenge; its secret is shown in this answer and never again',
  params: nothing,
  query: nothing,
  body: z.strictObject({ url, types }),
  answer: z.object({ endpoint: webhookEndpoint, secret: z.string() }),
});

export const changeWebhook = partnerRoute({
  name: 'changeWebhook',
  method: 'PUT',
  path: '/partner/v1/webhooks/{endpointId}',
  scope,
  sandbox: true,
  summary:
    'Changes, disables or enables an endpoint; a new address, or one that was not active, echoes a challenge first',
  params: one,
  query: nothing,
  body: z.strictObject({ url, types, status: z.enum(['active', 'disabled']) }),
  answer: z.object({ endpoint: webhookEndpoint }),
});

export const deleteWebhook = partnerRoute({
  name: 'deleteWebhook',
  method: 'DELETE',
  path: '/partner/v1/webhooks/{endpointId}',
  scope,
  sandbox: true,
  summary: 'Takes an endpoint away; what waited for it is not delivered any more',
  params: one,
  query: nothing,
  body: nothing,
  answer: z.object({ endpoints: z.array(webhookEndpoint) }),
});

export const rotateWebhookSecret = partnerRoute({
  name: 'rotateWebhookSecret',
  method: 'POST',
  path: '/partner/v1/webhooks/{endpointId}/secrets',
  scope,
  sandbox: true,
  holdsSecret: true,
  summary:
    'A new secret, shown once; the one before signs too for 24 hours. A third ends the first at once: rotate twice when one has leaked',
  params: one,
  query: nothing,
  body: z.strictObject({}),
  answer: z.object({ endpoint: webhookEndpoint, secret: z.string() }),
});

export const pingWebhook = partnerRoute({
  name: 'pingWebhook',
  method: 'POST',
  path: '/partner/v1/webhooks/{endpointId}/pings',
  scope,
  sandbox: true,
  summary: 'Sends a sandbox.ping to this endpoint, whatever types it asked for',
  params: one,
  query: nothing,
  body: z.strictObject({}),
  answer: z.object({ deliveryId: z.string() }),
});

export const deliveryState = z.enum(['pending', 'delivered', 'dead']);
/** How an attempt went. `redirect`: it is not followed. */
const ATTEMPT_REASONS = [
  'delivered',
  'status',
  'redirect',
  'gone',
  'timeout',
  'unreachable',
  'address-refused',
] as const;
export const attempt = z.object({
  atMs: epochMs,
  tookMs: z.int(),
  /** null: there was no answer */
  status: z.nullable(z.int()),
  reason: z.enum(ATTEMPT_REASONS),
});
export type Attempt = z.infer<typeof attempt>;

/** `delivery-failed`: the attempts are used up. Otherwise it was not, or not any more, to be posted. */
export const WHY_DEAD = ['delivery-failed', 'endpoint-disabled', 'endpoint-broken', 'partner-suspended'] as const;
export const delivery = z.object({
  /** the `webhook-id` */
  deliveryId: z.string(),
  /** null: the body is of another standard (OpenADR) */
  type: z.nullable(webhookType),
  state: deliveryState,
  /** why it is dead */
  why: z.nullable(z.enum(WHY_DEAD)),
  createdAtMs: epochMs,
  /** null: it is not tried again by itself */
  nextAtMs: z.nullable(epochMs),
  /** the latest 24, oldest first */
  attempts: z.array(attempt),
});
export type DeliveryView = z.infer<typeof delivery>;

export const listDeliveries = partnerRoute({
  name: 'listDeliveries',
  method: 'GET',
  path: '/partner/v1/webhooks/{endpointId}/deliveries',
  scope,
  sandbox: true,
  summary: 'What was sent to an endpoint in the last 30 days, newest first, 50 to a page, with every attempt',
  params: one,
  query: z.object({
    state: z.optional(deliveryState),
    cursor: z.optional(z.string().check(z.maxLength(1000))),
  }),
  body: nothing,
  answer: z.object({ deliveries: z.array(delivery), cursor: z.nullable(z.string()) }),
});

export const replayDeliveries = partnerRoute({
  name: 'replayDeliveries',
  method: 'POST',
  path: '/partner/v1/webhooks/{endpointId}/replays',
  scope,
  sandbox: true,
  summary:
    'Delivers dead messages again, one or all made since a time, under their old ids; at most 200 at a call: `more` says to call again. What is not dead is left alone',
  params: one,
  query: nothing,
  body: z.union([
    z.strictObject({ deliveryId: z.string().check(z.minLength(1), z.maxLength(100)) }),
    z.strictObject({ sinceMs: epochMs.check(z.minimum(0)) }),
  ]),
  answer: z.object({ replayed: z.int(), more: z.boolean() }),
});
