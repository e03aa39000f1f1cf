import * as z from 'zod/mini';

/** Whether a system that failed is asked again, by how often it failed in a row. */
export const breaker = z.object({
  failures: z.int(),
  /** not before; null: at once */
  retryAtMs: z.nullable(z.int()),
});
export type Breaker = z.infer<typeof breaker>;

export const CLOSED: Breaker = { failures: 0, retryAtMs: null };

/** Failures in a row after which it is open: asked once after a pause, and not at each turn. */
const OPENS_AT = 3;
const FIRST_PAUSE_MS = 15 * 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;

/** The pause doubles from 15 minutes to 6 hours; one success closes it. */
export const after = ({ failures }: Breaker, outcome: 'success' | 'failure', nowMs: number): Breaker => {
  if (outcome === 'success') return CLOSED;
  const count = failures + 1;
  if (count < OPENS_AT) return { failures: count, retryAtMs: null };
  return { failures: count, retryAtMs: nowMs + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (count - OPENS_AT)) };
};

export const mayTry = ({ retryAtMs }: Breaker, nowMs: number): boolean => retryAtMs === null || nowMs >= retryAtMs;

export const isOpen = ({ failures }: Breaker): boolean => failures >= OPENS_AT;
