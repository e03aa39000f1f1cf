/** The signed-in person by the identity provider's subject; their name comes with the session. */
export type AuthUser = { readonly sub: string };

/** All an app knows of signing in. Implementations: OIDC on the web, OIDC on mobile, a fake for tests. */
export type AuthPort = {
  /** null: nobody is signed in */
  readonly user: AuthUser | null;
  /** leaves for the sign-in page and comes back to `returnTo`, a path of this app; `anew`: asks who it is even where the browser is known */
  readonly signIn: (returnTo: string, how?: 'anew') => Promise<void>;
  readonly signOut: () => Promise<void>;
  /** a token to send now; `renewed`: the last one was refused, get another. undefined: only signing in again helps */
  readonly getAccessToken: (need?: 'renewed') => Promise<string | undefined>;
};
