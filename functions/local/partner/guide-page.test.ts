import { execFile, execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newWebhookSecret, webhookHeaders } from '@hems/shared/signing/webhook';
import { openDatabase } from '../../adapters/embedded/database.ts';
import { embeddedKeys } from '../../adapters/embedded/keys.ts';
import { sqliteQueue } from '../../adapters/embedded/queue.ts';
import { log } from '../../runtime/log.ts';
import * as ports from '../../runtime/ports.ts';
import { putPartnerKey } from '../../use-cases/stores/partners.ts';
import { DOCS } from '../commands/openapi.ts';
import { publicKeyOf } from '../commands/partner.ts';
import { systemClock } from '../clock.ts';
import { aPartnerDoor, type TestPartnerDoor } from '../testing/partner-door.ts';

/** docs/partner-guide.md as a new partner follows it, command by command as they stand there: openssl and curl, without any code of ours. */

vi.spyOn(log, 'warn').mockImplementation(() => undefined);

const answers = (line: string): boolean => {
  try {
    execFileSync('sh', ['-c', line], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const NEEDED = ['openssl', 'curl', 'xxd'];
const missing = NEEDED.filter((program) => !answers(`command -v ${program}`));
const withoutSigV4 = answers('curl --help all | grep -q aws-sigv4') ? '' : ' (curl older than 7.75)';

let door: TestPartnerDoor;
let blocks: string[];
/** The commands of the page that hold the text. */
const block = (text: string): string =>
  blocks.find((one) => one.includes(text)) ?? `echo no commands with ${text}; exit 1`;
beforeAll(async () => {
  door = await aPartnerDoor();
  ports.bus.use({ publish: async () => undefined });
  ports.keys.use(embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)));
  const database = openDatabase(':memory:');
  ports.webhooks.use(
    sqliteQueue({ database, clock: systemClock }, { name: 'webhooks', visibilitySeconds: 360, attempts: 5 }),
  );
  await door.enter({ partnerId: 'trial', kind: 'sandbox' });
  const page = await readFile(`${DOCS}../partner-guide.md`, 'utf8');
  blocks = [...page.matchAll(/```sh\n([\s\S]+?)```/g)].map(([, commands = '']) => commands);
  await writeFile(join(door.folder, 'sign.sh'), block('# sign.sh'));
  await writeFile(join(door.folder, 'verify.sh'), block('# verify.sh'));
});
afterAll(async () => await door.close());

const shell = async (commands: string, more: Record<string, string> = {}): Promise<string> => {
  const env = { ...process.env, ORIGIN: door.origin, ...more };
  return (await promisify(execFile)('sh', ['-c', commands], { cwd: door.folder, env })).stdout;
};
/** Commands that come after `sign.sh` was read; one answer in each line. */
const signed = async (commands: string): Promise<unknown[]> =>
  (await shell(`. ./sign.sh\n${commands}`))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);

const enterKey = async (command: string): Promise<string> => {
  await shell(block(command));
  await shell(block('-pubout'));
  const pem = await readFile(join(door.folder, 'public.pem'), 'utf8');
  expect(createPublicKey(pem).type).toBe('public');
  const found = publicKeyOf(pem);
  const times = { fromMs: Date.now() - 1000, untilMs: null, revokedAtMs: null };
  await putPartnerKey(door.table, { keyId: 'trial.first', ...found, ...times });
  return found.algorithm;
};

describe.skipIf(missing.length > 0)(`a new partner that follows the guide (needs ${NEEDED.join(', ')})`, () => {
  beforeEach(async () => void (await enterKey('-algorithm ed25519')));

  test.each([
    ['-algorithm ed25519', 'ed25519'],
    ['-algorithm EC', 'ecdsa-p256-sha256'],
  ])('has its first signed call with a key of openssl genpkey %s', async (command, algorithm) => {
    expect(await enterKey(command)).toBe(algorithm);
    expect(JSON.parse(await shell(block('hems GET /partner/v1/self')))).toMatchObject({ partnerId: 'trial' });
    const [answer] = await signed(`hems GET '/partner/v1/self?from=2026-11-01&to=2026-11-23'`);
    expect(answer).toMatchObject({ partnerId: 'trial' });
  });

  test.skipIf(withoutSigV4 !== '')(`has one with Signature Version 4, signed by curl${withoutSigV4}`, async () => {
    const { accessKeyId, secretAccessKey, apiKey } = await door.accessKey('trial');
    await writeFile(
      join(door.folder, 'access.sh'),
      `export AWS_ACCESS_KEY_ID=${accessKeyId}\nexport AWS_SECRET_ACCESS_KEY=${secretAccessKey}\nexport AWS_REGION=ap-northeast-2\n# beside the signature: x-api-key: ${apiKey}\n`,
    );
    expect(JSON.parse(await shell(block('--aws-sigv4')))).toMatchObject({ partnerId: 'trial' });
  });

  test('sets up its sandbox, and reads a home as Green Button and in the report that it did', async () => {
    const [reset, moved, happened] = await signed(block('/partner/v1/sandbox/resets'));
    expect(reset).toMatchObject({ seed: 7 });
    expect(moved).toMatchObject({ seed: 7 });
    expect(happened).toEqual({ happeningId: 'happening-1', told: 0 });
    const text = await shell(`. ./sign.sh\n${block('BATCH=')}`);
    const home = await readFile(join(door.folder, 'home.xml'), 'utf8');
    for (const feed of [home, text.slice(text.indexOf('<?xml'))]) {
      expect(feed).toContain('<feed xmlns="http://www.w3.org/2005/Atom">');
      expect(feed).toContain('<IntervalReading>');
    }
    expect(home.length).toBeGreaterThan(10 * (text.length - text.indexOf('<?xml')));
    const [report] = (await signed(block('/partner/v1/sandbox/report'))) as [
      { checks: { check: string; done: boolean }[] },
    ];
    expect(report.checks.filter(({ done }) => done).map(({ check }) => check)).toEqual([
      'signed-read',
      'signed-write',
      'green-button',
    ]);
  });

  test('tells a delivery of ours by openssl, and refuses one that is altered or late', async () => {
    const secret = newWebhookSecret();
    const body = '{"type":"sandbox.ping","word":"한글"}';
    const nowS = Math.floor(Date.now() / 1000);
    const verify = async (of: string, ageS = 0) => {
      const message = { id: 'msg_1', timestampS: nowS - ageS, body };
      const headers = await webhookHeaders(message, [newWebhookSecret(), secret]);
      await writeFile(join(door.folder, 'body.json'), of);
      return shell(`. ./verify.sh\nverify "$SECRET" msg_1 ${nowS - ageS} "$SIGNATURE" || true`, {
        SECRET: secret,
        SIGNATURE: headers['webhook-signature'] ?? '',
      });
    };
    expect(await verify(body)).toBe('good\n');
    expect(await verify(body.replace('ping', 'pong'))).toBe('bad\n');
    expect(await verify(body, 301)).toBe('late\n');
  });
});
