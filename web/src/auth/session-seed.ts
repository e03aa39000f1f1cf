import * as z from 'zod/mini';
import { forgetDashboard, forgetOthers } from '../offline/kept.ts';

/**
 * What survives a reload of this tab, and nothing else does: access and ID tokens stay in memory.
 * sessionStorage ends with the tab and is not shared with other tabs.
 */
const seed = z.object({
  sub: z.string(),
  refreshToken: z.string(),
  /** the sign-outs that this device had seen by then */
  signOuts: z.optional(z.nullable(z.string())),
});
export type SessionSeed = z.infer<typeof seed>;

const KEY = 'hems.session';
/** Counts the sign-outs on this device: each one ends the sign-ins before it, in whichever tab they are. */
export const SIGN_OUTS = 'hems.signOuts';

const signOuts = (): string | null => localStorage.getItem(SIGN_OUTS);

const kept = (): SessionSeed | undefined => {
  try {
    return seed.parse(JSON.parse(sessionStorage.getItem(KEY) ?? ''));
  } catch {
    return undefined;
  }
};

export const readSeed = (): SessionSeed | undefined => {
  const own = kept();
  return own && (own.signOuts ?? null) === signOuts() ? own : undefined;
};

/** Whether this tab is still signed in as whom a page was made for; undefined: for nobody. */
export const isStill = (sub: string | undefined): boolean => readSeed()?.sub === sub;

/** Another tab has signed out, and the refresh token of this one is still there to be taken. */
export const isOver = (): boolean => kept() !== undefined && readSeed() === undefined;

/** Undefined ends the session in this browser: what it kept of the dashboard goes with it. */
export const writeSeed = (value: SessionSeed | undefined): void => {
  if (value === undefined) {
    sessionStorage.removeItem(KEY);
    forgetDashboard();
    return;
  }
  sessionStorage.setItem(KEY, JSON.stringify({ ...value, signOuts: signOuts() }));
  forgetOthers(value.sub);
};

/** Ends the session in this tab and answers what was kept of it, also where another tab has ended it before. */
export const takeSeed = (): SessionSeed | undefined => {
  const own = kept();
  writeSeed(undefined);
  return own;
};

/** Ends the session in every tab of this device, also in those that the browser has put to sleep. */
export const endOnDevice = (): void => localStorage.setItem(SIGN_OUTS, `${Number(signOuts()) + 1}`);
