import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceRegistryContract } from '../../adapters/contract/device-registry.contract.ts';
import { openDatabase } from '../../adapters/embedded/database.ts';
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
    const device = new X509Certificate((await first.issueDevice('g-1')).certificatePem);
    const again = await openAuthority(folder, systemClock);
    expect(again.caPem).toBe(first.caPem);
    expect(device.verify(new X509Certificate(again.caPem).publicKey)).toBe(true);
    expect((await stat(join(folder, 'ca.key'))).mode & 0o077).toBe(0);
    expect(await readFile(join(folder, 'ca.key'), 'utf8')).toContain('PRIVATE KEY');
  });

  test('gives devices P-256 client certificates, and its server one for 127.0.0.1 that is none for clients', async () => {
    const authority = await openAuthority(folder, systemClock);
    const device = new X509Certificate((await authority.issueDevice('g-1')).certificatePem);
    const server = new X509Certificate((await authority.issueServer()).certificatePem);
    expect(device.subject).toBe('CN=g-1');
    expect(device.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    expect(device.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect([device.ca, server.ca]).toEqual([false, false]);
  });
});
