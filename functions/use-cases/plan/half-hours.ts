export const HALF_HOUR_MS = 30 * 60_000;

/** The half hour that holds the instant. Korea's clock does not change, so these are half hours of the wall clock too. */
export const halfHourOf = (ms: number): number => Math.floor(ms / HALF_HOUR_MS) * HALF_HOUR_MS;
