import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './planted.ts';
import { secretsIn, secretsInHistory, type Finding } from './secrets.ts';

const PUBLISHED = 'a test key of RFC 8037 or RFC 9421, published with the standard';
const EXAMPLE = 'the example key of the AWS documentation';
const INVENTED = 'an invented name and password in an address that must be refused';
const MADE_UP = 'the example secret of the Standard Webhooks specification';

/** What is no secret, each by its file and by the hash of the text: another secret in the same file is found. */
const NO_SECRETS: readonly (readonly [path: string, sha256: string, why: string])[] = [
  ['docs/api/signing-vectors.json', '3f6bd50572479418', EXAMPLE],
  ['docs/api/signing-vectors.json', '4894abf303ef1fa4', PUBLISHED],
  ['docs/api/signing-vectors.json', '4c78303a9eaccebe', PUBLISHED],
  ['functions/local/docs/signing-vectors.ts', '79eb501ace726b3b', EXAMPLE],
  ['functions/local/docs/signing-vectors.ts', '4894abf303ef1fa4', PUBLISHED],
  ['functions/local/docs/signing-vectors.ts', '4c78303a9eaccebe', PUBLISHED],
  ['shared/signing/http-signature.golden.test.ts', '4894abf303ef1fa4', PUBLISHED],
  ['shared/signing/http-signature.golden.test.ts', '4c78303a9eaccebe', PUBLISHED],
  ['functions/use-cases/partners/keys.test.ts', '4894abf303ef1fa4', PUBLISHED],
  ['shared/signing/sigv4.property.test.ts', '79eb501ace726b3b', EXAMPLE],
  ['shared/signing/webhook.test.ts', '0c47dd30c7da14ce', MADE_UP],
  ['functions/adapters/providers/http-out.test.ts', '2c97e8bd3d5b3d7b', INVENTED],
  ['functions/local/partner/webhooks-door.test.ts', '4345051d6d591db4', INVENTED],
];

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 29 });
const excused = ({ path, sha256 }: Finding): boolean =>
  NO_SECRETS.some(([file, hash]) => file === path && hash === sha256);

/** Every file that is tracked, or new and not ignored; what is not text holds no line that could be one. */
const FILES = [...new Set(git('ls-files', '--cached', '--others', '--exclude-standard').split('\n'))]
  .filter((file) => file !== '' && existsSync(join(ROOT, file)))
  .map((path) => ({ path, bytes: readFileSync(join(ROOT, path)) }))
  .filter(({ bytes }) => !bytes.includes(0))
  .map(({ path, bytes }) => ({ path, content: bytes.toString() }));
const inFiles = await Promise.all(FILES.map(async ({ path, content }) => await secretsIn(path, content)));

/** Made anew each time, so that this file holds none. */
const planted = {
  'a private key': generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
  'an AWS key': `aws_secret_access_key = ${randomBytes(30).toString('base64').replaceAll(/[+/=]/g, 'a')}`,
  'a JSON Web Key': JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })),
  'a webhook secret': `whsec_${randomBytes(24).toString('base64')}`,
  'a token of GitHub': `ghp_${randomBytes(18).toString('hex')}`,
  'a database with its password': `postgres://hems:${randomBytes(9).toString('hex')}@db.internal:5432/hems`,
};

describe('no secret', () => {
  test('is in a file of the repository', () => {
    expect(FILES.length).toBeGreaterThan(1000);
    expect(inFiles.flat().filter((one) => !excused(one))).toEqual([]);
  });

  test('was in any of its commits that this clone has', async () => {
    if (git('rev-parse', '--is-shallow-repository').trim() === 'true')
      console.log('SKIPPED secrets in older commits: this clone has the newest alone (git fetch --unshallow)');
    const history = git('log', '--all', '--patch', '--no-color', '--no-ext-diff', '--format=commit %H');
    expect(history).toContain('\ndiff --git a/');
    expect((await secretsInHistory(history)).filter((one) => !excused(one))).toEqual([]);
  });

  test.each(Object.entries(planted))('would pass: %s is found in a file and in a commit', async (_name, secret) => {
    expect(await secretsIn('functions/api/planted.ts', `const a = 1;\n${secret}\n`)).toContainEqual(
      expect.objectContaining({ path: 'functions/api/planted.ts', line: 2 }),
    );
    const lines = secret.replaceAll('\n', '\n+');
    const history = `commit 1\n\ndiff --git a/a.ts b/a.ts\n+++ b/a.ts\n+one\ndiff --git a/x.env b/x.env\n+++ b/x.env\n@@ -0,0 +1 @@\n+${lines}\n`;
    expect(await secretsInHistory(history)).toContainEqual(expect.objectContaining({ path: 'x.env' }));
  });

  test('is excused that is not there', () => {
    const there = new Set(inFiles.flat().map(({ path, sha256 }) => `${path} ${sha256}`));
    expect(NO_SECRETS.filter(([path, sha256]) => !there.has(`${path} ${sha256}`))).toEqual([]);
  });
});
