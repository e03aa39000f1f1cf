import * as z from 'zod/mini';
import { forgetDashboard, forgetOthers } from '../offline/kept.ts';

/**
 * What survives a reload of this tab, and nothing else does: access and ID tokens stay in memory.
 * sessionStorage ends with the tab and is not shared with other tabs.
 */
const seed = z.object({ sub: z.string(), refreshToken: z.string() });
export type SessionSeed = z.infer<typeof seed>;

const KEY = 'hems.session';

export const readSeed = (): SessionSeed | undefined => {
  const kept = sessionStorage.getItem(KEY);
  if (kept === null) return undefined;
  try {
    return seed.parse(JSON.parse(kept));
  } catch {
    sessionStorage.removeItem(KEY);
    return undefined;
  }
};

/** Undefined ends the session in this browser: what it kept of the dashboard goes with it. */
export const writeSeed = (value: SessionSeed | undefined): void => {
  if (value === undefined) {
    sessionStorage.removeItem(KEY);
    forgetDashboard();
    return;
  }
  sessionStorage.setItem(KEY, JSON.stringify(value));
  forgetOthers(value.sub);
};
