import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { log } from '../../runtime/log.ts';
import { HOSTILE_TEXTS } from '../../testing/arbitrary.ts';
import { aPartnerDoor, type TestPartnerDoor } from '../testing/partner-door.ts';

let door: TestPartnerDoor;
const failures: string[] = [];
beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation((...said) => void failures.push(said.map(String).join(' ')));
  for (const level of ['info', 'warn'] as const) vi.spyOn(log, level).mockImplementation(() => undefined);
  door = await aPartnerDoor();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await door.close();
});

const WAIT_MS = 2000;

/** What comes back for these bytes, until the other side or the wait has ended. */
const said = (bytes: Uint8Array): Promise<string> =>
  new Promise((resolve) => {
    const { port } = new URL(door.origin);
    const socket = connect(Number(port), '127.0.0.1');
    const chunks: Buffer[] = [];
    const end = (): void => {
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1'));
    };
    const wait = setTimeout(end, WAIT_MS);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('close', () => {
      clearTimeout(wait);
      end();
    });
    socket.on('error', () => undefined);
    // half of the connection is closed, so whoever waits for more knows that there is none
    socket.end(bytes);
  });

const host = (): string => new URL(door.origin).host;
const METHODS = [
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'TRACE',
  'CONNECT',
  'PRI',
  'get',
  'G ET',
  '',
];
const TARGETS = [
  '/',
  '/v1/session',
  '/v1/households/h/usage',
  '/partner/v1/self',
  '/openadr3/3.1.0/programs',
  '/oidc/token',
  '/oidc/authorize?client_id=hems-web&redirect_uri=https://evil.example',
  '/docs/../../package.json',
  '/uploads/x',
  '/downloads/x',
  '/assets/%00',
  '/%2e%2e/%2e%2e/etc/passwd',
  '//evil.example/',
  'http://evil.example/',
  '*',
  'v1',
  '/%',
  '/?%zz',
  `/${'a'.repeat(20_000)}`,
  '/v1/session?__proto__[polluted]=true',
];
const HEADERS = [
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 5\r\nContent-Length: 6',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked, identity',
  'Transfer-Encoding: xchunked\r\nContent-Length: 3',
  'Transfer-Encoding: chunked\r\nContent-Length: 3',
  'Expect: 100-continue',
  'Connection: upgrade\r\nUpgrade: websocket',
  'Authorization: Bearer ',
  'Authorization: AWS4-HMAC-SHA256 ',
  'Signature-Input: a=()\r\nSignature: a=:x:',
  'Content-Type: multipart/form-data; boundary=x',
  'Content-Type: application/json',
  'Cookie: __proto__=1; hems=\u0001',
  'X-Forwarded-Host: evil.example',
  ': nothing',
  'No colon',
  ' folded: yes',
  `X-Long: ${'a'.repeat(20_000)}`,
];
const BODIES = [
  '',
  '{}',
  '5\r\nhello\r\n0\r\n\r\n',
  'ffffffffffffffff\r\n',
  '0\r\nx: y\r\n\r\n',
  'GET /v1/session HTTP/1.1\r\n\r\n',
  ...HOSTILE_TEXTS,
];

const requests = fc
  .record({
    method: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...METHODS.slice(0, 4)) }, fc.constantFrom(...METHODS)),
    target: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...TARGETS) }, fc.constantFrom(...HOSTILE_TEXTS)),
    version: fc.oneof(
      { weight: 6, arbitrary: fc.constant('HTTP/1.1') },
      fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP', ''),
    ),
    hosted: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
    headers: fc.array(fc.constantFrom(...HEADERS), { maxLength: 3 }),
    body: fc.constantFrom(...BODIES),
  })
  .map(({ method, target, version, hosted, headers, body }) =>
    [
      `${method} ${target} ${version}`,
      ...(hosted ? [`Host: ${host()}`] : []),
      ...headers,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );

/** Of each answer on the connection: its status, and the head's lines. */
const answersIn = (text: string): { status: number; head: string }[] =>
  [...text.matchAll(/^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n((?:[^\r\n]+\r\n)*)/gm)].map(([, status, head = '']) => ({
    status: Number(status),
    head,
  }));

test('whatever bytes come in, the door refuses or answers; it does not fail, tells nothing of itself, and is open for the next', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 5, arbitrary: requests }, fc.string({ unit: 'binary', maxLength: 200 })),
      async (text) => {
        failures.length = 0;
        const answers = answersIn(await said(Buffer.from(text, 'utf8')));
        for (const { status, head } of answers) {
          // 503: the app has not been built in this folder
          expect([status, status < 500 || status === 503]).toEqual([status, true]);
          expect(head).not.toMatch(/^(server|x-powered-by):/im);
          expect(head).not.toMatch(/^set-cookie: a=b|^location: (https?:)?\/\/evil/im);
        }
        expect(failures.join(' | ')).toBe('');
        expect(Object.keys(Object.prototype)).toEqual([]);
      },
    ),
  );
  expect((await door.get('/healthz')).status).toBe(200);
});
