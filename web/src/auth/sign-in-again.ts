import type { AuthPort } from '@hems/shared/client/auth-port';

const KEY = 'hems.sentToSignIn';
/** A service that refuses even fresh tokens must not send the browser round in circles. */
const PAUSE_MS = 60_000;

/** Sends the resident to sign in and back to where they are, at most once a minute. */
export const signInAgain = ({ signIn }: Pick<AuthPort, 'signIn'>): void => {
  const nowMs = Date.now();
  if (nowMs - Number(sessionStorage.getItem(KEY)) < PAUSE_MS) return;
  sessionStorage.setItem(KEY, String(nowMs));
  signIn(location.pathname + location.search).catch(() => sessionStorage.removeItem(KEY));
};
