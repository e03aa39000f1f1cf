import { writeSeed } from './session-seed.ts';

const KEY = 'hems.sessionEnded';

/** The session was ended from another device. The page says so, and signing in asks anew: a provider that still knows the browser would hand out the session that was ended. */
export const isEnded = (): boolean => sessionStorage.getItem(KEY) !== null;

export const setEnded = (ended: boolean): void => {
  if (ended) {
    writeSeed(undefined);
    sessionStorage.setItem(KEY, '1');
  } else sessionStorage.removeItem(KEY);
};
