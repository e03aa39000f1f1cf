import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceRegistryContract } from '../../adapters/contract/device-registry.contract.ts';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { makeKey } from '../../adapters/embedded/signing-request.ts';
import { sqliteTable } from '../../adapters/embedded/table.ts';
import { systemClock } from '../clock.ts';
import { openAuthority } from './authority.ts';
import { deviceRegistry } from './device-registry.ts';
import { liveSessions } from './sessions.ts';

deviceRegistryContract('local certificate authority', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hems-ca-'));
  const database = openDatabase(':memory:');
  const table = sqliteTable({ database, clock: systemClock });
  const authority = await openAuthority(folder, systemClock);
  return {
    registry: deviceRegistry({ table, authority, sessions: liveSessions() }),
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('the certificate authority', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hems-ca-'));
  });
  afterAll(async () => await rm(folder, { recursive: true }));

  test('is the same one after a restart, and its key is for its user only', async () => {
    const first = await openAuthority(folder, systemClock);
    const device = new X509Certificate(await first.certify((await makeKey()).signingRequestPem));
    const again = await openAuthority(folder, systemClock);
    expect(again.caPem).toBe(first.caPem);
    expect(device.verify(new X509Certificate(again.caPem).publicKey)).toBe(true);
    expect((await stat(join(folder, 'ca.key'))).mode & 0o077).toBe(0);
    expect(await readFile(join(folder, 'ca.key'), 'utf8')).toContain('PRIVATE KEY');
  });

  test('gives devices P-256 client certificates, and its server one for 127.0.0.1 that is none for clients', async () => {
    const authority = await openAuthority(folder, systemClock);
    const device = new X509Certificate(await authority.certify((await makeKey()).signingRequestPem));
    const server = new X509Certificate((await authority.issueServer()).certificatePem);
    expect(device.subject).toBe('CN=HEMS gateway');
    expect(device.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    expect(device.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect([device.ca, server.ca]).toEqual([false, false]);
  });

  test('certifies the key that the gateway made and kept', async () => {
    const authority = await openAuthority(folder, systemClock);
    const { privateKeyPem, signingRequestPem } = await makeKey();
    const certificate = new X509Certificate(await authority.certify(signingRequestPem));
    expect(certificate.checkPrivateKey(createPrivateKey(privateKeyPem))).toBe(true);
  });

  test('certifies no request whose signature is not that of its key, and no key of another kind', async () => {
    const authority = await openAuthority(folder, systemClock);
    const { signingRequestPem } = await makeKey();
    const bytes = Buffer.from(signingRequestPem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
    const last = bytes.length - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    const forged = `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
    await expect(authority.certify(forged)).rejects.toThrow(/signing request/);
    await expect(authority.certify('no request at all')).rejects.toBeInstanceOf(Error);
    expect(await authority.certify(signingRequestPem)).toContain('BEGIN CERTIFICATE');
  });
});
