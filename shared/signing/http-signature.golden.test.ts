import { describe, expect, it } from 'vitest';
import { contentDigest, holdsDigestOf, utf8 } from './digest.ts';
import { isSignedBy, privateKey, publicKey, signBytes } from './keys.ts';
import { canonicalQuery, targetUri } from './request.ts';
import { signatureBase } from './signature-base.ts';
import { readClaim } from './verify-request.ts';

/** RFC 9421, appendix B.1.4 and B.1.3; request of B.2. */
const ED25519 = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU',
  x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs',
};
const P256 = {
  kty: 'EC',
  crv: 'P-256',
  d: 'UpuF81l-kOxbjf7T4mNSv0r5tN67Gim7rnf6EFpcYDs',
  x: 'qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA',
  y: 'Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0',
};
const REQUEST = {
  method: 'POST',
  url: 'https://example.com/foo?param=Value&Pet=dog',
  headers: {
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
    'content-length': '18',
  },
};
const COVERED = ['date', '@method', '@path', '@authority', 'content-type', 'content-length'];
const B26 = {
  components: COVERED,
  parameters: new Map<string, string | number>([
    ['created', 1618884473],
    ['keyid', 'test-key-ed25519'],
  ]),
};
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
const B26_SIGNATURE = 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==';

describe('the published cases of RFC 9421', () => {
  it('B.2.6: the base and the Ed25519 signature are those of the page, byte for byte', async () => {
    const base = signatureBase(REQUEST, B26) ?? '';
    expect(base).toBe(
      [
        '"date": Tue, 20 Apr 2021 02:07:55 GMT',
        '"@method": POST',
        '"@path": /foo',
        '"@authority": example.com',
        '"content-type": application/json',
        '"content-length": 18',
        '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
      ].join('\n'),
    );
    const signature = await signBytes(await privateKey('k', 'ed25519', ED25519), utf8(base));
    expect(signature).toEqual(bytesOf(B26_SIGNATURE));
    expect(await isSignedBy(await publicKey('k', 'ed25519', ED25519), signature, utf8(base))).toBe(true);
  });

  it('B.2.4: the ECDSA P-256 signature of the page holds over its base, and over no other', async () => {
    const key = await publicKey('k', 'ecdsa-p256-sha256', P256);
    const base = [
      '"@status": 200',
      '"content-type": application/json',
      '"content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:',
      '"content-length": 23',
      '"@signature-params": ("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"',
    ].join('\n');
    const signature = bytesOf(
      'wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==',
    );
    expect(await isSignedBy(key, signature, utf8(base))).toBe(true);
    expect(await isSignedBy(key, signature, utf8(base.replace('200', '201')))).toBe(false);
  });

  it('B.2.6 as a whole is refused by our profile: its signature never ends and could be used twice', () => {
    const headers = {
      ...REQUEST.headers,
      'signature-input': `sig-b26=(${COVERED.map((one) => `"${one}"`).join(' ')});created=1618884473;keyid="test-key-ed25519"`,
      signature: `sig-b26=:${B26_SIGNATURE}:`,
    };
    expect(readClaim({ ...REQUEST, headers })).toMatchObject({ refusal: { code: 'parameter-missing' } });
  });

  it('2.2: derived components are those of the examples', () => {
    const of = (component: string, url: string): string | undefined =>
      signatureBase({ method: 'post', url, headers: {} }, { components: [component], parameters: new Map() })?.split(
        '\n',
      )[0];
    expect(of('@method', 'https://www.example.com/path?param=value')).toBe('"@method": POST');
    expect(of('@target-uri', 'https://www.example.com/path?param=value')).toBe(
      '"@target-uri": https://www.example.com/path?param=value',
    );
    expect(of('@authority', 'https://www.Example.com:443/')).toBe('"@authority": www.example.com');
    expect(of('@scheme', 'http://www.example.com/')).toBe('"@scheme": http');
    expect(of('@path', 'https://www.example.com')).toBe('"@path": /');
    expect(of('@query', 'https://www.example.com/path')).toBe('"@query": ?');
    expect(of('@status', 'https://www.example.com/path')).toBeUndefined();
  });
});

describe('the published cases of RFC 9530', () => {
  it('the digest of {"hello": "world"} and a line feed', async () => {
    const body = utf8('{"hello": "world"}\n');
    expect(await contentDigest(body)).toBe('sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:');
    expect(await holdsDigestOf('sha-512=:AAAA:, sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:', body)).toBe(
      true,
    );
    expect(await holdsDigestOf('sha-512=:AAAA:', body)).toBe(false);
    expect(await holdsDigestOf('sha-256=(1 2)', body)).toBe(false);
    expect(await holdsDigestOf('what is this', body)).toBe(false);
  });
});

describe('the spelling of an address', () => {
  it('is the same whatever order and encoding the query came in', () => {
    expect(
      targetUri('https://partner.example', '/partner/v1/x', [
        ['to', '2026-11-23'],
        ['from', '2026-11-01'],
        ['name', '서울 (마포)'],
      ]),
    ).toBe(
      'https://partner.example/partner/v1/x?from=2026-11-01&name=%EC%84%9C%EC%9A%B8%20%28%EB%A7%88%ED%8F%AC%29&to=2026-11-23',
    );
    expect(canonicalQuery([])).toBe('');
    expect(targetUri('https://a.example', '/', [])).toBe('https://a.example/');
  });
});
