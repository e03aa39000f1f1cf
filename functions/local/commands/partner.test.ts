import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { signatureClient } from '@hems/shared/partner-api/client/signature-client';
import { sigV4Client } from '@hems/shared/partner-api/client/sigv4-client';
import { readSelf } from '@hems/shared/partner-api/self';
import { privateKey } from '@hems/shared/signing/keys';
import { handler as partners } from '../../api/partners.ts';
import { log } from '../../runtime/log.ts';
import { aPartnerDoor, type TestPartnerDoor } from '../testing/partner-door.ts';
import { runPartner } from './partner.ts';

let door: TestPartnerDoor;
const printed: string[] = [];
beforeAll(async () => {
  door = await aPartnerDoor({ handlers: { partners } });
  vi.stubEnv('PORT', new URL(door.origin).port);
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  vi.spyOn(log, 'warn').mockImplementation(() => undefined);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await door.close();
});
afterEach(() => {
  printed.length = 0;
});

const WHY = ['--reason', 'the contract of November'];
const PEM = { type: 'spki', format: 'pem' } as const;

const pairOf = async (name: string) => {
  const { publicKey, privateKey: own } = generateKeyPairSync('ed25519');
  const file = join(door.folder, `${name}.pem`);
  await writeFile(file, publicKey.export(PEM));
  const key = await privateKey(`office.${name}`, 'ed25519', own.export({ format: 'jwk' }));
  return { file, call: signatureClient({ origin: door.origin, key, pause: async () => undefined }) };
};

test('npm run hems -- partner takes up a partner and its key, shuts it out and lets it in again, and says who did it and why', async () => {
  await runPartner([
    'add',
    'office',
    '--name',
    '시범 관청',
    '--kind',
    'government',
    '--scopes',
    'savings:read',
    ...WHY,
  ]);
  const { file, call } = await pairOf('first');
  await expect(call(readSelf)).rejects.toMatchObject({ problem: { code: 'unknown-key' } });
  await runPartner(['key', 'office.first', '--public-key', file, ...WHY]);
  expect(await call(readSelf)).toMatchObject({ partnerId: 'office', name: '시범 관청', scopes: ['savings:read'] });

  await runPartner(['suspend', 'office', ...WHY]);
  await expect(call(readSelf)).rejects.toMatchObject({ status: 403, problem: { code: 'suspended' } });
  await runPartner(['resume', 'office', ...WHY]);
  await runPartner(['scopes', 'office', '--scopes', 'usage:read', '--regions', '서울', ...WHY]);
  expect(await call(readSelf)).toMatchObject({ scopes: ['usage:read'] });

  const second = await pairOf('second');
  await runPartner(['key', 'office.second', '--public-key', second.file, '--until', '2127-01-01T00:00:00Z', ...WHY]);
  expect(await call(readSelf)).toMatchObject({ keys: [{ keyId: 'office.first' }, { keyId: 'office.second' }] });
  await runPartner(['revoke-key', 'office.first', ...WHY]);
  await expect(call(readSelf)).rejects.toMatchObject({ problem: { code: 'revoked-key' } });
  await expect(second.call(readSelf)).resolves.toBeDefined();

  printed.length = 0;
  expect(await runPartner(['show', 'office'])).toBe(0);
  expect(printed[0]).toBe('office\tgovernment\tactive\t시범 관청\tusage:read\t서울\t');
  expect(printed.filter((line) => line.includes('by operator-1\tthe contract of November'))).toHaveLength(7);
  expect(printed.at(-1)).toContain('refused\tsuspended\toffice.first');
  expect(await runPartner(['list'])).toBe(0);
});

test('an access key opens this host by Signature Version 4 until it is ended', async () => {
  await runPartner(['add', 'city', '--name', '시범 도시', '--kind', 'utility', '--scopes', '', ...WHY]);
  printed.length = 0;
  await runPartner(['access-key', 'city', '--data', door.folder]);
  const said = (name: RegExp): string => name.exec(printed.join('\n'))?.[1] ?? '';
  const accessKeyId = said(/AWS_ACCESS_KEY_ID=(.+)/);
  const credentials = { accessKeyId, secretAccessKey: said(/AWS_SECRET_ACCESS_KEY=(.+)/) };
  const call = sigV4Client({
    origin: door.origin,
    region: said(/AWS_REGION=(.+)/),
    apiKey: said(/x-api-key: (.+)/),
    credentials: async () => credentials,
  });
  expect(await call(readSelf)).toMatchObject({ partnerId: 'city' });
  await runPartner(['end-access-key', accessKeyId, '--data', door.folder]);
  await expect(call(readSelf)).rejects.toMatchObject({ status: 403, problem: { code: 'unknown-key' } });
  await expect(runPartner(['end-access-key', accessKeyId, '--data', door.folder])).rejects.toThrow('no access key');
});

test('what cannot be right is refused before anything is changed', async () => {
  const file = join(door.folder, 'private.pem');
  const { privateKey: own } = generateKeyPairSync('ed25519');
  await writeFile(file, own.export({ type: 'pkcs8', format: 'pem' }));
  await expect(runPartner(['key', 'office.third', '--public-key', file, ...WHY])).rejects.toThrow('private key');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export(PEM);
  await writeFile(file, rsa);
  await expect(runPartner(['key', 'office.third', '--public-key', file, ...WHY])).rejects.toThrow(
    'Ed25519 or ECDSA P-256',
  );
  await expect(runPartner(['key', 'office', '--public-key', file, ...WHY])).rejects.toThrow('office.first');
  await expect(runPartner(['suspend', 'office'])).rejects.toThrow('--reason is needed');
  await expect(runPartner(['suspend', 'nobody', ...WHY])).rejects.toThrow('no partner nobody');
  await expect(runPartner(['access-key', 'nobody', '--data', door.folder])).rejects.toThrow('no partner nobody');
  expect(await runPartner(['shout', 'office'])).toBe(1);
});
