/** What the platform asks of a signed request beyond RFC 9421: the profile that partners follow. */

/** The label that `signRequest` gives its signature; another one is as good. */
export const LABEL = 'hems';

/** A clock may differ by so much, either way; a nonce is remembered for as long as its request could be taken. */
export const SKEW_S = 300;
/** A signature may be good for at most so long. */
export const LIFETIME_S = 300;

/** Headers that change what a request does: each must be covered where it stands in the request. */
export const ACTED_ON = ['content-type', 'content-digest', 'idempotency-key'] as const;

export const NONCE = /^[\w+/=-]{16,64}$/;
export const KEY_ID = /^[\w.:-]{1,64}$/;
/** What stands after the partner's id and a dot in the id of a key. */
export const KEY_NAME = /^[a-z0-9][a-z0-9-]{0,30}$/;
