import * as z from 'zod/mini';
import { DISPUTE_OUTCOMES, DISPUTE_REASONS } from '@hems/models/partner/dispute';
import { epochMs, householdParams, localDate, nothing } from './nouns.ts';
import { unit } from './programmes.ts';
import { staffReason } from './proofs.ts';
import { route } from './route.ts';

const words = z.string().check(z.trim(), z.minLength(1), z.maxLength(1000));
export const disputeReason = z.enum(DISPUTE_REASONS);
/** A dispute about one entry of the ledger, as everybody who takes part in it sees it. */
export const dispute = z.object({
  programme: z.string(),
  period: z.string(),
  revision: z.int(),
  unit,
  amount: z.int(),
  reasonCode: disputeReason,
  text: z.string(),
  openedBy: z.enum(['resident', 'partner']),
  openedMs: epochMs,
  state: z.enum(['opened', 'answered', 'closed']),
  /** by when the operator answers, or when an answer that nobody minds closes by itself */
  dueOn: z.nullable(localDate),
  overdue: z.boolean(),
  answer: z.nullable(
    z.object({
      outcome: z.enum(DISPUTE_OUTCOMES),
      text: z.string(),
      answeredMs: epochMs,
      /** the revision that put it right; null: none has yet, and none is owed where the dispute was rejected */
      correctedBy: z.nullable(z.int()),
      /** upheld and not put right yet */
      owed: z.boolean(),
    }),
  ),
  closedMs: z.nullable(epochMs),
});
export type Dispute = z.infer<typeof dispute>;

/** What opens a dispute, beside what it is about. */
export const disputing = { reasonCode: disputeReason, text: words };

const entryParams = z.extend(householdParams, { entryId: z.string().check(z.minLength(1), z.maxLength(200)) });

export const readDispute = route({
  name: 'readDispute',
  method: 'GET',
  path: '/v1/households/{householdId}/rewards/{entryId}/dispute',
  auth: 'resident',
  summary: 'The dispute about an entry, by whomever it was opened; null: there is none',
  params: entryParams,
  query: nothing,
  body: nothing,
  answer: z.object({ dispute: z.nullable(dispute) }),
});

export const openDispute = route({
  name: 'openDispute',
  method: 'POST',
  path: '/v1/households/{householdId}/rewards/{entryId}/dispute',
  auth: 'resident',
  summary: 'Says that an entry is wrong; the operator answers within 30 days',
  params: entryParams,
  query: nothing,
  body: z.object(disputing),
  answer: dispute,
});

export const closeDispute = route({
  name: 'closeDispute',
  method: 'DELETE',
  path: '/v1/households/{householdId}/rewards/{entryId}/dispute',
  auth: 'resident',
  summary: 'Closes a dispute that this household opened: taken back, or content with the answer',
  params: entryParams,
  query: nothing,
  body: nothing,
  answer: dispute,
});

export const listDisputes = route({
  name: 'listDisputes',
  method: 'GET',
  path: '/v1/disputes',
  auth: 'operator',
  summary: 'Disputes that wait for an answer, and those that were upheld and wait for a correction',
  params: nothing,
  query: z.object({ waiting: z.enum(['answer', 'correction']), cursor: z.optional(z.string()) }),
  body: nothing,
  answer: z.object({
    disputes: z.array(z.object({ householdId: z.string(), entryId: z.string(), dispute })),
    cursor: z.nullable(z.string()),
  }),
});

export const answerDispute = route({
  name: 'answerDispute',
  method: 'POST',
  path: '/v1/disputes/{householdId}/{entryId}',
  auth: 'operator',
  summary:
    'Answers a dispute: upheld (a correction is owed), rejected (the entry stands), corrected (a later revision has put it right). The entry itself never changes',
  params: entryParams,
  query: nothing,
  body: z.object({ outcome: z.enum(DISPUTE_OUTCOMES), text: words, reason: staffReason }),
  answer: dispute,
});
