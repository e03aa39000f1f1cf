import type { Scenario } from './scenario.ts';

/** What is expected of an hour: mean use and generation, Wh; what a kWh costs and earns in it, won. */
export type HourAhead = {
  /** epoch ms */
  readonly startMs: number;
  readonly loadWh: number;
  readonly pvWh: number;
  readonly buyWon: number;
  readonly sellWon: number;
};

const STEP_MS = 30 * 60_000;
const STEPS_AN_HOUR = 2;

type Steps = Pick<Scenario, 'startMs' | 'stepMinutes' | 'loadWh' | 'pvWh' | 'buyWon' | 'sellWon'>;

/**
 * The half-hours from the one that `nowMs` lies in to the end of the last hour. Hours are expected as a whole, so each half has half of
 * it. Undefined where nothing is left, or an hour is missing in between: a plan over a gap would plan for a time that is another.
 */
export const stepsOfHours = (hours: readonly HourAhead[], nowMs: number): Steps | undefined => {
  const startMs = nowMs - (nowMs % STEP_MS);
  const halves = hours
    .flatMap((hour) => [hour, { ...hour, startMs: hour.startMs + STEP_MS }])
    .filter((half) => half.startMs >= startMs);
  const isWhole = halves.every((half, i) => half.startMs === startMs + i * STEP_MS);
  if (halves.length === 0 || !isWhole) return undefined;
  return {
    startMs,
    stepMinutes: 30,
    loadWh: halves.map(({ loadWh }) => loadWh / STEPS_AN_HOUR),
    pvWh: halves.map(({ pvWh }) => pvWh / STEPS_AN_HOUR),
    buyWon: halves.map(({ buyWon }) => buyWon),
    sellWon: halves.map(({ sellWon }) => sellWon),
  };
};
