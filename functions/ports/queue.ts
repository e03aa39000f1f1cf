export type Received = { readonly body: string; readonly receipt: string; readonly attempt: number };

/** A queue with a dead-letter queue behind it. At-least-once, unordered. A message that was received and not acknowledged comes back. */
export type Queue = {
  /** `delaySeconds` up to 900 */
  send(body: string, options?: { readonly delaySeconds?: number }): Promise<void>;
  receive(max: number): Promise<Received[]>;
  acknowledge(receipt: string): Promise<void>;
  /** messages waiting, and messages given up after too many attempts */
  depth(): Promise<{ readonly waiting: number; readonly dead: number }>;
  /** moves the given-up messages back; answers how many */
  redrive(): Promise<number>;
};
