import * as z from 'zod';
import {
  ENDPOINTS_MAX,
  SECRET_OVERLAP_MS,
  webhookChallengeAnswer,
  type webhookEndpoint,
  type WebhookType,
} from '@hems/shared/partner-api/webhooks';
import { newWebhookSecret } from '@hems/shared/signing/webhook';
import { AddressRefused, type HttpOut } from '../../ports/http-out.ts';
import type { Ids } from '../../ports/ids.ts';
import { Refused } from '../refusal.ts';
import { makingSealer, opener } from '../stores/data-keys.ts';
import {
  endpointKey,
  endpointListGuard,
  endpointPut,
  endpointsOf,
  endpointView,
  laneKey,
  readEndpoint,
  type Endpoint,
  type EndpointRef,
  type KeptEndpoint,
} from '../stores/webhook-endpoints.ts';
import { untilWon } from '../until-won.ts';
import type { WebhookDeps } from './deps.ts';

type View = z.infer<typeof webhookEndpoint>;
type Made = { readonly endpoint: View; readonly secret: string };
type Wanted = { readonly url: string; readonly types: readonly WebhookType[] };

/** The longest that an echo needs, and some space around it. */
const ECHO_MAX_BYTES = 2048;

const echoOf = (body: Uint8Array): string | undefined => {
  try {
    return z.safeParse(webhookChallengeAnswer, JSON.parse(new TextDecoder().decode(body))).data?.challenge;
  } catch {
    return undefined;
  }
};

/**
 * Whether who answers at the address wants to be posted to: sends `{"type":"webhook.challenge","challenge":"<random>"}`, to be answered 2xx with
 * the same `challenge` in JSON within 10 s. Nothing is tried twice; a redirect is no echo. Never throws.
 */
export const challengeEndpoint = async (
  { http, ids }: { readonly http: HttpOut; readonly ids: Ids },
  url: string,
): Promise<'echoed' | 'address-refused' | 'no-answer' | 'wrong-answer'> => {
  const challenge = ids.next();
  const body = Buffer.from(JSON.stringify({ type: 'webhook.challenge', challenge }));
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  try {
    const answer = await http.call({ method: 'POST', url, headers, body, maxBytes: ECHO_MAX_BYTES });
    const isTaken = answer.status >= 200 && answer.status <= 299;
    return isTaken && echoOf(answer.body) === challenge ? 'echoed' : 'wrong-answer';
  } catch (error) {
    return error instanceof AddressRefused ? 'address-refused' : 'no-answer';
  }
};

const WHY_REFUSED = {
  'address-refused': 'only public https addresses without a user, on port 443 or above 1023, are posted to',
  'no-answer': 'nobody answered the challenge whole and within 10 seconds',
  'wrong-answer': 'the challenge was not echoed: answer 2xx with {"challenge": "<the one you got>"}',
} as const;

const requireEcho = async (deps: WebhookDeps, url: string): Promise<void> => {
  const said = await challengeEndpoint(deps, url);
  if (said !== 'echoed') throw new Refused('invalid', `${WHY_REFUSED[said]}; nothing was changed`, said);
};

const found = async ({ table }: Pick<WebhookDeps, 'table'>, ref: EndpointRef): Promise<KeptEndpoint> => {
  const kept = await readEndpoint(table, ref);
  if (!kept || kept.endpoint.callback)
    throw new Refused('not-found', 'you have no such endpoint; list them', 'no-endpoint');
  return kept;
};

/** One of the partner's own endpoints; refuses where there is none. */
export const requireEndpoint = found;

const sealedSecret = async (deps: WebhookDeps, ref: EndpointRef) => {
  const secret = newWebhookSecret();
  const sealer = await makingSealer(deps, { partner: ref.partnerId });
  const kept = { secret: sealer.seal(`webhook:${ref.endpointId}`, secret), fromMs: deps.clock.now(), untilMs: null };
  return { secret, kept };
};

/** Not those of other interfaces. */
export const listEndpoints = async ({ table }: Pick<WebhookDeps, 'table'>, partnerId: string): Promise<View[]> =>
  (await endpointsOf(table, partnerId)).map(endpointView).toSorted((a, b) => a.createdAtMs - b.createdAtMs);

/** What was made and perhaps never answered. */
const madeBefore = async (deps: WebhookDeps, ref: EndpointRef): Promise<Made | undefined> => {
  const kept = await readEndpoint(deps.table, ref);
  const [newest] = kept?.endpoint.secrets ?? [];
  const sealer = newest && (await opener(deps, { partner: ref.partnerId }));
  if (!kept || !sealer) return undefined;
  return { endpoint: endpointView(kept), secret: sealer.open(`webhook:${ref.endpointId}`, newest.secret) };
};

/** `endpointId`: made again under the same one, it is the same endpoint with the same secret. */
export const createEndpoint = async (
  deps: WebhookDeps,
  partnerId: string,
  { url, types, endpointId = deps.ids.next() }: Wanted & { readonly endpointId?: string },
): Promise<Made> => {
  const { table, clock, pause } = deps;
  const ref = { partnerId, endpointId };
  const before = await madeBefore(deps, ref);
  if (before) return before;
  const requireRoom = async (): Promise<void> => {
    if ((await listEndpoints(deps, partnerId)).length >= ENDPOINTS_MAX)
      throw new Refused('conflict', `you have ${ENDPOINTS_MAX} endpoints; delete one first`, 'too-many-endpoints');
  };
  await requireRoom();
  await requireEcho(deps, url);
  const { secret, kept } = await sealedSecret(deps, ref);
  const nowMs = clock.now();
  const endpoint: Endpoint = {
    endpointId: ref.endpointId,
    url,
    types: [...types],
    status: 'active',
    why: null,
    createdAtMs: nowMs,
    statusAtMs: nowMs,
    secrets: [kept],
    deadInARow: 0,
  };
  await untilWon(pause, async () => {
    // of two who add at once, the later counts again
    const guard = await endpointListGuard(table, partnerId);
    await requireRoom();
    await table.transact([{ put: endpointPut({ partnerId, endpoint, version: 0 }) }, { put: guard }]);
  });
  return { endpoint: endpointView({ partnerId, endpoint, version: 1 }), secret };
};

const change = (deps: WebhookDeps, ref: EndpointRef, over: (endpoint: Endpoint) => Partial<Endpoint>): Promise<View> =>
  untilWon(deps.pause, async () => {
    const kept = await found(deps, ref);
    const changed = { ...kept, endpoint: { ...kept.endpoint, ...over(kept.endpoint) } };
    await deps.table.put(endpointPut(changed));
    return endpointView(changed);
  });

/** A new address, and one that was not active and is to be, has to echo first. What was kept meanwhile is replayed when the partner asks for it. */
export const changeEndpoint = async (
  deps: WebhookDeps,
  ref: EndpointRef,
  { url, types, status }: Wanted & { readonly status: 'active' | 'disabled' },
): Promise<View> => {
  const { endpoint: before } = await found(deps, ref);
  const isActivated = status === 'active' && before.status !== 'active';
  if (url !== before.url || isActivated) await requireEcho(deps, url);
  const statusAtMs = deps.clock.now();
  return change(deps, ref, (now) => ({
    url,
    types: [...types],
    ...(status === 'active' && { status, why: null, deadInARow: 0 }),
    ...(status === 'disabled' && now.status === 'active' && { status, why: 'by-partner' as const }),
    ...((status === 'active') !== (now.status === 'active') && { statusAtMs }),
  }));
};

export const deleteEndpoint = async (deps: WebhookDeps, ref: EndpointRef): Promise<View[]> => {
  await found(deps, ref);
  await deps.table.transact([{ delete: endpointKey(ref) }, { delete: laneKey(ref) }]);
  return listEndpoints(deps, ref.partnerId);
};

/** The newest secret signs on for a day beside the new one; one older than that ends now. */
export const rotateSecret = async (
  deps: WebhookDeps,
  ref: EndpointRef,
): Promise<{ endpoint: View; secret: string }> => {
  await found(deps, ref);
  const { secret, kept } = await sealedSecret(deps, ref);
  const untilMs = kept.fromMs + SECRET_OVERLAP_MS;
  const endpoint = await change(deps, ref, ({ secrets }) => ({
    secrets: [kept, ...secrets.slice(0, 1).map((older) => ({ ...older, untilMs }))],
  }));
  return { endpoint, secret };
};
