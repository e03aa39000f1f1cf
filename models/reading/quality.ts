import * as z from 'zod/mini';

/** Quality of a figure, from the reading to the screen. The words are those of OpenADR 3. */
export const quality = z.enum(['good', 'estimated', 'missing', 'bad']);
export type Quality = z.infer<typeof quality>;

/** Bit flags of `q` on the wire. */
export const Q = {
  good: 0,
  stale: 1,
  estimated: 2,
  outOfRange: 4,
  clockUnsynced: 8,
  sentLate: 16,
  counterReset: 32,
  simulated: 64,
} as const;

export const Q_MAX = 127;

/** 4 or 32 → bad; 1, 2 or 64 → estimated; else good. */
export const qualityOf = (q: number): Quality =>
  q & (Q.outOfRange | Q.counterReset) ? 'bad' : q & (Q.stale | Q.estimated | Q.simulated) ? 'estimated' : 'good';

const RANK: Record<Quality, number> = { good: 0, estimated: 1, bad: 2, missing: 3 };

/** The quality of a figure made of several. */
export const worst = (qualities: readonly Quality[]): Quality =>
  qualities.reduce<Quality>((a, b) => (RANK[b] > RANK[a] ? b : a), 'good');
