import type { AuthPort } from '@hems/shared/client/auth-port';

export type FakeAuth = AuthPort & {
  /** what was asked of it, in order */
  readonly asked: string[];
};

/** Signing in without an identity provider. */
export const fakeAuth = (user: AuthPort['user'] = { sub: 'resident-1' }): FakeAuth => {
  const asked: string[] = [];
  return {
    user,
    asked,
    signIn: async (returnTo, how) => {
      asked.push(['signIn', returnTo, ...(how === undefined ? [] : [how])].join(' '));
    },
    signOut: async () => {
      asked.push('signOut');
    },
    getAccessToken: async () => (user === null ? undefined : 'token'),
  };
};
