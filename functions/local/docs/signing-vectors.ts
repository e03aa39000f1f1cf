import { PARTNER_BASE } from '@hems/shared/partner-api/route';
import type { webcrypto } from 'node:crypto';
import { contentDigest, utf8 } from '@hems/shared/signing/digest';
import { privateKey, type Algorithm } from '@hems/shared/signing/keys';
import { SKEW_S } from '@hems/shared/signing/profile';
import { targetUri, type HttpRequest } from '@hems/shared/signing/request';
import { signatureBase } from '@hems/shared/signing/signature-base';
import { signRequest } from '@hems/shared/signing/sign-request';
import { signSigV4 } from '@hems/shared/signing/sign-sigv4';
import { readClaim } from '@hems/shared/signing/verify-request';

/** 2026-11-23 12:00 in Seoul */
const NOW_S = 1_795_402_800;
const ORIGIN = 'https://sig.partner.hems.example';

/** Of RFC 9421, appendix B.1.4 and B.1.3: everybody knows them, so nobody is let in with them. */
const KEYS: Readonly<Record<Algorithm, webcrypto.JsonWebKey>> = {
  ed25519: {
    kty: 'OKP',
    crv: 'Ed25519',
    d: 'n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU',
    x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs',
  },
  'ecdsa-p256-sha256': {
    kty: 'EC',
    crv: 'P-256',
    d: 'UpuF81l-kOxbjf7T4mNSv0r5tN67Gim7rnf6EFpcYDs',
    x: 'qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA',
    y: 'Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0',
  },
};

/** ECDSA draws a random number for each signature: this is the one that was made once. The test of this page checks that it holds. */
const P256_SIGNATURE = '2X1LY/xs+oV5njsZRuGeJiALEsXF0uTkPv8Vp8w7BEd71xLTo6JR2gXp08MJRmzaQ78qmewHRJKA3Fbn1lqNPA==';

type Example = {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly nonce: string;
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const EXAMPLES: readonly Example[] = [
  {
    name: 'GET without anything',
    algorithm: 'ed25519',
    nonce: 'b1f0c6d2a4e84f07',
    method: 'GET',
    path: `${PARTNER_BASE}/self`,
    query: [],
    headers: {},
    body: '',
  },
  {
    name: 'GET with a query: names and values encoded, in the order of the names',
    algorithm: 'ed25519',
    nonce: 'b1f0c6d2a4e84f08',
    method: 'GET',
    path: `${PARTNER_BASE}/aggregates`,
    query: [
      ['to', '2026-11-23'],
      ['region', '서울 (마포)'],
      ['from', '2026-11-01'],
    ],
    headers: {},
    body: '',
  },
  {
    name: 'POST with a body',
    algorithm: 'ed25519',
    nonce: 'b1f0c6d2a4e84f09',
    method: 'POST',
    path: `${PARTNER_BASE}/disputes`,
    query: [],
    headers: { 'content-type': 'application/json', 'idempotency-key': 'dispute-2026-11-line-7' },
    body: '{"line":7,"reason":"counted twice"}',
  },
  {
    name: 'POST with a body, ECDSA P-256',
    algorithm: 'ecdsa-p256-sha256',
    nonce: 'b1f0c6d2a4e84f0a',
    method: 'POST',
    path: `${PARTNER_BASE}/disputes`,
    query: [],
    headers: { 'content-type': 'application/json', 'idempotency-key': 'dispute-2026-11-line-8' },
    body: '{"line":8,"reason":"counted twice"}',
  },
];

const vectorOf = async (example: Example) => {
  const { name, algorithm, nonce, method, path, query, headers: plain, body } = example;
  const request: HttpRequest = { method, url: targetUri(ORIGIN, path, query), headers: plain, body: utf8(body) };
  const key = await privateKey(`office.${algorithm === 'ed25519' ? 'ed' : 'ec'}`, algorithm, KEYS[algorithm]);
  const headers = await signRequest(request, { key, nowS: NOW_S, nonce });
  const read = readClaim({ ...request, headers });
  if ('refusal' in read) throw new Error(read.refusal.detail);
  return {
    name,
    key: { keyid: key.keyId, algorithm, jwk: { ...KEYS[algorithm] } },
    request: { method, url: request.url, headers: plain, body },
    signatureBase: signatureBase({ ...request, headers }, read.claim.input),
    sent: {
      ...headers,
      ...(algorithm === 'ecdsa-p256-sha256' && { signature: `hems=:${P256_SIGNATURE}:` }),
    },
  };
};

/** What the platform answers to the third vector when one thing of it is another than it was signed. Checked by the test of this page. */
export type Refused = {
  readonly change: string;
  readonly code: string;
  readonly url?: string;
  readonly method?: string;
  /** null: it is not sent */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string;
  /** seconds after `created` at which it arrives */
  readonly afterS?: number;
};
const REFUSED: readonly Refused[] = [
  { change: 'it is not signed', code: 'unsigned', headers: { signature: null, 'signature-input': null } },
  { change: 'it arrives late', code: 'clock-skew', afterS: SKEW_S + 1 },
  { change: 'our clock is behind', code: 'clock-skew', afterS: -SKEW_S - 1 },
  { change: 'another method', code: 'wrong-signature', method: 'PUT' },
  { change: 'another path', code: 'wrong-signature', url: `${ORIGIN}${PARTNER_BASE}/disputes/7` },
  { change: 'a query', code: 'wrong-signature', url: `${ORIGIN}${PARTNER_BASE}/disputes?draft=true` },
  { change: 'another host', code: 'wrong-signature', url: `https://other.example${PARTNER_BASE}/disputes` },
  {
    change: 'another key of idempotency',
    code: 'wrong-signature',
    headers: { 'idempotency-key': 'dispute-2026-11-line-9' },
  },
  { change: 'a covered header is not sent', code: 'component-not-understood', headers: { 'idempotency-key': null } },
  { change: 'another body', code: 'wrong-body', body: '{"line":70,"reason":"counted twice"}' },
  {
    change: 'another body with its own digest',
    code: 'wrong-signature',
    body: '{"hello": "world"}\n',
    headers: { 'content-digest': 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:' },
  },
];

const sigV4Vector = async () => {
  const request: HttpRequest = {
    method: 'GET',
    url: targetUri('https://iam.partner.hems.example', `${PARTNER_BASE}/self`, []),
    headers: { 'x-api-key': 'the key of your plan of use' },
    body: utf8(''),
  };
  const credentials = {
    accessKeyId: 'AKIDEXAMPLEEXAMPLE00',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  };
  const region = 'ap-northeast-2';
  const { method, url, headers } = request;
  return {
    name: 'GET signed with Signature Version 4',
    credentials,
    region,
    service: 'execute-api',
    request: { method, url, headers },
    sent: await signSigV4(request, { credentials, region, nowS: NOW_S }),
  };
};

/** What docs/api/signing-vectors.json holds. */
export const signingVectors = async () => ({
  about:
    'Test vectors of the partner API, for docs/api/signing.md. The keys are those of RFC 9421, appendix B.1, and open nothing. A signature by ECDSA is another one each time: check it, do not compare it.',
  created: NOW_S,
  contentDigest: {
    body: '{"hello": "world"}\n',
    value: await contentDigest(utf8('{"hello": "world"}\n')),
    source: 'RFC 9530, appendix A',
  },
  messageSignatures: await Promise.all(EXAMPLES.map(vectorOf)),
  refused: REFUSED,
  published: [
    {
      source: 'RFC 9421, B.2.6 (Ed25519; our profile refuses it, because it has neither nonce nor end)',
      keyid: 'test-key-ed25519',
      signatureBase:
        '"date": Tue, 20 Apr 2021 02:07:55 GMT\n"@method": POST\n"@path": /foo\n"@authority": example.com\n"content-type": application/json\n"content-length": 18\n"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
      algorithm: 'ed25519',
      signature: 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
    },
    {
      source: 'RFC 9421, B.2.4 (ECDSA P-256, over a response)',
      keyid: 'test-key-ecc-p256',
      signatureBase:
        '"@status": 200\n"content-type": application/json\n"content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:\n"content-length": 23\n"@signature-params": ("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"',
      algorithm: 'ecdsa-p256-sha256',
      signature: 'wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==',
    },
  ],
  signatureVersion4: [await sigV4Vector()],
});
