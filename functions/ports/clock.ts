/** Epoch milliseconds, UTC. */
export type Clock = { now(): number };
