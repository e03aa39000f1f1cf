import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANSWER_HEADERS, contentSecurityPolicy, WEB_HEADERS } from '@hems/shared/http/web-headers';
import { handler as session } from '../../api/session.ts';
import { keys } from '../../runtime/ports.ts';
import { embeddedKeys } from '../../adapters/embedded/keys.ts';
import { signIn } from '../commands/sign-in.ts';
import { RESIDENT } from '../testing/front-door.ts';
import { aPartnerDoor, type TestPartnerDoor } from '../testing/partner-door.ts';
import { atSignIn } from '../testing/visitor.ts';
import { listenFrontDoor } from './front-door.ts';

let door: TestPartnerDoor;
let token: string;
beforeAll(async () => {
  door = await aPartnerDoor({ handlers: { session } });
  keys.use(embeddedKeys(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)));
  token = (await signIn({ origin: door.origin, email: RESIDENT.email, password: RESIDENT.password })).access_token;
  const web = join(door.folder, 'web');
  await mkdir(join(web, 'assets'), { recursive: true });
  await writeFile(join(web, 'index.html'), '<!doctype html><title>HEMS</title>');
  await writeFile(join(web, 'assets', 'app-1a2b.js'), 'export {};');
});
afterAll(async () => await door.close());

type Sent = { readonly status: number; readonly headers: Headers };
type Asked = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string };

/** As a client that leaves path and host as they are. */
const send = async (path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Sent> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(door.origin);
    const sent = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      answer.resume();
      const said = new Headers(
        Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
          values.map((value): [string, string] => [name, value]),
        ),
      );
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: said }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
const bearer = (): Record<string, string> => ({ authorization: `Bearer ${token}` });

const POLICY = contentSecurityPolicy({ connect: [], formAction: "'self'", isHttps: false });
/** Swagger UI writes style attributes of its own. */
const OF_DOCS = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

const lower = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** What a browser that was given this answer cannot be made to do, and nothing of what made it. */
const expectGuarded = ({ headers }: Sent, policy = POLICY): void => {
  const got = Object.fromEntries(headers);
  expect(got).toMatchObject({ 'content-security-policy': policy, ...lower(WEB_HEADERS) });
  // without HTTPS it would be a promise that nobody keeps; our own pages are of this origin, so no other is let in
  for (const name of ['server', 'x-powered-by', 'via', 'strict-transport-security'])
    expect(got).not.toHaveProperty(name);
  expect(Object.keys(got).filter((name) => name.startsWith('access-control-'))).toEqual([]);
};

type Row = readonly [door: string, status: number, ask: () => Promise<Sent>];
const PERSONAL: readonly Row[] = [
  ['a resident’s answer', 200, () => send('/v1/session', { headers: bearer() })],
  ['a resident who is refused', 401, () => send('/v1/session')],
  ['a forged token', 401, () => send('/v1/session', { headers: { authorization: 'Bearer a.b.c' } })],
  ['no such address of the API', 404, () => send('/v1/nothing')],
  ['no such method of the API', 405, () => send('/v1/session', { method: 'DELETE' })],
  ['a broken address', 400, () => send('/v1/%zz')],
  ['another host name', 421, () => send('/v1/session', { headers: { host: 'evil.example' } })],
  ['a partner who does not sign', 401, () => send('/partner/v1/self')],
  ['no such address of the partner API', 404, () => send('/partner/v1/nothing')],
  ['OpenADR without a token', 401, () => send('/openadr3/3.1.0/programs')],
  ['OpenADR 2.0b without a token', 401, () => send('/OpenADR2/Simple/2.0b/EiEvent', { method: 'POST' })],
  ['a link that ended', 403, () => send('/downloads/nothing')],
  ['an upload that nobody may make', 403, () => send('/uploads/nothing', { method: 'POST' })],
  // with the cookie of the browser that asked for it
  ['the sign-in page', 200, async () => (await atSignIn(door.origin)).open('')],
  ['a board of the operator', 200, () => send('/ops')],
  ['a board that there is not', 404, () => send('/ops/nothing')],
  ['what the app has to know', 200, () => send('/config.json')],
];
const OPEN: readonly Row[] = [
  ['the app', 200, () => send('/')],
  ['a script of the app', 200, () => send('/assets/app-1a2b.js')],
  ['a script that is gone', 404, () => send('/assets/gone.js')],
  ['health', 200, () => send('/healthz')],
  ['the provider’s refusal', 404, () => send('/oidc/nothing')],
  ['a sign-in that nobody asked for', 400, () => send('/oidc/sign-in/none')],
  ['a redirect to this name', 307, () => send('/', { headers: { host: `localhost:${new URL(door.origin).port}` } })],
];

describe('a browser is told what it may do with', () => {
  test.each([...PERSONAL, ...OPEN])('%s (%i)', async (_name, status, ask) => {
    const sent = await ask();
    expect(sent.status).toBe(status);
    expectGuarded(sent);
  });
  test.each(['/docs', '/docs/start.js', '/partner/docs', '/openapi.json', '/partner/openapi.json'])(
    '%s, whose styles alone are looser',
    async (path) => expectGuarded(await send(path), OF_DOCS),
  );
  test('the answer of a host that is still starting', async () => {
    const starting = await listenFrontDoor(0);
    const answer = await fetch(starting.origin);
    expect(answer.status).toBe(503);
    expectGuarded(answer);
    await starting.close();
  });
});

describe('nothing on the way keeps', () => {
  test.each(PERSONAL)('%s (%i)', async (_name, _status, ask) => {
    const { headers } = await ask();
    expect(headers.get('cache-control')).toBe(ANSWER_HEADERS['cache-control']);
  });
});

describe('another origin', () => {
  test('reads what the provider tells everybody, and nothing in anybody’s name', async () => {
    const { headers } = await send('/.well-known/openid-configuration', {
      headers: { origin: 'https://evil.example' },
    });
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });
  test.each([
    '/v1/session',
    '/partner/v1/self',
    '/openadr3/3.1.0/programs',
    '/oidc/token',
    '/oidc/revoke',
    '/oidc/userinfo',
    '/config.json',
  ])('may not ask %s from a browser: neither before nor with the request is it let in', async (path) => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'GET' };
    for (const method of ['OPTIONS', 'GET', 'POST']) {
      const sent = await send(path, { method, headers });
      expect(sent.headers.get('access-control-allow-origin')).toBeNull();
      expect(sent.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });
});

describe('the cookies of the sign-in', () => {
  test('are for the provider alone: no script reads them, no other site sends them, no other path gets them', async () => {
    const query = new URLSearchParams({
      client_id: 'hems-web',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${door.origin}/signed-in`,
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    const cookies = (await door.get(`/oidc/authorize?${query.toString()}`)).headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/;\s*httponly/i);
      expect(cookie).toMatch(/;\s*samesite=(lax|strict)/i);
      expect(cookie).toMatch(/;\s*path=\/oidc\//i);
    }
  });
});
