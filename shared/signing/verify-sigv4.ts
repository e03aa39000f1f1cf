import { sameBytes, sha256, utf8 } from './digest.ts';
import type { HttpRequest } from './request.ts';
import { amzDate, canonicalRequest, hex, SCHEME, SERVICE, signatureOf } from './sigv4.ts';
import { SKEW_S } from './profile.ts';

export type SigV4Refusal = {
  readonly code: 'unsigned' | 'malformed-signature' | 'not-covered' | 'clock-skew' | 'wrong-signature' | 'wrong-body';
  readonly detail: string;
};

/** What an `Authorization` header of SigV4 claims, unchecked. */
export type SigV4Claim = {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly amzDate: string;
};

const SHAPE = new RegExp(
  String.raw`^${SCHEME} +Credential=([\w]{16,128})/(\d{8})/([a-z0-9-]+)/${SERVICE}/aws4_request, *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})$`,
);
const AT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

const refuse = (code: SigV4Refusal['code'], detail: string): { readonly refusal: SigV4Refusal } => ({
  refusal: { code, detail },
});

const claimOf = (
  [, accessKeyId = '', date = '', region = '', names = '', signature = '']: readonly string[],
  at: string,
): SigV4Claim => ({ accessKeyId, date, region, signedHeaders: names.split(';'), signature, amzDate: at });

/** Reads the claim of a request. Nothing it says is true until `verifySigV4` has found so. */
export const readSigV4 = ({
  headers: { authorization = '', 'x-amz-date': at = '' },
}: Pick<HttpRequest, 'headers'>): { readonly claim: SigV4Claim } | { readonly refusal: SigV4Refusal } => {
  if (authorization === '')
    return refuse('unsigned', 'Sign the request with Signature Version 4: Authorization is missing.');
  const match = SHAPE.exec(authorization);
  if (!match)
    return refuse(
      'malformed-signature',
      `Authorization must be ${SCHEME} with Credential, SignedHeaders and Signature for ${SERVICE}.`,
    );
  const claim = claimOf(match, at);
  if (!AT.test(at) || !at.startsWith(claim.date))
    return refuse('malformed-signature', 'X-Amz-Date must be YYYYMMDDTHHMMSSZ, of the day of the credential.');
  return { claim };
};

const secondsOf = (at: string): number => {
  const [, year, month, day, hour, minute, second] = AT.exec(at) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1000;
};

/** Headers that must be signed: the host, the time, whatever of AWS, and what the request is changed by. */
const mustSign = (headers: Readonly<Record<string, string>>): string[] =>
  Object.keys(headers).filter(
    (name) => name === 'host' || name.startsWith('x-amz-') || name === 'content-type' || name === 'idempotency-key',
  );

/**
 * Whether the claim holds, as IAM finds out in the cloud; undefined when it does. Whose access key it is, in which Region, and what its
 * owner may call, is for the caller to ask.
 */
export const verifySigV4 = async (
  request: HttpRequest,
  claim: SigV4Claim,
  { secret, nowS }: { readonly secret: string; readonly nowS: number },
): Promise<SigV4Refusal | undefined> => {
  const { signedHeaders, date, region } = claim;
  const missing = ['host', ...mustSign(request.headers)].filter((name) => !signedHeaders.includes(name));
  if (missing.length > 0) return refuse('not-covered', `SignedHeaders must also name ${missing.join(', ')}.`).refusal;
  const skewS = nowS - secondsOf(claim.amzDate);
  if (!(Math.abs(skewS) <= SKEW_S))
    return refuse('clock-skew', `X-Amz-Date is ${skewS} s from our clock (${amzDate(nowS)}); at most ${SKEW_S} s.`)
      .refusal;
  const said = request.headers['x-amz-content-sha256'];
  if (said !== undefined && said !== hex(await sha256(request.body)))
    return refuse('wrong-body', 'X-Amz-Content-Sha256 is not that of the body.').refusal;
  const canonical = await canonicalRequest(request, signedHeaders);
  const own = await signatureOf(canonical, {
    secret,
    scope: { date, region, service: SERVICE },
    amzDate: claim.amzDate,
  });
  if (sameBytes(utf8(own), utf8(claim.signature))) return undefined;
  return refuse('wrong-signature', 'The signature is not of this request with this key.').refusal;
};
