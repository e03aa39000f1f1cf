/** Algorithms of RFC 9421 that partners may sign with. */
export const ALGORITHMS = ['ed25519', 'ecdsa-p256-sha256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

const IMPORT = {
  ed25519: { name: 'Ed25519' },
  'ecdsa-p256-sha256': { name: 'ECDSA', namedCurve: 'P-256' },
} as const;

const SIGN = {
  ed25519: { name: 'Ed25519' },
  'ecdsa-p256-sha256': { name: 'ECDSA', hash: 'SHA-256' },
} as const;

/** A key with the one algorithm that it is used with: what a message says of its algorithm never chooses it. */
export type SigningKey = { readonly keyId: string; readonly algorithm: Algorithm; readonly key: CryptoKey };

/** Rejects where the JWK is no such key, or has no private part. */
export const privateKey = async (keyId: string, algorithm: Algorithm, jwk: JsonWebKey): Promise<SigningKey> => ({
  keyId,
  algorithm,
  key: await crypto.subtle.importKey('jwk', jwk, IMPORT[algorithm], false, ['sign']),
});

/** Rejects where the JWK is no such key. A private part is left behind. */
export const publicKey = async (keyId: string, algorithm: Algorithm, jwk: JsonWebKey): Promise<SigningKey> => {
  const { d: _private, key_ops: _operations, ...own } = jwk;
  return { keyId, algorithm, key: await crypto.subtle.importKey('jwk', own, IMPORT[algorithm], false, ['verify']) };
};

export const signBytes = async ({ algorithm, key }: SigningKey, bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.sign(SIGN[algorithm], key, bytes));

export const isSignedBy = async (
  { algorithm, key }: SigningKey,
  signature: Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean> => crypto.subtle.verify(SIGN[algorithm], key, signature, bytes);
