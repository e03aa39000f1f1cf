import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { contentDigest, holdsDigestOf, utf8 } from '@hems/shared/signing/digest';
import { isSignedBy, publicKey, type Algorithm } from '@hems/shared/signing/keys';
import { readClaim, verifyClaim } from '@hems/shared/signing/verify-request';
import { DOCS } from '../commands/openapi.ts';
import type { signingVectors } from './signing-vectors.ts';

/** As a partner reads it, without our code having made it. */
const published = JSON.parse(await readFile(`${DOCS}signing-vectors.json`, 'utf8')) as Awaited<
  ReturnType<typeof signingVectors>
>;

type Vector = (typeof published.messageSignatures)[number];
const EC = { dsaEncoding: 'ieee-p1363' } as const;

/** Whether another implementation finds the published signature to hold, and, where it is the same each time, makes the same. */
const holdsElsewhere = ({ key, signatureBase = '', sent }: Vector): boolean => {
  const jwk = { key: key.jwk as Record<string, string>, format: 'jwk' } as const;
  const base = Buffer.from(signatureBase);
  const bytes = Buffer.from(/:(.+):/.exec(headersOf(sent)['signature'] ?? '')?.[1] ?? '', 'base64');
  if (key.algorithm !== 'ed25519') return verify('sha256', base, { ...EC, key: createPublicKey(jwk) }, bytes);
  return verify(null, base, createPublicKey(jwk), bytes) && sign(null, base, createPrivateKey(jwk)).equals(bytes);
};
const headersOf = (sent: Readonly<Record<string, string>>): Readonly<Record<string, string>> => sent;

type Asked = Parameters<typeof verifyClaim>[0] & { readonly body: string; readonly nowS: number };
/** What the platform finds of a request: `taken`, or why not. */
const outcome = async ({ body, nowS, ...asked }: Asked, { keyid, algorithm, jwk }: Vector['key']): Promise<string> => {
  const read = readClaim(asked);
  if ('refusal' in read) return read.refusal.code;
  const found = await verifyClaim(asked, read.claim, { key: await publicKey(keyid, algorithm, jwk), nowS });
  if (found) return found.code;
  const digest = asked.headers['content-digest'];
  return digest === undefined || (await holdsDigestOf(digest, utf8(body))) ? 'taken' : 'wrong-body';
};

test.each(published.messageSignatures)(
  '$name: holds for another implementation, and is taken by us',
  async (vector) => {
    const { request, sent, key } = vector;
    expect(holdsElsewhere(vector)).toBe(true);
    expect(await outcome({ ...request, headers: headersOf(sent), nowS: published.created }, key)).toBe('taken');
  },
);

test.each(published.published)('$source', async ({ algorithm, keyid, signatureBase, signature }) => {
  const jwk = published.messageSignatures.find(({ key }) => key.algorithm === algorithm)?.key.jwk ?? {};
  const known = await publicKey(keyid, algorithm as Algorithm, jwk);
  const bytes = Uint8Array.from(Buffer.from(signature, 'base64'));
  expect(await isSignedBy(known, bytes, utf8(signatureBase))).toBe(true);
});

test('the digest is the one of RFC 9530', async () => {
  const { body, value } = published.contentDigest;
  expect(value).toBe('sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:');
  expect(await contentDigest(utf8(body))).toBe(value);
});

test.each(published.refused)('the third vector is refused where $change: $code', async (wrong) => {
  const [, , third] = published.messageSignatures;
  if (!third) throw new Error('there is no third vector');
  const all: Readonly<Record<string, string | null>> = { ...third.sent, ...wrong.headers };
  const headers = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]])),
  );
  const { method = third.request.method, url = third.request.url, body = third.request.body, afterS = 0 } = wrong;
  const asked = { method, url, body, headers, nowS: published.created + afterS };
  expect(await outcome(asked, third.key)).toBe(wrong.code);
});
