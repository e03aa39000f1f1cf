import * as z from 'zod/mini';
import { quality } from '../reading/quality.ts';

/**
 * What an event came to in a home. `known`: grid use and baseline of its hours, whole Wh; `savedWh` is their difference, negative where
 * more was used; the reward is never negative. `unknown`: why it cannot be told.
 */
export const eventOutcome = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('known'),
    /** when it was worked out, epoch ms */
    atMs: z.int(),
    importWh: z.int(),
    baselineWh: z.int(),
    savedWh: z.int(),
    method: z.string(),
    quality,
    unit: z.enum(['won', 'points']),
    amount: z.int().check(z.gte(0)),
  }),
  z.object({ status: z.literal('unknown'), atMs: z.int(), code: z.string() }),
]);
export type EventOutcome = z.infer<typeof eventOutcome>;
