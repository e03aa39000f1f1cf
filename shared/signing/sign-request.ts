import { contentDigest, toBase64, utf8 } from './digest.ts';
import { signBytes, type SigningKey } from './keys.ts';
import type { HttpRequest } from './request.ts';
import { inputText, signatureBase, type SignatureInput } from './signature-base.ts';
import { ACTED_ON, LABEL, LIFETIME_S } from './profile.ts';

export type Signing = {
  readonly key: SigningKey;
  /** by the partner's clock, epoch seconds */
  readonly nowS: number;
  /** never used before with this key; 16 to 64 characters */
  readonly nonce: string;
};

/**
 * The headers that a partner adds to a request so that the platform can tell who sent it and that nothing of it was changed (RFC 9421,
 * RFC 9530). Rejects where a value of a header cannot be signed.
 */
export const signRequest = async (
  request: HttpRequest,
  { key, nowS, nonce }: Signing,
): Promise<Readonly<Record<string, string>>> => {
  const headers: Record<string, string> = { ...request.headers };
  if (request.body.length > 0) headers['content-digest'] = await contentDigest(request.body);
  const input: SignatureInput = {
    components: ['@method', '@target-uri', ...ACTED_ON.filter((name) => headers[name] !== undefined)],
    parameters: new Map<string, string | number>([
      ['created', nowS],
      ['expires', nowS + LIFETIME_S],
      ['nonce', nonce],
      ['keyid', key.keyId],
      ['alg', key.algorithm],
    ]),
  };
  const base = signatureBase({ ...request, headers }, input);
  if (base === undefined) throw new Error('a covered component is missing from the request');
  return {
    ...headers,
    'signature-input': `${LABEL}=${inputText(input)}`,
    signature: `${LABEL}=:${toBase64(await signBytes(key, utf8(base)))}:`,
  };
};
