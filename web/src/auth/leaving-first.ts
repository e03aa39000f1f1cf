import type { AuthPort } from '@hems/shared/client/auth-port';

/** A service that does not answer keeps nobody signed in. */
const LEAVING_MS = 2000;

/** Signing out does `leave` before the tokens are gone, as well as it can. */
export const leavingFirst = (auth: AuthPort, leave: () => Promise<unknown>): AuthPort => ({
  ...auth,
  signOut: async () => {
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => late.resolve(undefined), LEAVING_MS);
    await Promise.race([leave().catch(reportError), late.promise]);
    clearTimeout(timer);
    await auth.signOut();
  },
});
