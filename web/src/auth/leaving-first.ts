import type { AuthPort } from '@hems/shared/client/auth-port';
import { inTime } from './in-time.ts';

/**
 * Signing out does `leave` before the tokens are gone, as well as it can, and `forget` before the page is left: a browser keeps whole pages and
 * shows them again as they were.
 */
export const leavingFirst = (auth: AuthPort, leave: () => Promise<unknown>, forget: () => void): AuthPort => ({
  ...auth,
  signOut: async () => {
    await inTime(leave);
    forget();
    await auth.signOut();
  },
});
