import type { AuthPort } from '@hems/shared/client/auth-port';
import { ApiError } from '@hems/shared/errors/api-error';
import type { OidcClient, RefreshState, SigninResponse } from 'oidc-client-ts';
import * as z from 'zod/mini';
import { inTime } from './in-time.ts';
import { setEnded } from './session-ended.ts';
import { endOnDevice, isStill, readSeed, takeSeed, writeSeed, type SessionSeed } from './session-seed.ts';
import { SIGNED_IN_PATH } from './signed-in-path.ts';

/** A token that ends within this is renewed before it is sent. */
const MARGIN_S = 30;

/** A path of this app, never another origin. */
const returning = z.object({ returnTo: z.string().check(z.regex(/^\/(?![/\\])/)) });

export const returnPathOf = (state: unknown): string => {
  const parsed = z.safeParse(returning, state);
  return parsed.success ? parsed.data.returnTo : '/';
};

type Tokens = Pick<SigninResponse, 'access_token' | 'id_token' | 'expires_in' | 'profile'>;
type Parts = { readonly client: () => Promise<OidcClient>; readonly locale: () => string };

/** The tokens stay in memory; for a reload of this tab the refresh token goes to sessionStorage. A renewal may bring none: the old one stays valid. */
const keep = (response: SigninResponse, before?: string): Tokens => {
  const refreshToken = response.refresh_token ?? before;
  writeSeed(refreshToken === undefined ? undefined : { sub: response.profile.sub, refreshToken });
  return response;
};

/** After a reload nothing but the refresh token and the subject is left of a sign-in. */
const refreshStateOf = ({ refreshToken, sub }: SessionSeed): RefreshState => ({
  refresh_token: refreshToken,
  session_state: null,
  profile: { sub, iss: '', aud: '', iat: 0, exp: 0 },
});

/** The provider has answered, and the answer is no. */
const isRefusal = (error: unknown): boolean => error instanceof Error && error.name === 'ErrorResponse';

/** Renews with the refresh token; undefined when there is none or the provider refuses it. */
const renew = async ({ client }: Parts): Promise<Tokens | undefined> => {
  const seed = readSeed();
  if (seed === undefined) return undefined;
  try {
    const response = await (await client()).useRefreshToken({ state: refreshStateOf(seed) });
    // Signed out meanwhile: the answer brings nobody back.
    return readSeed()?.refreshToken === seed.refreshToken ? keep(response, seed.refreshToken) : undefined;
  } catch (cause) {
    if (isRefusal(cause)) return undefined;
    throw new ApiError('unreachable', 'the sign-in service does not answer', { cause });
  }
};

const signOutUrl = async (client: OidcClient, idToken: string | undefined): Promise<string> => {
  // Cognito's logout endpoint reads `client_id` and `logout_uri`; others the parameters of the standard.
  const request = await client.createSignoutRequest({
    client_id: client.settings.client_id,
    ...(idToken !== undefined && { id_token_hint: idToken }),
    extraQueryParams: { logout_uri: `${location.origin}/` },
  });
  return request.url;
};

/** The request outlives the page; whatever stands in the answer means nothing (RFC 7009, 2.2), so the library, which wants JSON, is not asked. */
const revoke = async ({ metadataService, settings }: OidcClient, token: string): Promise<void> => {
  const url = await metadataService.getRevocationEndpoint(false);
  const body = new URLSearchParams({ token, token_type_hint: 'refresh_token', client_id: settings.client_id });
  const { ok, status } = await fetch(url, { method: 'POST', body, keepalive: true });
  if (!ok) throw new Error(`the refresh token was not revoked: status ${status}`);
};

export type Session = AuthPort & {
  /** ends the session of this tab: tokens and what is kept of it are gone at once, and the provider is told so */
  readonly end: () => Promise<void>;
};

const port = (parts: Parts, first: Tokens | undefined): Session => {
  const { client, locale } = parts;
  const sub = first?.profile.sub ?? readSeed()?.sub;
  let tokens = first;
  let renewing: Promise<Tokens | undefined> | undefined;

  /** One renewal at a time: a refresh token that rotates must never be sent twice. */
  const renewOnce = async (): Promise<string | undefined> => {
    renewing ??= renew(parts).finally(() => {
      renewing = undefined;
    });
    tokens = await renewing;
    return tokens?.access_token;
  };

  const end = async (): Promise<void> => {
    const refreshToken = takeSeed()?.refreshToken;
    tokens = undefined;
    // Cognito's logout leaves refresh tokens as they are.
    if (refreshToken !== undefined) await inTime(async () => revoke(await client(), refreshToken));
  };

  return {
    end,
    user: sub === undefined ? null : { sub },
    signIn: async (returnTo, how) => {
      const { url } = await (
        await client()
      ).createSigninRequest({
        state: { returnTo },
        ui_locales: locale(),
        ...(how === 'anew' && { prompt: 'login' }),
      });
      location.assign(url);
    },
    signOut: async () => {
      const idToken = tokens?.id_token;
      const ended = end();
      endOnDevice();
      await ended;
      const url = await client()
        .then((ready) => signOutUrl(ready, idToken))
        .catch(() => '/');
      location.replace(url);
    },
    getAccessToken: async (need) => {
      // A page that the browser kept whole wakes up with its tokens, though somebody has signed out meanwhile.
      if (!isStill(sub)) tokens = undefined;
      const usable = need !== 'renewed' && (tokens?.expires_in ?? 0) > MARGIN_S;
      return usable ? tokens?.access_token : renewOnce();
    },
  };
};

/** Whether this page will ask the identity provider for a token before anything else. */
export const expectsToken = (): boolean => location.pathname === SIGNED_IN_PATH || readSeed() !== undefined;

/**
 * Signing in over OpenID Connect. Where the browser has just come back from the sign-in page, the code is exchanged and
 * the address becomes that of the page the resident came from; after a failure it stays, and that page says so.
 */
export const openOidcAuth = async (parts: Parts): Promise<Session> => {
  if (location.pathname !== SIGNED_IN_PATH) return port(parts, undefined);
  try {
    const response = await (await parts.client()).processSigninResponse(location.href);
    const tokens = keep(response);
    setEnded(false);
    history.replaceState(null, '', returnPathOf(response.userState));
    return port(parts, tokens);
  } catch (error) {
    reportError(error);
    return port(parts, undefined);
  }
};
