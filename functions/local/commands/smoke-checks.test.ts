import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  apiIsShut,
  appIsConfigured,
  readingArrives,
  rulesAreOn,
  runChecks,
  signInOpens,
  someoneIsCalled,
  type Check,
} from './smoke-checks.ts';

type Answer = { status?: number; headers?: Record<string, string>; body?: string };

let server: Server | undefined;
afterEach(() => server?.close());

/** A stage on this machine that answers as told. */
const stage = async (answer: (request: IncomingMessage, origin: string) => Answer): Promise<string> => {
  server = createServer((request, response) => {
    const { status = 200, headers = {}, body = '' } = answer(request, origin);
    response.writeHead(status, headers).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return origin;
};

const only = async (check: Check) => (await runChecks([check]))[0];

describe('the API', () => {
  it('passes when it turns away who has no token and who forged one', async () => {
    expect(await only(apiIsShut(await stage(() => ({ status: 401 }))))).toMatchObject({ ok: true });
  });

  it('fails when a forged token gets through', async () => {
    const url = await stage(({ headers }) => ({ status: headers.authorization ? 200 : 401 }));
    expect(await only(apiIsShut(url))).toMatchObject({
      ok: false,
      detail: expect.stringContaining('401 without a token and 200 to a forged one'),
    });
  });

  it('fails when it does not answer', async () => {
    expect(await only(apiIsShut('http://127.0.0.1:9'))).toMatchObject({ ok: false });
  });
});

const CONFIG = { issuer: 'https://issuer.example', clientId: 'c1', apiBase: 'https://api.example' };
const app = ({ body = JSON.stringify(CONFIG), cache = 'no-store', policy = "default-src 'none'; script-src 'self'" }) =>
  stage(({ url }) =>
    url === '/config.json'
      ? { body, headers: { 'cache-control': cache } }
      : { headers: { 'content-security-policy': policy } },
  );

describe('the app', () => {
  it('passes with the configuration of this stage, uncached, under its policy', async () => {
    expect(await only(appIsConfigured(await app({}), CONFIG))).toMatchObject({ ok: true });
  });

  it.each([
    ['the configuration of another stage', { body: JSON.stringify({ ...CONFIG, clientId: 'c2' }) }, 'c2'],
    ['a configuration that is kept', { cache: 'public, max-age=60' }, 'may be cached'],
    ['a page without its policy', { policy: '' }, 'without its Content-Security-Policy'],
  ])('fails with %s', async (_, served, detail) => {
    expect(await only(appIsConfigured(await app(served), CONFIG))).toMatchObject({
      ok: false,
      detail: expect.stringContaining(detail),
    });
  });
});

describe('the sign-in', () => {
  const pool = (page: Answer) =>
    stage(({ url }, origin) => (url?.startsWith('/login?') ? page : { body: JSON.stringify({ issuer: origin }) }));
  const check = (origin: string) =>
    signInOpens({ issuer: origin, signInUrl: origin, clientId: 'c1', webUrl: 'https://app.example' });

  it('passes when the pool knows its name and its page opens', async () => {
    expect(await only(check(await pool({ status: 200 })))).toMatchObject({ ok: true });
  });

  it('fails when the page leads to an error, as one without a style does', async () => {
    expect(await only(check(await pool({ status: 302, headers: { location: '/error' } })))).toMatchObject({
      ok: false,
      detail: expect.stringContaining('branding style'),
    });
  });
});

describe('rules and alarms', () => {
  it('fail by name when a rule is off', async () => {
    const outcome = await only(rulesAreOn(['hems_reading', 'hems_batch'], async (name) => name === 'hems_reading'));
    expect(outcome).toMatchObject({ ok: false, detail: expect.stringContaining('hems_batch disabled') });
  });

  it('fail when nobody has confirmed to be called', async () => {
    expect(await only(someoneIsCalled('arn:topic', async () => 0))).toMatchObject({
      ok: false,
      detail: expect.stringContaining('aws sns subscribe --topic-arn arn:topic'),
    });
    expect(await only(someoneIsCalled('arn:topic', async () => 2))).toMatchObject({ ok: true, detail: '2 confirmed' });
  });
});

describe('a test reading', () => {
  const sent = (arrivesAfter: number) => {
    const asked: string[] = [];
    return {
      asked,
      check: readingArrives({
        publish: async () => void asked.push('publish'),
        arrived: async () => asked.push('look') > arrivesAfter + 1,
        pause: async () => undefined,
      }),
    };
  };

  it('is published once and looked for until it is there', async () => {
    const { asked, check } = sent(2);
    expect(await only(check)).toMatchObject({ ok: true, detail: 'within 6 s' });
    expect(asked).toEqual(['publish', 'look', 'look', 'look']);
  });

  it('fails after half a minute, with the chapter to read', async () => {
    expect(await only(sent(Infinity).check)).toMatchObject({ ok: false, detail: expect.stringContaining('runbook') });
  });
});

describe('several checks', () => {
  it('all run, whichever fails', async () => {
    const fails = { what: 'a', run: () => Promise.reject(new Error('broken')) };
    const works = { what: 'b', run: async () => 'fine' };
    expect(await runChecks([fails, works])).toEqual([
      { what: 'a', ok: false, detail: 'broken' },
      { what: 'b', ok: true, detail: 'fine' },
    ]);
  });
});
