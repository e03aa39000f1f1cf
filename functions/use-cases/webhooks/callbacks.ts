import { ConditionFailed } from '../../ports/table.ts';
import { canonicalHash } from '../canonical-hash.ts';
import { makingSealer } from '../stores/data-keys.ts';
import { CALLBACK_ID, endpointKey, endpointPut, readEndpoint, type EndpointRef } from '../stores/webhook-endpoints.ts';
import type { TellDeps, WebhookDeps } from './deps.ts';
import { leaveRaw } from './tell-partner.ts';

/**
 * Callbacks of another interface (OpenADR subscriptions) on the same delivery: leases, seven retries, dead letters, no private addresses.
 * Whoever adds one has had its address echo a challenge before (`challengeEndpoint` of `endpoints.ts`). `ownerKey` says which it is within the
 * partner: at most 200 characters, the subscription's id.
 */
export type CallbackRef = { readonly partnerId: string; readonly ownerKey: string };
export type Callback = CallbackRef & {
  readonly url: string;
  /** sent as `Authorization: Bearer …` where it is given */
  readonly bearer?: string;
  /** `whsec_…` of `newWebhookSecret`: each post carries the Standard Webhooks headers signed with it */
  readonly secret: string;
};

const ID_DIGITS = 40;
const refOf = ({ partnerId, ownerKey }: CallbackRef): EndpointRef => ({
  partnerId,
  endpointId: `${CALLBACK_ID}${canonicalHash(ownerKey).slice(0, ID_DIGITS)}`,
});

/** Adds the callback, or replaces it with a new address, bearer and secret; one that was disabled or broken is active again. */
export const addCallback = async (
  deps: Pick<WebhookDeps, 'table' | 'clock' | 'keys'>,
  { url, bearer, secret, ...of }: Callback,
): Promise<void> => {
  const { table, clock } = deps;
  const ref = refOf(of);
  const sealer = await makingSealer(deps, { partner: ref.partnerId });
  const before = await readEndpoint(table, ref);
  const nowMs = clock.now();
  const field = `webhook:${ref.endpointId}`;
  const endpoint = {
    endpointId: ref.endpointId,
    url,
    types: [],
    status: 'active',
    why: null,
    createdAtMs: before?.endpoint.createdAtMs ?? nowMs,
    statusAtMs: nowMs,
    secrets: [{ secret: sealer.seal(field, secret), fromMs: nowMs, untilMs: null }],
    deadInARow: 0,
    callback: { bearer: bearer === undefined ? null : sealer.seal(`${field}:bearer`, bearer) },
  } as const;
  await table.put(
    endpointPut({
      partnerId: ref.partnerId,
      endpoint: { ...endpoint, types: [], secrets: [...endpoint.secrets] },
      version: before?.version ?? 0,
    }),
  );
};

/** Takes it away; what waited for it is not delivered any more. */
export const removeCallback = async ({ table }: Pick<TellDeps, 'table'>, of: CallbackRef): Promise<void> => {
  try {
    await table.delete(endpointKey(refOf(of)));
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};

/** How it stands: `disabled` when it answered 410, `broken` after five messages in a row were given up. Undefined: there is none. */
export const callbackStatus = async (
  { table }: Pick<TellDeps, 'table'>,
  of: CallbackRef,
): Promise<'active' | 'disabled' | 'broken' | undefined> => (await readEndpoint(table, refOf(of)))?.endpoint.status;

/** Posts `body` (JSON) to the callback, at least once; the same key again within 90 days changes nothing. False: told before, or no such callback. */
export const sendRaw = (
  deps: TellDeps,
  { body, key, ...of }: CallbackRef & { readonly body: string; readonly key: string },
): Promise<boolean> => leaveRaw(deps, refOf(of), { body, key });
