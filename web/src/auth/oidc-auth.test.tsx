import { ApiError } from '@hems/shared/errors/api-error';
import type { OidcClient } from 'oidc-client-ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openOidcAuth, returnPathOf } from './oidc-auth.ts';
import { endOnDevice, readSeed, writeSeed } from './session-seed.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
  localStorage.clear();
  history.replaceState(null, '', '/');
  vi.restoreAllMocks();
});

const response = (over: object = {}): object => ({
  access_token: 'access-1',
  id_token: 'id-1',
  refresh_token: 'refresh-1',
  expires_in: 300,
  profile: { sub: 'resident-1' },
  userState: { returnTo: '/households/home-1?day=today' },
  ...over,
});

/** What the provider's library does, as far as the port uses it. */
type Client = Partial<
  Record<'processSigninResponse' | 'useRefreshToken' | 'createSignoutRequest', () => Promise<object>>
>;
const open = async (client: Client) =>
  openOidcAuth({ client: async () => client as unknown as OidcClient, locale: () => 'ko' });

const refused = (): Error => Object.assign(new Error('invalid_grant'), { name: 'ErrorResponse' });

describe('coming back from the sign-in page', () => {
  it('keeps the tokens in memory, only the refresh token for a reload, and returns to the page before', async () => {
    history.replaceState(null, '', '/signed-in?code=c&state=s');
    const auth = await open({ processSigninResponse: async () => response() });
    expect(auth.user).toEqual({ sub: 'resident-1' });
    expect(await auth.getAccessToken()).toBe('access-1');
    expect(location.pathname + location.search).toBe('/households/home-1?day=today');
    expect(JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)])).not.toMatch(/access-1|id-1/);
    expect(readSeed()).toMatchObject({ sub: 'resident-1', refreshToken: 'refresh-1' });
  });

  it('is signed out when the code is refused, and stays where it can say so', async () => {
    vi.stubGlobal('reportError', () => undefined);
    history.replaceState(null, '', '/signed-in?error=access_denied&state=s');
    const auth = await open({ processSigninResponse: async () => Promise.reject(refused()) });
    expect(auth.user).toBeNull();
    expect(location.pathname).toBe('/signed-in');
  });

  it.each([
    ['/households/home-1', '/households/home-1'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example/', '/'],
    ['', '/'],
    [undefined, '/'],
  ])('to %s leads to %s', (returnTo, path) => expect(returnPathOf({ returnTo })).toBe(path));
});

describe('a reload', () => {
  it('is signed in again with the refresh token, renewed once however many calls wait for it', async () => {
    writeSeed({ sub: 'resident-1', refreshToken: 'refresh-1' });
    const useRefreshToken = vi.fn<() => Promise<object>>(async () =>
      response({ access_token: 'access-2', refresh_token: 'refresh-2' }),
    );
    const auth = await open({ useRefreshToken });
    expect(auth.user).toEqual({ sub: 'resident-1' });
    expect(await Promise.all([auth.getAccessToken(), auth.getAccessToken(), auth.getAccessToken()])).toEqual(
      Array(3).fill('access-2'),
    );
    expect(useRefreshToken).toHaveBeenCalledTimes(1);
    expect(readSeed()?.refreshToken).toBe('refresh-2');
  });

  it('keeps the refresh token of a provider that does not rotate it', async () => {
    writeSeed({ sub: 'resident-1', refreshToken: 'refresh-1' });
    const auth = await open({ useRefreshToken: async () => response({ refresh_token: undefined }) });
    await auth.getAccessToken();
    expect(readSeed()?.refreshToken).toBe('refresh-1');
  });

  it('in another tab is nobody', async () => {
    const auth = await open({});
    expect([auth.user, await auth.getAccessToken()]).toEqual([null, undefined]);
  });
});

describe('a token', () => {
  it('is renewed before it ends and when the service refuses it', async () => {
    history.replaceState(null, '', '/signed-in?code=c&state=s');
    const useRefreshToken = vi.fn<() => Promise<object>>(async () =>
      response({ access_token: 'access-2', expires_in: 300 }),
    );
    const auth = await open({ processSigninResponse: async () => response({ expires_in: 29 }), useRefreshToken });
    expect(await auth.getAccessToken()).toBe('access-2');
    expect(await auth.getAccessToken()).toBe('access-2');
    expect(useRefreshToken).toHaveBeenCalledTimes(1);
    await auth.getAccessToken('renewed');
    expect(useRefreshToken).toHaveBeenCalledTimes(2);
  });

  it('cannot be had when the provider refuses, and might be had later when it does not answer', async () => {
    writeSeed({ sub: 'resident-1', refreshToken: 'refresh-1' });
    expect(
      await (await open({ useRefreshToken: async () => Promise.reject(refused()) })).getAccessToken(),
    ).toBeUndefined();
    const unreachable = await open({ useRefreshToken: async () => Promise.reject(new TypeError('Failed to fetch')) });
    await expect(unreachable.getAccessToken()).rejects.toThrow(ApiError);
    expect(readSeed()?.refreshToken).toBe('refresh-1');
  });
});

describe('signing out', () => {
  const gone: string[] = [];
  beforeEach(() => {
    gone.length = 0;
    history.replaceState(null, '', '/signed-in?code=c&state=s');
  });
  /** The page is not left here: nobody can in jsdom. */
  const watchLeaving = (): void => {
    vi.stubGlobal('location', { origin: 'http://app', replace: (url: string) => gone.push(url) });
  };
  const client = {
    processSigninResponse: async () => response(),
    createSignoutRequest: async () => ({ url: 'http://issuer/logout' }),
    settings: { client_id: 'hems-web' },
    metadataService: { getRevocationEndpoint: async () => 'http://issuer/revoke' },
  };
  const revoking = (answer: () => Promise<Response>) => {
    const revoked = vi.fn<typeof fetch>(answer);
    vi.stubGlobal('fetch', revoked);
    return revoked;
  };
  /** As providers answer: nothing, of whatever type. */
  const done = async (): Promise<Response> => new Response('', { headers: { 'content-type': 'text/plain' } });

  it('takes the tokens out of memory, has the provider revoke the refresh token, and leaves no page to go back to', async () => {
    const [failed, revoked] = [vi.fn<typeof reportError>(), revoking(done)];
    vi.stubGlobal('reportError', failed);
    const auth = await open(client);
    watchLeaving();
    const leaving = auth.signOut();
    expect([await auth.getAccessToken(), readSeed()]).toEqual([undefined, undefined]);
    await leaving;
    const body = new URLSearchParams({ token: 'refresh-1', token_type_hint: 'refresh_token', client_id: 'hems-web' });
    expect(revoked.mock.calls).toEqual([['http://issuer/revoke', { method: 'POST', body, keepalive: true }]]);
    expect(failed).not.toHaveBeenCalled();
    expect(gone).toEqual(['http://issuer/logout']);
  });

  it.each([
    ['in another tab', endOnDevice],
    ['in this tab, on a page after it', () => writeSeed(undefined)],
  ])('%s leaves none to a page that the browser kept whole', async (_, signOut) => {
    const auth = await open(client);
    expect(await auth.getAccessToken()).toBe('access-1');
    signOut();
    expect(await auth.getAccessToken()).toBeUndefined();
  });

  it('ends here though the provider does not answer', async () => {
    const failed = vi.fn<typeof reportError>();
    vi.stubGlobal('reportError', failed);
    const down = async (): Promise<never> => Promise.reject(new TypeError('Failed to fetch'));
    revoking(async () => new Response('', { status: 503 }));
    const auth = await open({ ...client, createSignoutRequest: down });
    watchLeaving();
    await auth.signOut();
    expect(String(failed.mock.calls[0])).toContain('status 503');
    expect([await auth.getAccessToken(), readSeed(), gone]).toEqual([undefined, undefined, ['/']]);
  });

  it('is not undone by a renewal that was under way', async () => {
    const renewed = Promise.withResolvers<object>();
    revoking(done);
    const auth = await open({ ...client, useRefreshToken: () => renewed.promise });
    watchLeaving();
    const token = auth.getAccessToken('renewed');
    await auth.signOut();
    renewed.resolve(response({ access_token: 'access-2', refresh_token: 'refresh-2' }));
    expect([await token, await auth.getAccessToken(), readSeed()]).toEqual([undefined, undefined, undefined]);
  });
});
