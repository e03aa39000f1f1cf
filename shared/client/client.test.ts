import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { listDevices } from '../api/devices.ts';
import { readSession } from '../api/session.ts';
import { readUsage } from '../api/usage.ts';
import { ApiError, codeOf } from '../errors/api-error.ts';
import type { AuthPort } from './auth-port.ts';
import { createClient } from './client.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const closing: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const close of closing.splice(0)) close();
});

const serve = async (answer: Answer): Promise<string> => {
  const server = createServer(answer);
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const signedIn = async (): Promise<string> => 'token-1';
const failureOf = async (answered: Promise<unknown>): Promise<ApiError> =>
  answered.then(
    () => expect.unreachable('the call should have failed'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ApiError);
      return error as ApiError;
    },
  );

describe('a call of the contract', () => {
  it('fills the path and the query of the route and carries the token', async () => {
    const seen: unknown[] = [];
    const apiBase = await serve((request, response) => {
      seen.push(request.method, request.url, request.headers.authorization);
      json(response, 200, {
        householdId: 'a/b',
        grain: '15min',
        from: '2026-11-21',
        to: '2026-11-22',
        timeZone: 'Asia/Seoul',
        intervals: [],
      });
    });
    const call = createClient({ apiBase, accessToken: signedIn });
    const usage = await call(readUsage, {
      params: { householdId: 'a/b' },
      query: { grain: '15min', from: '2026-11-21', to: '2026-11-22' },
    });
    expect(seen).toEqual([
      'GET',
      '/v1/households/a%2Fb/usage?grain=15min&from=2026-11-21&to=2026-11-22',
      'Bearer token-1',
    ]);
    expect(usage.intervals).toEqual([]);
  });

  it('asks for one renewed token when the first is refused', async () => {
    const accessToken = vi.fn<AuthPort['getAccessToken']>(async (need?: 'renewed') =>
      need === 'renewed' ? 'fresh' : 'stale',
    );
    const apiBase = await serve((request, response) =>
      request.headers.authorization === 'Bearer fresh'
        ? json(response, 200, { sub: 'ada', households: [] })
        : json(response, 401, { message: 'Unauthorized' }),
    );
    await expect(createClient({ apiBase, accessToken })(readSession, {})).resolves.toEqual({
      sub: 'ada',
      households: [],
    });
    expect(accessToken.mock.calls).toEqual([[undefined], ['renewed']]);
  });

  it('gives up as signed out when the renewed token is refused as well', async () => {
    let asked = 0;
    const apiBase = await serve((_, response) => {
      asked += 1;
      json(response, 401, { message: 'Unauthorized' });
    });
    const error = await failureOf(createClient({ apiBase, accessToken: signedIn })(readSession, {}));
    expect([error.kind, asked]).toEqual(['signed-out', 2]);
  });

  it('renews no token of a session that was ended: the new one would be as old', async () => {
    let asked = 0;
    const apiBase = await serve((_, response) => {
      asked += 1;
      json(response, 401, { type: 'about:blank', title: 'Sign in again', status: 401, code: 'session-ended' });
    });
    const error = await failureOf(createClient({ apiBase, accessToken: signedIn })(readSession, {}));
    expect([error.kind, codeOf(error), asked]).toEqual(['signed-out', 'session-ended', 1]);
  });

  it('sends nothing while nobody is signed in', async () => {
    let asked = 0;
    const apiBase = await serve((_, response) => {
      asked += 1;
      json(response, 200, {});
    });
    const error = await failureOf(createClient({ apiBase, accessToken: async () => undefined })(readSession, {}));
    expect([error.kind, asked]).toEqual(['signed-out', 0]);
  });
});

describe('an answer that is no value', () => {
  it.each([
    [400, 'refused'],
    [403, 'no-permission'],
    [404, 'not-found'],
    [429, 'too-many'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('status %i is %s, with the problem document as it was sent', async (status, kind) => {
    const problem = { type: 'about:blank', title: 'No', status, detail: 'you are not a member of this household' };
    const apiBase = await serve((_, response) => json(response, status, problem));
    const error = await failureOf(
      createClient({ apiBase, accessToken: signedIn })(listDevices, { params: { householdId: 'h' } }),
    );
    expect(error).toMatchObject({ kind, problem });
    expect(error.message).toContain('you are not a member');
  });

  it('is unavailable when a proxy answers with a page instead of a problem', async () => {
    const apiBase = await serve((_, response) => response.writeHead(502).end('<html>'));
    const error = await failureOf(createClient({ apiBase, accessToken: signedIn })(readSession, {}));
    expect([error.kind, error.problem]).toEqual(['unavailable', undefined]);
  });

  it.each([['{"sub":"ada","households":[{"householdId":7}]}'], ['not json']])(
    'is unreadable when it reads %s',
    async (body) => {
      const apiBase = await serve((_, response) => response.end(body));
      const error = await failureOf(createClient({ apiBase, accessToken: signedIn })(readSession, {}));
      expect(error.kind).toBe('unreadable');
    },
  );

  it('is unreachable when the server is gone', async () => {
    const call = createClient({ apiBase: 'http://127.0.0.1:1', accessToken: signedIn });
    expect((await failureOf(call(readSession, {}))).kind).toBe('unreachable');
  });

  it('is unreachable when the server does not answer in time', async () => {
    const soon = AbortSignal.timeout(50);
    const limit = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(soon);
    const apiBase = await serve(() => undefined);
    expect((await failureOf(createClient({ apiBase, accessToken: signedIn })(readSession, {}))).kind).toBe(
      'unreachable',
    );
    expect(limit).toHaveBeenCalledWith(10_000);
  });

  it('is unreachable when the answer stops half way', async () => {
    const apiBase = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"households":');
      setTimeout(() => response.destroy(), 20);
    });
    expect((await failureOf(createClient({ apiBase, accessToken: signedIn })(readSession, {}))).kind).toBe(
      'unreachable',
    );
  });
});
