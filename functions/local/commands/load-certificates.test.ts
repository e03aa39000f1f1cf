import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { certificateIdOfPem, openAuthority } from '../ca/authority.ts';
import { systemClock } from '../clock.ts';
import { openMint } from './load-certificates.ts';

test('each device of a load run has a P-256 key of its own and a certificate for it that the authority signed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-mint-'));
  try {
    const authority = await openAuthority(folder, systemClock);
    const caKey = createPrivateKey(await readFile(join(folder, 'ca.key'), 'utf8'));
    const ca = new X509Certificate(authority.caPem);
    const ids = new Set<string>();
    // serial numbers begin with a zero byte or not by chance
    for (let round = 0; round < 12; round++) {
      const mint = await openMint(authority, caKey.export({ type: 'pkcs8', format: 'pem' }).toString());
      for (const made of [mint(), mint()]) {
        const certificate = new X509Certificate(made.certificatePem);
        expect(certificate.verify(ca.publicKey)).toBe(true);
        expect(certificate.checkPrivateKey(createPrivateKey(made.privateKeyPem))).toBe(true);
        expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
        expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
        expect(made.certificateId).toBe(certificateIdOfPem(made.certificatePem));
        ids.add(made.certificateId).add(certificate.serialNumber);
      }
    }
    expect(ids.size).toBe(48);
  } finally {
    await rm(folder, { recursive: true });
  }
});
