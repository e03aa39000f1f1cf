import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand, type KMSClientConfig } from '@aws-sdk/client-kms';
import type { Signer, SignerKey } from '../../ports/signer.ts';
import { keyIdOf, publicJwk } from '../signer-keys.ts';
import { SHORT_TIMEOUTS } from './timeouts.ts';

const NUMBER_BYTES = 32;

/** KMS writes r and s as DER integers: a sequence of two, each without leading zeros, or with one where its first bit is set. */
const fromDer = (der: Uint8Array): Uint8Array<ArrayBuffer> => {
  const signature = new Uint8Array(2 * NUMBER_BYTES);
  let at = 2;
  for (const end of [NUMBER_BYTES, 2 * NUMBER_BYTES]) {
    const length = der[at + 1] ?? 0;
    if (der[at] !== 2 || length === 0 || length > NUMBER_BYTES + 1) throw new Error('KMS answered no ECDSA signature');
    const number = der.subarray(at + 2, at + 2 + length).slice(length > NUMBER_BYTES ? 1 : 0);
    signature.set(number, end - number.length);
    at += 2 + length;
  }
  return signature;
};

/** `Signer` by asymmetric keys of KMS (ECC_NIST_P256, SIGN_VERIFY). `keyIds`: the one that signs first, behind it those that signed before. */
export const kmsSigner = (keyIds: readonly string[], config: KMSClientConfig = {}): Signer => {
  const kms = new KMSClient({ ...SHORT_TIMEOUTS, ...config });
  const publicOf = async (KeyId: string): Promise<SignerKey> => {
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
    if (!PublicKey) throw new Error(`KMS answered no public key of ${KeyId}; ask again`);
    const jwk = publicJwk(createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' }));
    return { keyId: keyIdOf(jwk), jwk };
  };
  const publicKeys = () => Promise.all(keyIds.map(publicOf));
  return {
    publicKeys,
    sign: async (bytes) => {
      const [KeyId = ''] = keyIds;
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const asked = { KeyId, Message: digest, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' } as const;
      const [{ Signature }, { keyId }] = await Promise.all([kms.send(new SignCommand(asked)), publicOf(KeyId)]);
      if (!Signature) throw new Error('KMS answered no signature; ask again');
      return { keyId, signature: fromDer(Signature) };
    },
  };
};
