import { isOver, isStill, SIGN_OUTS } from './session-seed.ts';

/**
 * Calls `onOver` when the page is no longer of whoever is signed in here: a sign-out in another tab, also while the browser had put this one to
 * sleep, or a page that the browser has kept whole and shows again, with its tokens and values, after somebody signed out or in.
 */
export const followSession = (sub: string | undefined, onOver: () => void): void => {
  const check = (): void => {
    if (isOver() || !isStill(sub)) onOver();
  };
  if (isOver()) onOver();
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) check();
  });
  addEventListener('storage', ({ key }) => {
    if (key === SIGN_OUTS && isOver()) onOver();
  });
};
