/** How far the readings have been taken in. */
export type Watermark = {
  /** when the oldest message that is not taken in yet arrived, epoch ms; absent: none waits */
  readonly oldestWaitingMs?: number;
  /** messages, or batches of them, that were given up and wait for a person */
  readonly deadLetters: number;
  /** messages or batches of the last two days that were given up and could not be kept for a person either */
  readonly dropped?: number;
};

/** The ingest pipeline, as the daily run asks it before it freezes a day. A device that is silent does not hold it back. */
export type Pipeline = { watermark(): Promise<Watermark> };
