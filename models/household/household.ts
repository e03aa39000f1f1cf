import * as z from 'zod/mini';

/** Where a demo household's data come from. Drawn as a label on every screen, report and answer that shows them. */
export const origin = z.discriminatedUnion('type', [
  z.object({ type: z.literal('simulated'), seed: z.int() }),
  z.object({
    type: z.literal('replayed'),
    home: z.string(),
    set: z.string(),
    country: z.string(),
    credit: z.string(),
    /** whole days added to the source date; a multiple of 7 */
    shiftDays: z.int(),
    scale: z.number(),
    pvScale: z.number(),
    /** first and last whole day of the source file; outside them the replay wraps by 364 days */
    firstDate: z.string(),
    lastDate: z.string(),
  }),
]);
export type Origin = z.infer<typeof origin>;

export const buildingType = z.enum(['apartment', 'house', 'villa']);

export const role = z.enum(['owner', 'member', 'viewer']);
export type Role = z.infer<typeof role>;
