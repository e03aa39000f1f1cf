/** Waits before attempt `attempt` (1, 2, …) of something that lost a race: a jittered, growing while. */
export type Pause = (attempt: number) => Promise<void>;
