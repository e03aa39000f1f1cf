import type { AuthPort } from '@hems/shared/client/auth-port';
import { codeOf, SESSION_ENDED } from '@hems/shared/errors/api-error';
import { setEnded } from './session-ended.ts';

const KEY = 'hems.sentToSignIn';
/** A service that refuses even fresh tokens must not send the browser round in circles. */
const PAUSE_MS = 60_000;

/**
 * Sends the resident to sign in and back to where they are, at most once a minute. Whose session was ended from elsewhere
 * is told so first: the page begins again at the same address, signed out.
 */
export const signInAgain = (
  { signIn }: Pick<AuthPort, 'signIn'>,
  why: unknown,
  begin = () => location.reload(),
): void => {
  if (codeOf(why) === SESSION_ENDED) {
    setEnded(true);
    begin();
    return;
  }
  const nowMs = Date.now();
  if (nowMs - Number(sessionStorage.getItem(KEY)) < PAUSE_MS) return;
  sessionStorage.setItem(KEY, String(nowMs));
  signIn(location.pathname + location.search).catch(() => sessionStorage.removeItem(KEY));
};
