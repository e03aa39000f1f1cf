import type { Clock } from '../ports/clock.ts';

export const systemClock: Clock = { now: () => Date.now() };

export type SettableClock = Clock & {
  /** moves to `ms`, and stays where it is when that lies behind: time never runs backwards */
  advanceTo(ms: number): void;
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
