import * as z from 'zod/mini';
import { APPLICATION_STATES } from '@hems/models/incentive/application';
import { DISPUTE_OUTCOMES } from '@hems/models/partner/dispute';
import { epochMs, localDate } from '../api/nouns.ts';
import { unit } from '../api/programmes.ts';
import { participant, programmeId } from './participants.ts';

/** What stands in `data` of each type of message. It says what happened and where to read of it, never a reading. */
export const webhookData = {
  /** by the operator's staff or another office of the same programme */
  'application.decided': z.object({ participant, programme: programmeId, state: z.enum(APPLICATION_STATES) }),
  /** a settlement file is closed; `amount` is the sum of its lines in `unit` */
  'settlement.ready': z.object({
    file: z.string(),
    programme: programmeId,
    period: z.string(),
    number: z.int(),
    lines: z.int(),
    amount: z.int(),
    unit: z.nullable(unit),
  }),
  'dispute.answered': z.object({
    line: z.string(),
    programme: programmeId,
    period: z.string(),
    outcome: z.optional(z.enum(DISPUTE_OUTCOMES)),
    state: z.enum(['opened', 'answered', 'closed']),
  }),
  /** homes have been invited to an event; the hours are Korean time */
  'event.dispatched': z.object({
    eventId: z.string(),
    programme: z.string(),
    date: localDate,
    fromHour: z.int(),
    toHour: z.int(),
  }),
  /** `reportId`: the OpenADR report that holds the figures */
  'event.reported': z.object({ eventId: z.string(), stage: z.enum(['provisional', 'final']), reportId: z.string() }),
  'consent.withdrawn': z.object({ participant, purpose: z.enum(['government', 'bems']), withdrawnAtMs: epochMs }),
  /** a pull connector has stopped asking after failures in a row */
  'connector.failed': z.object({ connector: z.string(), sinceMs: epochMs, reason: z.string() }),
  'sandbox.ping': z.object({}),
} as const;

export type WebhookData = { readonly [Type in keyof typeof webhookData]: z.infer<(typeof webhookData)[Type]> };
