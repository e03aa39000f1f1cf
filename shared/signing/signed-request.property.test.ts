import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { holdsDigestOf, utf8 } from './digest.ts';
import { ALGORITHMS, privateKey, publicKey, type Algorithm, type SigningKey } from './keys.ts';
import { targetUri, type HttpRequest } from './request.ts';
import { signRequest } from './sign-request.ts';
import { readClaim, verifyClaim } from './verify-request.ts';

const NOW_S = 1_795_000_000;
const GENERATE = { ed25519: { name: 'Ed25519' }, 'ecdsa-p256-sha256': { name: 'ECDSA', namedCurve: 'P-256' } };
type Pair = { readonly own: SigningKey; readonly known: SigningKey };
const pairs = new Map<Algorithm, Pair>();

const pairOf = async (algorithm: Algorithm): Promise<Pair> => {
  const made = (await crypto.subtle.generateKey(GENERATE[algorithm], true, ['sign', 'verify'])) as CryptoKeyPair;
  const jwk = await crypto.subtle.exportKey('jwk', made.privateKey);
  return { own: await privateKey('k-1', algorithm, jwk), known: await publicKey('k-1', algorithm, jwk) };
};
beforeAll(async () => {
  for (const algorithm of ALGORITHMS) pairs.set(algorithm, await pairOf(algorithm));
});

const request: fc.Arbitrary<HttpRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
    path: fc.array(fc.stringMatching(/^[\w.~-]{1,8}$/), { minLength: 1, maxLength: 4 }),
    query: fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 6 }), fc.string({ maxLength: 8 })), { maxLength: 3 }),
    key: fc.uuid(),
    body: fc.string({ maxLength: 60 }),
  })
  .map(({ method, path, query, key, body }) => {
    const bytes = utf8(body);
    const length =
      bytes.length === 0 ? {} : { 'content-length': String(bytes.length), 'content-type': 'application/json' };
    return {
      method,
      url: targetUri('https://partner.example', `/partner/v1/${path.join('/')}`, query),
      headers: { accept: 'application/json', 'idempotency-key': key, ...length },
      body: bytes,
    };
  });

const verified = async (asked: HttpRequest, key: SigningKey, nowS = NOW_S): Promise<string> => {
  const read = readClaim(asked);
  if ('refusal' in read) return read.refusal.code;
  const refusal = await verifyClaim(asked, read.claim, { key, nowS });
  if (refusal) return refusal.code;
  const digest = asked.headers['content-digest'];
  if (digest !== undefined && !(await holdsDigestOf(digest, asked.body))) return 'wrong-body';
  return 'taken';
};

const signed = async (asked: HttpRequest, { own }: Pair, nowS = NOW_S): Promise<HttpRequest> => ({
  ...asked,
  headers: await signRequest(asked, { key: own, nowS, nonce: crypto.randomUUID() }),
});

const changed = (asked: HttpRequest, headers: Record<string, string>): HttpRequest => ({
  ...asked,
  headers: { ...asked.headers, ...headers },
});
/** What a thief could do to a signed request on its way. */
const ALTERATIONS: readonly (readonly [what: string, alter: (asked: HttpRequest) => HttpRequest])[] = [
  ['the method', (asked) => ({ ...asked, method: asked.method === 'PUT' ? 'POST' : 'PUT' })],
  ['the host', (asked) => ({ ...asked, url: asked.url.replace('partner.example', 'other.example') })],
  ['the path', (asked) => ({ ...asked, url: asked.url.replace('/v1/', '/v1/x') })],
  ['the query', (asked) => ({ ...asked, url: `${asked.url}${asked.url.includes('?') ? '&' : '?'}limit=1` })],
  ['the body', (asked) => changed({ ...asked, body: utf8(`${asked.body.length}!`) }, {})],
  ['the idempotency key', (asked) => changed(asked, { 'idempotency-key': 'another' })],
  ['the content type', (asked) => changed(asked, { 'content-type': 'text/plain' })],
  [
    'the signature input',
    (asked) =>
      changed(asked, {
        'signature-input': (asked.headers['signature-input'] ?? '').replace('keyid="k-1"', 'keyid="k-2"'),
      }),
  ],
  [
    'the nonce',
    (asked) =>
      changed(asked, { 'signature-input': (asked.headers['signature-input'] ?? '').replace(/nonce="./, 'nonce="_') }),
  ],
];

describe.each(ALGORITHMS)('a request signed with %s', (algorithm) => {
  const pair = (): Pair => {
    const found = pairs.get(algorithm);
    if (!found) throw new Error('no key');
    return found;
  };

  it('is taken by the key of the one who signed it, and refused once any part of it was altered', async () => {
    await fc.assert(
      fc.asyncProperty(request, fc.constantFrom(...ALTERATIONS), async (asked, [what, alter]) => {
        const sent = await signed(asked, pair());
        expect(await verified(sent, pair().known)).toBe('taken');
        const altered = await verified(alter(sent), pair().known);
        // A digest that nobody sent says nothing of a body that was not there, so a body out of nothing has to carry its length.
        const isBodyOfNothing = what === 'the body' && asked.body.length === 0;
        if (!isBodyOfNothing) expect(altered).not.toBe('taken');
      }),
    );
  });

  it('is refused where a body was added to a request without one', async () => {
    const bare = await signed(
      { method: 'POST', url: 'https://partner.example/x', headers: {}, body: utf8('') },
      pair(),
    );
    const grown = changed({ ...bare, body: utf8('{}') }, { 'content-length': '2' });
    expect(await verified(grown, pair().known)).toBe('not-covered');
  });

  it('is refused by the key of somebody else', async () => {
    const asked = await signed(
      { method: 'GET', url: 'https://partner.example/x', headers: {}, body: utf8('') },
      pair(),
    );
    expect(await verified(asked, (await pairOf(algorithm)).known)).toBe('wrong-signature');
  });

  it.each([
    [-301, 'clock-skew'],
    [-300, 'taken'],
    [300, 'taken'],
    [301, 'clock-skew'],
  ])('is, at %i s from its creation, %s', async (afterS, outcome) => {
    const asked = await signed(
      { method: 'GET', url: 'https://partner.example/x', headers: {}, body: utf8('') },
      pair(),
    );
    expect(await verified(asked, pair().known, NOW_S + afterS)).toBe(outcome);
  });
});

describe('what is no signature that we take', () => {
  const bare: HttpRequest = { method: 'GET', url: 'https://partner.example/x', headers: {}, body: utf8('') };
  const claim = (over: string, signature = 'a=:AAAA:'): HttpRequest =>
    changed(bare, { 'signature-input': over, signature });
  const GOOD = `created=${NOW_S};expires=${NOW_S + 60};nonce="0123456789abcdef";keyid="k-1"`;
  const COVERED = '("@method" "@target-uri")';

  it.each([
    ['nothing at all', bare, 'unsigned'],
    ['no dictionary', claim('(((', 'x'), 'malformed-signature'],
    ['another label', claim(`b=${COVERED};${GOOD}`), 'malformed-signature'],
    ['text instead of bytes', claim(`a=${COVERED};${GOOD}`, 'a="AAAA"'), 'malformed-signature'],
    ['two of them', claim(`a=${COVERED};${GOOD}, b=${COVERED};${GOOD}`, 'a=:AAAA:, b=:AAAA:'), 'several-signatures'],
    ['a component of the response', claim(`a=("@method";req "@target-uri");${GOOD}`), 'component-not-understood'],
    ['a component twice', claim(`a=("@method" "@method" "@target-uri");${GOOD}`), 'component-not-understood'],
    ['no nonce', claim(`a=${COVERED};created=${NOW_S};expires=${NOW_S};keyid="k-1"`), 'parameter-missing'],
    ['a nonce that is guessed', claim(`a=${COVERED};${GOOD.replace('0123456789abcdef', '1')}`), 'parameter-missing'],
    [
      'a time with a fraction',
      claim(`a=${COVERED};${GOOD.replace(`created=${NOW_S}`, 'created=1.5')}`),
      'parameter-missing',
    ],
    ['no address', claim(`a=("@method");${GOOD}`), 'not-covered'],
    [
      'an hour of life',
      claim(`a=${COVERED};${GOOD.replace(String(NOW_S + 60), String(NOW_S + 3600))}`),
      'lives-too-long',
    ],
    [
      'an end before its beginning',
      claim(`a=${COVERED};${GOOD.replace(String(NOW_S + 60), String(NOW_S - 1))}`),
      'lives-too-long',
    ],
    [
      'an end that has passed',
      claim(
        `a=${COVERED};${GOOD.replace(`created=${NOW_S}`, `created=${NOW_S - 90}`).replace(String(NOW_S + 60), String(NOW_S - 30))}`,
      ),
      'expired-signature',
    ],
    ['an algorithm that is not the key’s', claim(`a=${COVERED};${GOOD};alg="hmac-sha256"`), 'algorithm-not-of-key'],
    ['a header that is not there', claim(`a=("@method" "@target-uri" "x-none");${GOOD}`), 'component-not-understood'],
    ['bytes that are no signature', claim(`a=${COVERED};${GOOD}`), 'wrong-signature'],
  ])('%s', async (_, asked, code) => {
    const key = pairs.get('ed25519')?.known;
    if (!key) throw new Error('no key');
    expect(await verified(asked, key)).toBe(code);
  });
});
