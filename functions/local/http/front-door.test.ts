import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '@hems/shared/api/contract';
import { problem } from '@hems/shared/api/problem';
import { FILE_TYPES } from '@hems/shared/client/file-types';
import { signIn } from '../commands/sign-in.ts';
import { openKeys } from '../identity/keys.ts';
import { aFrontDoor, RESIDENT, type TestFrontDoor } from '../testing/front-door.ts';
import type { GatewayEvent } from './gateway-event.ts';

let door: TestFrontDoor;
let token: string;
beforeAll(async () => {
  door = await aFrontDoor();
  token = (await signIn({ origin: door.origin, email: RESIDENT.email, password: RESIDENT.password })).access_token;
  const web = join(door.folder, 'web');
  await mkdir(join(web, 'assets'), { recursive: true });
  await writeFile(join(web, 'index.html'), '<!doctype html><title>HEMS</title>');
  await writeFile(join(web, 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(join(door.folder, 'secret.txt'), 'secret');
});
afterAll(async () => await door.close());

type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };
const call = async (path: string, { headers, ...init }: Init = {}) =>
  await door.get(path, { ...init, headers: { authorization: `Bearer ${token}`, ...headers } });
const expectProblem = async (answer: Response, status: number): Promise<string> => {
  const body = problem.parse(await answer.json());
  expect([answer.status, body.status, answer.headers.get('content-type')]).toEqual([
    status,
    status,
    'application/problem+json',
  ]);
  return body.detail ?? '';
};
/** As a client that leaves the path as it is. */
const raw = async (path: string, host?: string): Promise<{ status: number; location: string | undefined }> =>
  await new Promise((resolve, reject) => {
    const { hostname, port } = new URL(door.origin);
    request({ hostname, port, path, ...(host && { headers: { host } }) }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, location: answer.headers.location });
    })
      .on('error', reject)
      .end();
  });

describe('a request of the contract', () => {
  test('reaches its handler as the event that API Gateway makes of it', async () => {
    const answer = await call('/v1/households/h%201/usage?grain=hour&from=a&from=b');
    const event = (await answer.json()) as GatewayEvent;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /v1/households/{householdId}/usage',
      rawPath: '/v1/households/h%201/usage',
      rawQueryString: 'grain=hour&from=a&from=b',
      queryStringParameters: { grain: 'hour', from: 'a,b' },
      pathParameters: { householdId: 'h 1' },
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'GET', path: '/v1/households/h%201/usage', sourceIp: '127.0.0.1' },
        stage: '$default',
        authorizer: { jwt: { claims: { sub: RESIDENT.sub, client_id: 'hems-cli', token_use: 'access' } } },
      },
    });
    // the cloud hands every claim over as text
    expect(event.requestContext.authorizer?.jwt.claims['auth_time']).toMatch(/^\d+$/);
  });

  test('brings its JSON body as text', async () => {
    const path = '/v1/households/h/devices/d/orders';
    const answer = await call(path, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect(await answer.json()).toMatchObject({ body: '{"a":1}', isBase64Encoded: false });
  });

  test('with a body over 1 MB is told so', async () => {
    const path = '/v1/households/h/devices/d/orders';
    await expectProblem(await call(path, { method: 'POST', body: 'x'.repeat(1_000_001) }), 413);
    expect((await call(path, { method: 'POST', body: 'x'.repeat(1_000_000) })).status).toBe(200);
  });
});

describe('a path that is none of the contract', () => {
  test('is a problem 404', async () => {
    expect(await expectProblem(await call('/v1/nothing'), 404)).toContain('/docs');
  });
  test('with a method that it does not have is a problem 405 that names those it has', async () => {
    const answer = await call('/v1/session', { method: 'DELETE' });
    await expectProblem(answer, 405);
    expect(answer.headers.get('allow')).toBe('GET');
  });
  test.each(['/v1/households/%zz/usage', '/v1/households/%ff/usage', '/v1/session?a=%', '/%'])(
    'and not even decodable (%s) is a problem 400',
    async (path) => {
      expect((await raw(path)).status).toBe(400);
    },
  );
});

describe('the API is closed', () => {
  const key = async () => {
    const { signing } = await openKeys(join(door.folder, 'idp'));
    return signing;
  };
  const good = (): JWTPayload => ({ sub: 'resident-1', client_id: 'hems-web', aud: 'hems-web', token_use: 'access' });
  type Made = {
    payload?: JWTPayload;
    issuer?: string;
    expires?: string;
    notBefore?: string;
    key?: Parameters<SignJWT['sign']>[0];
  };
  const made = async ({ payload = good(), issuer = door.origin, expires = '5m', notBefore, key: other }: Made) => {
    const signing = await key();
    const jwt = new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid: signing.kid })
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime(expires);
    if (notBefore !== undefined) jwt.setNotBefore(notBefore);
    return await jwt.sign(other ?? signing);
  };
  const bearer = async (jwt: string) => await door.get('/v1/session', { headers: { authorization: `Bearer ${jwt}` } });

  const closed = Object.values(contract)
    .flat()
    .filter(({ auth }) => auth !== 'public');
  test.each(closed)('to everybody without a token: $method $path', async ({ method, path }) => {
    const answer = await door.get(path.replaceAll(/{\w+}/g, 'x'), { method });
    expect(await expectProblem(answer, 401)).toContain('hems -- token');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });
  test('but not to a token like ours', async () => {
    expect((await bearer(await made({}))).status).toBe(200);
    expect((await bearer(await made({ payload: { sub: 'r', client_id: 'hems-web' } }))).status).toBe(200);
  });
  test.each<[string, Made]>([
    ['that has expired', { expires: '-1s' }],
    ['that is not valid yet', { notBefore: '1m' }],
    ['of another issuer', { issuer: 'http://127.0.0.1:1' }],
    ['of another client', { payload: { ...good(), aud: 'another' } }],
    ['of another client by its client id', { payload: { sub: 'r', client_id: 'another' } }],
    ['that names no client', { payload: { sub: 'r' } }],
  ])('to a token %s', async (_what, parts) => {
    const answer = await bearer(await made(parts));
    await expectProblem(answer, 401);
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });
  test('to a token that somebody else has signed', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    await expectProblem(await bearer(await made({ key: privateKey })), 401);
  });
  test('to a token whose claims were changed after signing', async () => {
    const [header, , signature] = (await made({})).split('.');
    const claims = Buffer.from(JSON.stringify({ ...good(), sub: 'operator-1', iss: door.origin, exp: 9e9, iat: 1 }));
    await expectProblem(await bearer(`${header}.${claims.toString('base64url')}.${signature}`), 401);
  });
  test('to a token without signature, alg none', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const claims = { ...good(), iss: door.origin, iat: now, exp: now + 300 };
    await expectProblem(await bearer(`${part({ alg: 'none' })}.${part(claims)}.`), 401);
  });
  test('to a token signed with the public key as a shared secret', async () => {
    const { n, kid } = await key();
    const jwt = await new SignJWT(good())
      .setProtectedHeader({ alg: 'HS256', kid })
      .setIssuer(door.origin)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(Buffer.from(n, 'base64url'));
    await expectProblem(await bearer(jwt), 401);
  });
  test.each(['Basic abc', 'Bearer', 'Bearer a b', 'Bearer not.a.jwt'])('to the header %s', async (authorization) => {
    await expectProblem(await door.get('/v1/session', { headers: { authorization } }), 401);
  });
});

describe('the web app', () => {
  test('is served for every address that is no file', async () => {
    for (const path of [
      '/',
      '/signed-in?code=1',
      '/households/h/rewards/entries/energy-cashback.2026-09.0000',
      '/a.constructor',
    ]) {
      const answer = await door.get(path);
      expect(await answer.text()).toContain('<title>HEMS</title>');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    }
  });
  test('has files with a hash in their names, which are kept for good, and others, which are asked for again', async () => {
    const script = await door.get('/assets/app-1a2b.js');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-type')).toContain('text/javascript');
    const first = await door.get('/');
    const etag = first.headers.get('etag') ?? '';
    expect((await door.get('/', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
  describe('is sent as small as the browser can take it', () => {
    const SCRIPT = `export const hours = [${'0, '.repeat(2000)}];`;
    const PICTURE = Buffer.alloc(4000, 'png');
    beforeAll(async () => {
      await writeFile(join(door.folder, 'web', 'assets', 'big-3c4d.js'), SCRIPT);
      await writeFile(join(door.folder, 'web', 'icon-192.png'), PICTURE);
    });
    const sent = async (path: string, accept: string, method = 'GET') => {
      const answer = await door.get(path, { method, headers: { 'accept-encoding': accept } });
      const { headers } = answer;
      return {
        encoding: headers.get('content-encoding'),
        bytes: Number(headers.get('content-length')),
        vary: headers.get('vary'),
        // fetch has unpacked it
        text: await answer.text(),
      };
    };

    test.each([
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip, deflate', 'gzip'],
      ['br;q=0, gzip;q=0.5', 'gzip'],
    ])('a script to a browser that takes %s: %s', async (accept, encoding) => {
      const script = await sent('/assets/big-3c4d.js', accept);
      expect(script).toMatchObject({ encoding, vary: 'accept-encoding', text: SCRIPT });
      expect(script.bytes).toBeLessThan(SCRIPT.length / 20);
    });
    test('as it is to a browser that takes nothing else, and where it is a picture or short', async () => {
      expect(await sent('/assets/big-3c4d.js', 'identity')).toMatchObject({ encoding: null, bytes: SCRIPT.length });
      expect(await sent('/icon-192.png', 'br')).toMatchObject({ encoding: null, bytes: PICTURE.length });
      expect(await sent('/assets/app-1a2b.js', 'br')).toMatchObject({ encoding: null, text: 'export {};' });
    });
    test('with the same length told to HEAD, and anew once the file has changed', async () => {
      const { bytes } = await sent('/assets/big-3c4d.js', 'br');
      expect(await sent('/assets/big-3c4d.js', 'br', 'HEAD')).toMatchObject({ encoding: 'br', bytes, text: '' });
      await writeFile(join(door.folder, 'web', 'assets', 'big-3c4d.js'), `${SCRIPT}//`);
      expect((await sent('/assets/big-3c4d.js', 'br')).text).toBe(`${SCRIPT}//`);
    });
  });
  test.each([...FILE_TYPES.keys()])(
    'lacks a file of its own kinds: 404, not the page in its place: %s',
    async (ending) => {
      await expectProblem(await door.get(`/assets/gone.${ending}`), 404);
    },
  );
  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/..%5csecret.txt',
  ])('is no way out of its folder: %s', async (path) => {
    expect((await raw(path)).status).toBe(404);
  });
});

describe('every answer', () => {
  test('is for our own name: a foreign one is refused, localhost led to the issuer', async () => {
    expect((await raw('/v1/session', 'evil.example')).status).toBe(421);
    const { port } = new URL(door.origin);
    expect(await raw('/a?b=c', `localhost:${port}`)).toEqual({ status: 307, location: `${door.origin}/a?b=c` });
  });
});

test('config.json tells the app where to sign in', async () => {
  expect(await (await door.get('/config.json')).json()).toEqual({
    issuer: door.origin,
    clientId: 'hems-web',
    staffClientId: 'hems-cli',
    apiBase: door.origin,
    stage: 'local',
  });
});

test('the documentation is served with everything it loads', async () => {
  const page = await (await door.get('/docs')).text();
  const loads = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
  for (const path of [...loads, '/openapi.json'])
    expect({ path, status: (await door.get(path)).status }).toEqual({ path, status: 200 });
  expect(loads).toHaveLength(4);
});
