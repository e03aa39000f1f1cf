import { DAY_MS } from '@hems/models/calendar/seoul';
import type { Put } from '../../ports/table.ts';
import { userKey } from '../stores/people.ts';

/** Tokens given out so far open nothing; the mark goes by itself when the last of them has long ended. */
export const sessionsEnd = (sub: string, nowMs: number): Put => {
  const untilS = Math.floor((nowMs + DAY_MS) / 1000);
  return { ...userKey(sub), data: { validAfter: untilS }, expiresAt: untilS };
};
