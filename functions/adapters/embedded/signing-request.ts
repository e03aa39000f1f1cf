import 'reflect-metadata';
import { createPublicKey, webcrypto } from 'node:crypto';
import {
  cryptoProvider,
  PemConverter,
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
} from '@peculiar/x509';

cryptoProvider.set(webcrypto);

/** P-256, of gateways, the authority and the server alike. */
export const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export const exportPrivateKey = async (key: webcrypto.CryptoKey): Promise<string> =>
  PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), PemConverter.PrivateKeyTag);

export type NewKey = { readonly privateKeyPem: string; readonly signingRequestPem: string };

/** What a gateway does on its own: a key, and a request that proves it holds it. */
export const makeKey = async (): Promise<NewKey> => {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: ['HEMS gateway'] }],
    keys,
    signingAlgorithm: ALGORITHM,
  });
  return { privateKeyPem: await exportPrivateKey(keys.privateKey), signingRequestPem: request.toString('pem') };
};

/** P-256 by the name that OpenSSL has for it. */
const CURVE = 'prime256v1';

/** The public key of a request that its holder signed. Throws on any other, with what is wrong with it. */
export const publicKeyOf = async (signingRequestPem: string): Promise<webcrypto.CryptoKey> => {
  const request = new Pkcs10CertificateRequest(signingRequestPem);
  const spki = Buffer.from(request.publicKey.rawData);
  const { asymmetricKeyDetails } = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  if (asymmetricKeyDetails?.namedCurve !== CURVE) throw new Error('the key of a signing request is on the curve P-256');
  if (!(await request.verify())) throw new Error('the signing request is not signed by the key that it names');
  return await webcrypto.subtle.importKey('spki', spki, ALGORITHM, true, ['verify']);
};
