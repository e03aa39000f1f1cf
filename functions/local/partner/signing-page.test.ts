import { execFile, execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { log } from '../../runtime/log.ts';
import { putPartnerKey } from '../../use-cases/stores/partners.ts';
import { DOCS } from '../commands/openapi.ts';
import { publicKeyOf } from '../commands/partner.ts';
import { aPartnerDoor, type TestPartnerDoor } from '../testing/partner-door.ts';

/** docs/api/signing.md as a new partner follows it: with openssl and curl, without any code of ours. */

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

const isThere = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
};
const canTry = ['openssl', 'curl', 'xxd'].every(isThere);

let door: TestPartnerDoor;
let page: string;
beforeAll(async () => {
  door = await aPartnerDoor();
  await door.enter({ partnerId: 'office' });
  page = await readFile(`${DOCS}signing.md`, 'utf8');
  await writeFile(join(door.folder, 'sign.sh'), /```sh\n(# sign\.sh[\s\S]+?)```/.exec(page)?.[1] ?? '');
});
afterAll(async () => await door.close());

const shell = async (line: string): Promise<string> => {
  const env = { ...process.env, ORIGIN: door.origin, KEYID: 'office.first', KEY: 'key.pem' };
  return (await promisify(execFile)('sh', ['-c', line], { cwd: door.folder, env })).stdout;
};

test.skipIf(!canTry).each([
  ['ed25519', /openssl genpkey -algorithm ed25519.*\nopenssl pkey.*/],
  ['ecdsa-p256-sha256', /openssl genpkey -algorithm EC .*/],
])('with a key of %s that openssl made, the first signed call of the page succeeds', async (algorithm, command) => {
  await shell(command.exec(page)?.[0] ?? 'exit 1');
  await shell('openssl pkey -in key.pem -pubout -out public.pem');
  const pem = await readFile(join(door.folder, 'public.pem'), 'utf8');
  expect(createPublicKey(pem).type).toBe('public');
  const found = publicKeyOf(pem);
  expect(found.algorithm).toBe(algorithm);
  const times = { fromMs: Date.now() - 1000, untilMs: null, revokedAtMs: null };
  await putPartnerKey(door.table, { keyId: 'office.first', ...found, ...times });
  expect(JSON.parse(await shell('. ./sign.sh; hems GET /partner/v1/self'))).toMatchObject({ partnerId: 'office' });
  expect(
    JSON.parse(await shell(`. ./sign.sh; hems GET '/partner/v1/self?from=2026-11-01&to=2026-11-23'`)),
  ).toMatchObject({
    partnerId: 'office',
  });
  // signed well, and its body is read: it is refused for what stands in it
  const answer = JSON.parse(await shell(`. ./sign.sh; hems POST /partner/v1/webhooks '{"nonsense":true}'`)) as unknown;
  expect(answer).toMatchObject({ status: 400, detail: expect.stringContaining('the body of the request') as string });
});
