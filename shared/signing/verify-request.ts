import { isInnerList, type BareItem, type Dictionary, type InnerList } from 'structured-headers';
import { dictionaryOf, toBase64, utf8 } from './digest.ts';
import { isSignedBy, type SigningKey } from './keys.ts';
import { ACTED_ON, KEY_ID, LIFETIME_S, NONCE, SKEW_S } from './profile.ts';
import type { HttpRequest } from './request.ts';
import { signatureBase, type SignatureInput } from './signature-base.ts';

/** A refused signature: why, in words that its sender can act on. */
export type SignatureRefusal = {
  readonly code:
    | 'unsigned'
    | 'malformed-signature'
    | 'several-signatures'
    | 'component-not-understood'
    | 'not-covered'
    | 'parameter-missing'
    | 'clock-skew'
    | 'expired-signature'
    | 'lives-too-long'
    | 'algorithm-not-of-key'
    | 'wrong-signature';
  readonly detail: string;
};

/** What a signature claims, before anybody has checked it: enough to look its key up. */
export type Claim = {
  readonly keyId: string;
  readonly nonce: string;
  readonly createdS: number;
  readonly expiresS: number;
  /** as the message names it; undefined: it names none */
  readonly algorithm: BareItem | undefined;
  readonly input: SignatureInput;
  readonly signature: Uint8Array<ArrayBuffer>;
};

type Unread = Pick<HttpRequest, 'method' | 'url' | 'headers'>;
type Read = { readonly claim: Claim } | { readonly refusal: SignatureRefusal };

const refuse = (code: SignatureRefusal['code'], detail: string): { readonly refusal: SignatureRefusal } => ({
  refusal: { code, detail },
});

const MALFORMED =
  'Signature-Input and Signature must be dictionaries (RFC 9651) with one signature of one label (RFC 9421, 4).';

/** The components by name; undefined where one is no string, has parameters of its own, or stands twice. */
const componentsOf = (items: readonly (readonly [BareItem, ReadonlyMap<string, BareItem>])[]): string[] | undefined => {
  const names = items.flatMap(([name, parameters]) =>
    typeof name === 'string' && parameters.size === 0 ? [name] : [],
  );
  return names.length === items.length && new Set(names).size === names.length ? names : undefined;
};

const whole = (value: BareItem | undefined): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) ? value : undefined;
const matching = (value: BareItem | undefined, shape: RegExp): string | undefined =>
  typeof value === 'string' && shape.test(value) ? value : undefined;

const claimOf = (input: SignatureInput, signature: ArrayBuffer): Read => {
  const { parameters } = input;
  const createdS = whole(parameters.get('created'));
  const expiresS = whole(parameters.get('expires'));
  const nonce = matching(parameters.get('nonce'), NONCE);
  const keyId = matching(parameters.get('keyid'), KEY_ID);
  if (createdS === undefined || expiresS === undefined)
    return refuse('parameter-missing', 'created and expires must be whole seconds since 1970.');
  if (nonce === undefined)
    return refuse('parameter-missing', 'nonce must be 16 to 64 characters: letters, digits and _ + / = -.');
  if (keyId === undefined)
    return refuse('parameter-missing', 'keyid must be the id of a key of yours: 1 to 64 letters, digits and _ . : -.');
  const algorithm = parameters.get('alg');
  return { claim: { keyId, nonce, createdS, expiresS, algorithm, input, signature: new Uint8Array(signature) } };
};

type Fields = { readonly input: InnerList; readonly signature: ArrayBuffer };

/** base64 has several spellings of the same bytes: only the one that is canonical is taken. */
const isSpeltOnce = (signature: ArrayBuffer, field: string): boolean =>
  field.includes(`:${toBase64(new Uint8Array(signature))}:`);

/** The one signature of two dictionaries that name it alike; `field`: the second as it was sent. */
const fieldsOf = (inputs: Dictionary, signatures: Dictionary, field: string): Fields | undefined => {
  const [[label, input] = []] = inputs;
  const member = label === undefined ? undefined : signatures.get(label);
  if (input === undefined || member === undefined || !isInnerList(input) || isInnerList(member)) return undefined;
  const [signature] = member;
  return signature instanceof ArrayBuffer && isSpeltOnce(signature, field) ? { input, signature } : undefined;
};

/** Reads the one signature of a request. Nothing it says is true until `verifyClaim` has found so. */
export const readClaim = ({ headers: { 'signature-input': said = '', signature = '' } }: Unread): Read => {
  if (said === '' && signature === '')
    return refuse('unsigned', 'Sign the request (RFC 9421): Signature-Input and Signature are missing.');
  const inputs = dictionaryOf(said);
  const signatures = dictionaryOf(signature);
  if (!inputs || !signatures) return refuse('malformed-signature', MALFORMED);
  if (Math.max(inputs.size, signatures.size) > 1)
    return refuse('several-signatures', 'Send one signature only: which of several counts would be a guess.');
  const fields = fieldsOf(inputs, signatures, signature);
  if (!fields) return refuse('malformed-signature', MALFORMED);
  const [items, parameters] = fields.input;
  const components = componentsOf(items);
  if (!components)
    return refuse('component-not-understood', 'Cover each component once, by its name alone, without parameters.');
  return claimOf({ components, parameters }, fields.signature);
};

/** Everything that has to be covered of this request and is not. */
const uncovered = ({ headers }: Unread, covered: readonly string[]): string[] => {
  const needed = ['@method', '@target-uri', ...ACTED_ON.filter((name) => headers[name] !== undefined)];
  const hasBody = headers['content-length'] !== undefined && headers['content-length'] !== '0';
  if (hasBody || headers['transfer-encoding'] !== undefined) needed.push('content-digest');
  return needed.filter((name) => !covered.includes(name));
};

const timeRefusal = ({ createdS, expiresS }: Claim, nowS: number): SignatureRefusal | undefined => {
  if (Math.abs(nowS - createdS) > SKEW_S)
    return refuse('clock-skew', `created is ${nowS - createdS} s from our clock (${nowS}); at most ${SKEW_S} s.`)
      .refusal;
  if (expiresS - createdS > LIFETIME_S || expiresS < createdS)
    return refuse('lives-too-long', `expires must be 0 to ${LIFETIME_S} s after created.`).refusal;
  if (nowS > expiresS) return refuse('expired-signature', `expired ${nowS - expiresS} s ago; sign anew.`).refusal;
  return undefined;
};

/**
 * Whether the claim holds: it covers what it must, its time is now, and it was made with this key over this request. Undefined when it does.
 * The body is not looked at: its `Content-Digest` is covered, and `holdsDigestOf` compares the two where the body is known. Whether the
 * nonce is new, and whether the key may be used, is for the caller to ask.
 */
export const verifyClaim = async (
  request: Unread,
  claim: Claim,
  { key, nowS }: { readonly key: SigningKey; readonly nowS: number },
): Promise<SignatureRefusal | undefined> => {
  const missing = uncovered(request, claim.input.components);
  if (missing.length > 0) return refuse('not-covered', `The signature must also cover ${missing.join(', ')}.`).refusal;
  const late = timeRefusal(claim, nowS);
  if (late) return late;
  if (claim.algorithm !== undefined && claim.algorithm !== key.algorithm)
    return refuse('algorithm-not-of-key', `The key ${key.keyId} signs with ${key.algorithm}.`).refusal;
  const base = signatureBase(request, claim.input);
  if (base === undefined)
    return refuse('component-not-understood', 'A covered component is not in the request, or not supported here.')
      .refusal;
  if (await isSignedBy(key, claim.signature, utf8(base))) return undefined;
  return refuse(
    'wrong-signature',
    'The signature is not of this request with this key. Compare your signature base with ours in the test vectors.',
  ).refusal;
};
