export type RunStatus = 'running' | 'succeeded' | 'failed';

/** State machines. A name is used once: a second start under the same name is refused and changes nothing. */
export type Runs = {
  /** answers false when the name was used before */
  start(name: string, input: unknown): Promise<boolean>;
  status(name: string): Promise<RunStatus | undefined>;
};
