import type { Attempt } from '@hems/shared/partner-api/webhooks';
import { webhookHeaders } from '@hems/shared/signing/webhook';
import { AddressRefused, AnswerLate } from '../../ports/http-out.ts';
import { opener } from '../stores/data-keys.ts';
import type { KeptEndpoint } from '../stores/webhook-endpoints.ts';
import type { Delivery } from '../stores/webhook-deliveries.ts';
import type { WebhookDeps } from './deps.ts';

/** An endpoint with its secrets and bearer opened, for as long as it is posted to. */
export type Opened = { readonly url: string; readonly secrets: readonly string[]; readonly bearer: string | undefined };
export type Posted = { readonly attempt: Attempt; readonly retryAfter: string | undefined };

const GONE = 410;

/** Every secret in use: two while one is being replaced. */
export const openEndpoint = async (
  deps: Pick<WebhookDeps, 'table' | 'keys' | 'clock'>,
  { partnerId, endpoint }: KeptEndpoint,
): Promise<Opened> => {
  const sealer = await opener(deps, { partner: partnerId });
  if (!sealer) throw new Error(`partner ${partnerId} has no data key, so its endpoints cannot be signed for`);
  const nowMs = deps.clock.now();
  const field = `webhook:${endpoint.endpointId}`;
  const secrets = endpoint.secrets
    .filter(({ untilMs }) => untilMs === null || nowMs <= untilMs)
    .map(({ secret }) => sealer.open(field, secret));
  const bearer = endpoint.callback?.bearer ?? undefined;
  return { url: endpoint.url, secrets, bearer: bearer && sealer.open(`${field}:bearer`, bearer) };
};

const reasonOf = (status: number): Attempt['reason'] => {
  if (status >= 200 && status <= 299) return 'delivered';
  if (status >= 300 && status <= 399) return 'redirect';
  return status === GONE ? 'gone' : 'status';
};

const reasonOfError = (error: unknown): Attempt['reason'] => {
  if (error instanceof AddressRefused) return 'address-refused';
  return error instanceof AnswerLate ? 'timeout' : 'unreachable';
};

/** Posts a message once. What was answered is its status and `Retry-After`; nothing else of the answer is read. Never throws for the other side. */
export const post = async (
  { http, clock }: Pick<WebhookDeps, 'http' | 'clock'>,
  { url, secrets, bearer }: Opened,
  { deliveryId, body }: Pick<Delivery, 'deliveryId' | 'body'>,
): Promise<Posted> => {
  const atMs = clock.now();
  const signed = await webhookHeaders({ id: deliveryId, timestampS: Math.floor(atMs / 1000), body }, secrets);
  const headers = {
    ...signed,
    'content-type': 'application/json',
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
  };
  try {
    const answer = await http.call({ method: 'POST', url, headers, body: Buffer.from(body), maxBytes: 0 });
    const { status } = answer;
    const attempt = { atMs, tookMs: clock.now() - atMs, status, reason: reasonOf(status) };
    return { attempt, retryAfter: answer.headers['retry-after'] };
  } catch (error) {
    const attempt = { atMs, tookMs: clock.now() - atMs, status: null, reason: reasonOfError(error) };
    return { attempt, retryAfter: undefined };
  }
};
