import * as z from 'zod/mini';
import { epochMs, householdParams, nothing } from './nouns.ts';
import { staffReason } from './proofs.ts';
import { route } from './route.ts';

/** Somebody who is not of the household read or changed something of it. Each entry holds the hash of the one before. */
export const accessEntry = z.object({
  seq: z.int(),
  atMs: epochMs,
  /** the partner or the staff member, by an id that stays the same */
  who: z.object({ kind: z.enum(['staff', 'partner']), id: z.string() }),
  /** a code such as `look-up`, for the app to say in its own words */
  what: z.string(),
  why: z.string(),
  hash: z.string(),
});
export type AccessEntry = z.infer<typeof accessEntry>;

/** What the partners among the entries are called now, by their ids; one that is no more has its id alone. */
const partners = z.record(z.string(), z.string());

export const readAccessLog = route({
  name: 'readAccessLog',
  method: 'GET',
  path: '/v1/households/{householdId}/access-log',
  auth: 'resident',
  beforeProof: true,
  summary: 'Which partner or staff member read or changed what, when and why, newest first',
  params: householdParams,
  query: z.object({ cursor: z.optional(z.string()) }),
  body: nothing,
  answer: z.object({
    entries: z.array(accessEntry),
    partners,
    cursor: z.nullable(z.string()),
  }),
});

export const lookUp = route({
  name: 'lookUp',
  method: 'POST',
  path: '/v1/look-ups',
  auth: 'operator',
  summary: 'What is known of a household by an opaque id, without its readings; the resident sees who looked and why',
  params: nothing,
  query: nothing,
  body: z.object({
    by: z.enum(['household', 'telemetry', 'gateway', 'device']),
    id: z.string().check(z.minLength(1), z.maxLength(64)),
    reason: staffReason,
  }),
  answer: z.object({
    householdId: z.string(),
    buildingType: z.string(),
    region: z.nullable(z.string()),
    members: z.int(),
    proof: z.string(),
    devices: z.array(
      z.object({ deviceId: z.string(), kind: z.string(), status: z.string(), lastSeenMs: z.nullable(epochMs) }),
    ),
  }),
});

export const readAudit = route({
  name: 'readAudit',
  method: 'GET',
  path: '/v1/audit/{householdId}',
  auth: 'auditor',
  summary: 'The access log of a household, and whether its chain of hashes is whole',
  params: householdParams,
  query: z
    .object({
      reason: staffReason,
      cursor: z.optional(z.string()),
      /** number and hash of an entry that is known from an audit before or from the archive of the bus: it has to be in the log */
      after: z.optional(z.string().check(z.regex(/^[1-9]\d{0,9}$/))),
      hash: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
    })
    .check(z.refine(({ after, hash }) => (after === undefined) === (hash === undefined), 'after and hash go together')),
  body: nothing,
  answer: z.object({ entries: z.array(accessEntry), partners, cursor: z.nullable(z.string()), isWhole: z.boolean() }),
});
