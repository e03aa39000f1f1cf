import 'reflect-metadata';
import { createHash, webcrypto } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509';
import type { Clock } from '../../ports/clock.ts';
import { ALGORITHM, exportPrivateKey, publicKeyOf } from '../../adapters/embedded/signing-request.ts';
import { writeWhole } from '../whole-file.ts';

const DAY_MS = 86_400_000;
const CA_DAYS = 7300;
const DEVICE_DAYS = 3650;
/** Issued anew at each start. */
const SERVER_DAYS = 365;

export type KeyAndCertificate = { readonly certificatePem: string; readonly privateKeyPem: string };

/** A certificate authority for one data directory. It knows nothing of who may connect: that is the registry's. */
export type Authority = {
  readonly caPem: string;
  /** for 127.0.0.1 and localhost */
  issueServer(): Promise<KeyAndCertificate>;
  /** a client certificate of the key that signed the request; who it speaks for is the registry's to say */
  certify(signingRequestPem: string): Promise<string>;
};

/** SHA-256 over the DER bytes, lower-case hex: what AWS IoT Core uses as certificate id. */
export const certificateIdOf = (certificateDer: Uint8Array): string =>
  createHash('sha256').update(certificateDer).digest('hex');

export const certificateIdOfPem = (pem: string): string =>
  certificateIdOf(new Uint8Array(new X509Certificate(pem).rawData));

/** Opens the authority kept in `directory`, and makes one there when it holds none. */
export const openAuthority = async (directory: string, clock: Clock): Promise<Authority> => {
  const kept = (await readKept(directory)) ?? (await createKept(directory, clock));
  const caKey = await importPrivateKey(kept.privateKeyPem);
  const ca = new X509Certificate(kept.certificatePem);
  const issue = async ({ subject, publicKey, days, extensions }: Subject): Promise<string> => {
    const certificate = await X509CertificateGenerator.create({
      subject: [{ CN: [subject] }],
      issuer: ca.subject,
      ...validity(clock, days),
      signingAlgorithm: ALGORITHM,
      publicKey,
      signingKey: caKey,
      extensions: [new BasicConstraintsExtension(false), digitalSignature(), ...extensions],
    });
    return certificate.toString('pem');
  };
  return {
    caPem: kept.certificatePem,
    issueServer: async () => {
      const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
      const extensions = [
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension([
          { type: 'ip', value: '127.0.0.1' },
          { type: 'dns', value: 'localhost' },
        ]),
      ];
      const { publicKey, privateKey } = keys;
      return {
        certificatePem: await issue({ subject: 'HEMS local host', publicKey, days: SERVER_DAYS, extensions }),
        privateKeyPem: await exportPrivateKey(privateKey),
      };
    },
    certify: async (signingRequestPem) =>
      await issue({
        subject: 'HEMS gateway',
        publicKey: await publicKeyOf(signingRequestPem),
        days: DEVICE_DAYS,
        extensions: [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])],
      }),
  };
};

type Subject = {
  readonly subject: string;
  readonly publicKey: webcrypto.CryptoKey;
  readonly days: number;
  readonly extensions: Extension[];
};

const digitalSignature = (): KeyUsagesExtension => new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true);

/** From a day ago: the clock of a device that has just started may be behind. */
const validity = (clock: Clock, days: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(clock.now() - DAY_MS),
  notAfter: new Date(clock.now() + days * DAY_MS),
});

const createKept = async (directory: string, clock: Clock): Promise<KeyAndCertificate> => {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ['HEMS local device CA'] }],
    ...validity(clock, CA_DAYS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  const kept = {
    certificatePem: certificate.toString('pem'),
    privateKeyPem: await exportPrivateKey(keys.privateKey),
  };
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeWhole(join(directory, 'ca.key'), kept.privateKeyPem);
  await writeWhole(join(directory, 'ca.pem'), kept.certificatePem);
  return kept;
};

/** The certificate is written last, so a pair that was cut short counts as absent. */
const readKept = async (directory: string): Promise<KeyAndCertificate | undefined> => {
  try {
    const certificatePem = await readFile(join(directory, 'ca.pem'), 'utf8');
    return { certificatePem, privateKeyPem: await readFile(join(directory, 'ca.key'), 'utf8') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

const importPrivateKey = async (pem: string): Promise<webcrypto.CryptoKey> =>
  await webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), ALGORITHM, false, ['sign']);
