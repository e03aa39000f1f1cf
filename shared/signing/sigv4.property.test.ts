import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from './digest.ts';
import { targetUri, type HttpRequest } from './request.ts';
import { signSigV4 } from './sign-sigv4.ts';
import { canonicalRequest, signatureOf } from './sigv4.ts';
import { readSigV4, verifySigV4 } from './verify-sigv4.ts';

const NOW_S = 1_795_000_000;
const REGION = 'ap-northeast-2';
const CREDENTIALS = {
  accessKeyId: 'AKIDEXAMPLEEXAMPLE00',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

describe('the published cases of Signature Version 4 (AWS, aws-sig-v4-test-suite)', () => {
  const at = '20150830T123600Z';
  const scope = { date: '20150830', region: 'us-east-1', service: 'service' };
  const headers = { host: 'example.amazonaws.com', 'x-amz-date': at };
  it.each([
    ['get-vanilla', 'GET', '/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      'GET',
      '/?Param2=value2&Param1=value1',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    ['post-vanilla', 'POST', '/', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  ])('%s', async (_, method, path, signature) => {
    const request = { method, url: `https://example.amazonaws.com${path}`, headers, body: utf8('') };
    const canonical = await canonicalRequest(request, ['host', 'x-amz-date']);
    expect(await signatureOf(canonical, { secret: CREDENTIALS.secretAccessKey, scope, amzDate: at })).toBe(signature);
  });
});

/** The hash that the other implementation asks for. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | Uint8Array | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string);
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }
  reset(): void {}
}

const word = fc.stringMatching(/^[\w.~ %+()*'!-]{1,8}$/);
const request: fc.Arbitrary<HttpRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'DELETE'),
    path: fc.array(fc.stringMatching(/^[\w~-]{1,8}$/), { minLength: 1, maxLength: 3 }),
    query: fc.uniqueArray(fc.tuple(word, word), { maxLength: 3, selector: ([name]) => name }),
    body: fc.string({ maxLength: 40 }),
  })
  .map(({ method, path, query, body }) => ({
    method,
    url: targetUri('https://partner.example', `/partner/v1/${path.join('/')}`, query),
    headers: { 'content-type': 'application/json' },
    body: utf8(body),
  }));

const outcome = async (asked: HttpRequest, nowS = NOW_S, secret = CREDENTIALS.secretAccessKey): Promise<string> => {
  const read = readSigV4(asked);
  if ('refusal' in read) return read.refusal.code;
  return (await verifySigV4(asked, read.claim, { secret, nowS }))?.code ?? 'taken';
};
const signed = async (asked: HttpRequest): Promise<HttpRequest> => ({
  ...asked,
  headers: await signSigV4(asked, { credentials: CREDENTIALS, region: REGION, nowS: NOW_S }),
});

describe('a request signed with SigV4', () => {
  it('by the signer of the AWS SDK is taken by our check', async () => {
    const theirs = new SignatureV4({
      service: 'execute-api',
      region: REGION,
      credentials: CREDENTIALS,
      sha256: Sha256,
    });
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const { hostname, pathname, searchParams } = new URL(asked.url);
        const { headers } = await theirs.sign(
          {
            method: asked.method,
            protocol: 'https:',
            hostname,
            path: pathname,
            query: Object.fromEntries(searchParams),
            headers: { ...asked.headers, host: hostname },
            body: asked.body,
          },
          { signingDate: new Date(NOW_S * 1000) },
        );
        expect(await outcome({ ...asked, headers })).toBe('taken');
      }),
    );
  });

  it('by our client is taken, and refused once its method, address, header or body was altered', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const sent = await signed(asked);
        expect(await outcome(sent)).toBe('taken');
        expect(await outcome({ ...sent, method: 'PATCH' })).toBe('wrong-signature');
        expect(await outcome({ ...sent, url: `${sent.url}${sent.url.includes('?') ? '&' : '?'}zz=1` })).toBe(
          'wrong-signature',
        );
        expect(await outcome({ ...sent, url: sent.url.replace('/v1/', '/v1/x') })).toBe('wrong-signature');
        expect(await outcome({ ...sent, body: utf8('something else, longer than any body before it was') })).toBe(
          'wrong-body',
        );
        expect(await outcome({ ...sent, headers: { ...sent.headers, 'content-type': 'text/plain' } })).toBe(
          'wrong-signature',
        );
        expect(await outcome({ ...sent, headers: { ...sent.headers, 'idempotency-key': 'added' } })).toBe(
          'not-covered',
        );
      }),
    );
  });

  it('counts within 300 s of our clock and with its own secret only', async () => {
    const sent = await signed({ method: 'GET', url: 'https://partner.example/x', headers: {}, body: utf8('') });
    expect(await outcome(sent, NOW_S + 300)).toBe('taken');
    expect(await outcome(sent, NOW_S + 301)).toBe('clock-skew');
    expect(await outcome(sent, NOW_S - 301)).toBe('clock-skew');
    expect(await outcome(sent, NOW_S, 'another secret')).toBe('wrong-signature');
  });

  it('carries the session token under the signature', async () => {
    const asked = { method: 'GET', url: 'https://partner.example/x', headers: {}, body: utf8('') };
    const credentials = { ...CREDENTIALS, sessionToken: 'a-session' };
    const headers = await signSigV4(asked, { credentials, region: REGION, nowS: NOW_S });
    expect(await outcome({ ...asked, headers })).toBe('taken');
    expect(await outcome({ ...asked, headers: { ...headers, 'x-amz-security-token': 'another' } })).toBe(
      'wrong-signature',
    );
  });

  it.each([
    ['nothing', {}, 'unsigned'],
    ['another scheme', { authorization: 'Bearer abc' }, 'malformed-signature'],
    [
      'no time',
      {
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLEEXAMPLE00/20261123/ap-northeast-2/execute-api/aws4_request, SignedHeaders=host, Signature=' +
          'a'.repeat(64),
      },
      'malformed-signature',
    ],
    [
      'another service',
      {
        'x-amz-date': '20261123T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLEEXAMPLE00/20261123/ap-northeast-2/s3/aws4_request, SignedHeaders=host, Signature=' +
          'a'.repeat(64),
      },
      'malformed-signature',
    ],
  ])('is no signature: %s', async (_, headers, code) => {
    expect(await outcome({ method: 'GET', url: 'https://partner.example/x', headers, body: utf8('') })).toBe(code);
  });
});
