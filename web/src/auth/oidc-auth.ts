import type { AuthPort } from '@hems/shared/client/auth-port';
import { ApiError } from '@hems/shared/errors/api-error';
import type { OidcClient, RefreshState, SigninResponse } from 'oidc-client-ts';
import * as z from 'zod/mini';
import { setEnded } from './session-ended.ts';
import { readSeed, writeSeed, type SessionSeed } from './session-seed.ts';
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
    return keep(response, seed.refreshToken);
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

const port = (parts: Parts, first: Tokens | undefined): AuthPort => {
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

  return {
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
      writeSeed(undefined);
      const url = await client()
        .then((ready) => signOutUrl(ready, tokens?.id_token))
        .catch(() => '/');
      location.assign(url);
    },
    getAccessToken: async (need) => {
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
export const openOidcAuth = async (parts: Parts): Promise<AuthPort> => {
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
