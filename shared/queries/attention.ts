import { focusManager } from '@tanstack/react-query';

/** Live figures while somebody looks; each poll also keeps the home reporting every 5 s. */
export const LIVE_POLL_MS = 5_000;
/** A page in the background … */
const HIDDEN_POLL_MS = 60_000;
/** … asks no more after this. */
export const HIDDEN_STOP_MS = 5 * 60_000;

/** How often to ask, given since when the page is hidden. */
export const pollMs = (shownMs: number, hiddenForMs: number | undefined): number | false => {
  if (hiddenForMs === undefined) return shownMs;
  return hiddenForMs < HIDDEN_STOP_MS ? Math.max(shownMs, HIDDEN_POLL_MS) : false;
};

let hiddenSinceMs: number | undefined;
focusManager.subscribe((focused) => {
  hiddenSinceMs = focused ? undefined : (hiddenSinceMs ?? Date.now());
});

/** `undefined` while the page is looked at. */
export const hiddenForMs = (): number | undefined =>
  hiddenSinceMs === undefined ? undefined : Date.now() - hiddenSinceMs;
