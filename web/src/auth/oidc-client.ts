import { OidcClient, WebStorageStateStore } from 'oidc-client-ts';
import type { Config } from '../config.ts';
import { SIGNED_IN_PATH } from './signed-in-path.ts';

const TIMEOUT_S = 10;

/**
 * Code flow with PKCE. What a sign-in under way must remember stays in this tab's sessionStorage until it comes back.
 * Loaded apart from the app: the landing page needs none of it.
 */
export const createOidcClient = ({ issuer, clientId }: Config): OidcClient =>
  new OidcClient({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${location.origin}${SIGNED_IN_PATH}`,
    post_logout_redirect_uri: `${location.origin}/`,
    scope: 'openid',
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    requestTimeoutInSeconds: TIMEOUT_S,
  });
