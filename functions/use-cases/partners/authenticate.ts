import { publicKey } from '@hems/shared/signing/keys';
import { SKEW_S } from '@hems/shared/signing/profile';
import type { HttpRequest } from '@hems/shared/signing/request';
import { readClaim, verifyClaim, type Claim, type SignatureRefusal } from '@hems/shared/signing/verify-request';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import { noncePut, ownerOfKey, readPartnerKey, type PartnerKey } from '../stores/partners.ts';

/** Why a signed request is refused, in words that its sender can act on. */
export type Refusal = {
  readonly code:
    | SignatureRefusal['code']
    | 'unknown-key'
    | 'key-not-yet-valid'
    | 'expired-key'
    | 'revoked-key'
    | 'replayed';
  readonly detail: string;
};

/** `keyId` of a refusal: the key that the request names is one of ours, which does not say that its owner sent it. */
export type Authenticated =
  | { readonly partnerId: string; readonly keyId: string }
  | { readonly refusal: Refusal; readonly keyId?: string };

type Deps = { readonly table: Table; readonly clock: Clock; readonly ids: Ids };

/** Kept so much longer than a request is taken: clocks of two functions differ a little. */
const NONCE_MARGIN_S = 60;

/** Told only to whoever has the key: before its signature is checked, all keys look alike. */
const timeOfKey = ({ fromMs, untilMs, revokedAtMs }: PartnerKey, nowMs: number): Refusal | undefined => {
  if (revokedAtMs !== null)
    return { code: 'revoked-key', detail: `This key was revoked at ${revokedAtMs}; sign with another.` };
  if (nowMs < fromMs) return { code: 'key-not-yet-valid', detail: `This key counts from ${fromMs} on.` };
  if (untilMs !== null && nowMs > untilMs)
    return { code: 'expired-key', detail: `This key counted until ${untilMs}; sign with another.` };
  return undefined;
};

/** Remembers the nonce for as long as its request could be taken. */
const replay = async ({ table, ids }: Deps, { keyId, nonce, createdS }: Claim): Promise<Refusal | undefined> => {
  try {
    await table.put(noncePut(keyId, nonce, { expiresAt: createdS + SKEW_S + NONCE_MARGIN_S, by: ids.next() }));
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return {
      code: 'replayed',
      detail: 'This nonce was used before; sign each request anew, also one that is sent again.',
    };
  }
};

const refusalOf = async (
  deps: Deps,
  { request, claim, key }: { readonly request: Unread; readonly claim: Claim; readonly key: PartnerKey },
): Promise<Refusal | undefined> => {
  const nowMs = deps.clock.now();
  const known = await publicKey(key.keyId, key.algorithm, key.jwk);
  return (
    (await verifyClaim(request, claim, { key: known, nowS: Math.floor(nowMs / 1000) })) ??
    timeOfKey(key, nowMs) ??
    (await replay(deps, claim))
  );
};

type Unread = Pick<HttpRequest, 'method' | 'url' | 'headers'>;

/**
 * Whose request it is by its HTTP Message Signature (RFC 9421), by our clock. The body is not looked at: that its digest is signed is seen
 * here, that it is the body's is for the handler to see. What the partner may do, and whether it is suspended, is for the handler too.
 */
export const authenticate = async (deps: Deps, request: Unread): Promise<Authenticated> => {
  const read = readClaim(request);
  if ('refusal' in read) return read;
  const { claim } = read;
  const key = await readPartnerKey(deps.table, claim.keyId);
  if (!key)
    return { refusal: { code: 'unknown-key', detail: 'No key with this keyid; the operator enters public keys.' } };
  const { keyId } = key;
  const refusal = await refusalOf(deps, { request, claim, key });
  return refusal ? { refusal, keyId } : { partnerId: ownerOfKey(keyId), keyId };
};
