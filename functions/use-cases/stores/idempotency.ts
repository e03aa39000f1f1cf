import * as z from 'zod';
import type { Key } from '../../ports/table.ts';

/**
 * What was answered under an idempotency key: `PARTNER#<partner>` / `IDEMPOTENCY#<hash of the key>` of table `operations`. Gone after a
 * day. `request`: hash of the request, which has to be the same again.
 */
export const rememberedAnswer = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('INPROGRESS'),
    request: z.string(),
    /** whoever began it has been ended by then; 0: it failed, or was refused */
    untilMs: z.int(),
    /** names its effect: whoever takes it over after an end or a failure has the same, and so makes nothing twice */
    effect: z.exactOptional(z.string()),
  }),
  z.object({ status: z.literal('COMPLETED'), request: z.string(), answer: z.unknown() }),
]);
export type RememberedAnswer = z.infer<typeof rememberedAnswer>;

export const IDEMPOTENCY_KEPT_S = 86_400;

export const idempotencyKey = (partnerId: string, hash: string): Key => ({
  table: 'operations',
  pk: `PARTNER#${partnerId}`,
  sk: `IDEMPOTENCY#${hash}`,
});
