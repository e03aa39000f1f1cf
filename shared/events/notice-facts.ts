import * as z from 'zod/mini';
import type { NoticeKind } from '@hems/models/notices/kinds';
import { unit } from '../api/programmes.ts';

/** What the sentence of each kind is made of. Opaque ids and whole numbers with their unit in the name: facts name nobody. */
const date = z.string();

export const NOTICE_FACTS = {
  /** two hours until `toHour` of the date, and what they usually come to */
  'unusual-use': z.object({ date, toHour: z.int(), usedWh: z.int(), usualWh: z.int() }),
  /** `from`: the first day of the meter-reading period */
  'tier-ahead': z.object({ from: date, intoTier: z.string(), atKwh: z.int(), crossesOn: date }),
  budget: z.object({ from: date, projectedWon: z.int(), budgetWon: z.int() }),
  'event-invitation': z.object({
    eventId: z.string(),
    programme: z.string(),
    date,
    fromHour: z.int(),
    toHour: z.int(),
    startsMs: z.int(),
    /** the home's rule has joined for it */
    joined: z.optional(z.literal('rule')),
  }),
  'event-result': z.object({ eventId: z.string(), programme: z.string(), unit, amount: z.int() }),
  'device-offline': z.object({}),
  'reward-paid': z.object({ unit, amount: z.int() }),
  'challenge-end': z.object({ challengeId: z.string(), unit, amount: z.int() }),
  /** drawn from the grid on seven whole days, and on the seven before them where those are whole too */
  'weekly-summary': z.object({
    from: date,
    to: date,
    importWh: z.int(),
    beforeImportWh: z.optional(z.int()),
    costWon: z.optional(z.int()),
  }),
  security: z.object({ what: z.string() }),
  marketing: z.object({ programme: z.string() }),
} as const satisfies Record<NoticeKind, z.ZodMiniType>;
export type NoticeFacts = { readonly [K in NoticeKind]: z.infer<(typeof NOTICE_FACTS)[K]> };
