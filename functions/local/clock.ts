import type { Clock } from '../ports/clock.ts';

export const systemClock: Clock = { now: () => Date.now() };

export type SettableClock = Clock & {
  /** moves to `ms`, and stays where it is when that lies behind: time never runs backwards */
  advanceTo(ms: number): void;
};

export type PassingClock = Clock & {
  /** lets time pass at once */
  pass(ms: number): void;
};

/** The system's time, `aheadMs` ahead of it or, below 0, behind. */
export const passingClock = (aheadMs = 0): PassingClock => {
  let ahead = aheadMs;
  return {
    now: () => Date.now() + ahead,
    pass: (ms) => {
      ahead += ms;
    },
  };
};

/** Time as a replay tells it. */
export const settableClock = (startMs: number): SettableClock => {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advanceTo: (ms) => {
      nowMs = Math.max(nowMs, ms);
    },
  };
};
