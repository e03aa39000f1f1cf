import * as z from 'zod/mini';
import { APPLICATION_STATES } from '@hems/models/incentive/application';
import { epochMs, localDate, nothing } from '../api/nouns.ts';
import { participant, programmeId, settledPeriod } from './participants.ts';
import { partnerRoute } from './route.ts';

/** The first and the last moment that the clock of a sandbox shows: 2025-01-01 and 2035-01-01 in Seoul. */
export const SANDBOX_CLOCK = { minMs: 1_735_657_200_000, maxMs: 2_051_190_000_000 } as const;
/** Where the clock stands after a reset that does not say: 2026-11-02 00:00 in Seoul. */
export const SANDBOX_STARTS_MS = 1_793_545_200_000;
const SANDBOX_HOMES_MAX = 20;
/** The latest are kept. */
export const HAPPENINGS_MAX = 50;

const clockMs = z.int().check(z.minimum(SANDBOX_CLOCK.minMs), z.maximum(SANDBOX_CLOCK.maxMs));
const hour = z.int().check(z.minimum(0), z.maximum(24));

export const happening = z.discriminatedUnion('kind', [
  /** two homes in three take part, and draw a fifth less in these hours (Korean time, `toHour` exclusive) */
  z.strictObject({
    kind: z.literal('saving-event'),
    programme: programmeId,
    date: localDate,
    fromHour: hour,
    toHour: hour,
  }),
  z.strictObject({
    kind: z.literal('application'),
    programme: programmeId,
    participant,
    state: z.enum(APPLICATION_STATES),
  }),
  z.strictObject({ kind: z.literal('settlement'), programme: programmeId, period: settledPeriod }),
  /** from then on the home is read no more */
  z.strictObject({ kind: z.literal('withdrawal'), participant }),
  z.strictObject({ kind: z.literal('ping') }),
]);
export type Happening = z.infer<typeof happening>;

const happened = z.object({ happeningId: z.string(), atMs: epochMs, what: happening });
export const sandbox = z.object({
  seed: z.int(),
  /** what the clock of the sandbox shows; it stands still until it is moved */
  nowMs: epochMs,
  homes: z.array(
    z.object({
      participant,
      building: z.enum(['apartment', 'house', 'villa']),
      people: z.int(),
      areaM2: z.number(),
      solarKwp: z.number(),
      batteryWh: z.int(),
      /** it agrees that you read what it uses */
      agrees: z.boolean(),
    }),
  ),
  /** oldest first */
  happenings: z.array(happened),
});

const base = { scope: 'sandbox:write', sandbox: true, params: nothing, query: nothing } as const;

export const readSandbox = partnerRoute({
  ...base,
  name: 'readSandbox',
  method: 'GET',
  path: '/partner/v1/sandbox',
  summary: 'Your made-up homes, your clock, and what you had happen',
  body: nothing,
  answer: sandbox,
});

export const resetSandbox = partnerRoute({
  ...base,
  name: 'resetSandbox',
  method: 'POST',
  path: '/partner/v1/sandbox/resets',
  summary:
    'Begins anew, as the seed has it: the same seed gives the same homes and, at the same time of the clock, the same readings',
  body: z.strictObject({
    seed: z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1)),
    homes: z.int().check(z.minimum(1), z.maximum(SANDBOX_HOMES_MAX)),
    nowMs: z.optional(clockMs),
  }),
  answer: sandbox,
});

export const setSandboxClock = partnerRoute({
  ...base,
  name: 'setSandboxClock',
  method: 'PUT',
  path: '/partner/v1/sandbox/clock',
  summary: 'Sets the clock of the sandbox, or moves it on. Signatures, nonces and idempotency go by the real time',
  body: z.union([
    z.strictObject({ nowMs: clockMs }),
    z.strictObject({ advanceMs: z.int().check(z.minimum(1), z.maximum(SANDBOX_CLOCK.maxMs)) }),
  ]),
  answer: sandbox,
});

export const addHappening = partnerRoute({
  ...base,
  name: 'addHappening',
  method: 'POST',
  path: '/partner/v1/sandbox/happenings',
  summary: 'Has something happen to your made-up homes, and tells your webhooks of it as if it were real',
  body: happening,
  answer: z.object({ happeningId: z.string(), /** endpoints that are told */ told: z.int() }),
});

export const SANDBOX_CHECKS = [
  'signed-read',
  'signed-write',
  'green-button',
  'replay-refused',
  'skew-refused',
  'altered-refused',
  'idempotency-replayed',
  'webhook-echoed',
  'webhook-delivered',
] as const;

export const readReport = partnerRoute({
  ...base,
  name: 'readSandboxReport',
  method: 'GET',
  path: '/partner/v1/sandbox/report',
  summary: 'What your client has shown that it can do, and what is still to try',
  body: nothing,
  answer: z.object({
    checks: z.array(
      z.object({
        check: z.enum(SANDBOX_CHECKS),
        done: z.boolean(),
        /** how to do it */
        how: z.string(),
      }),
    ),
    /** each route that answered you, and when it did for the first time */
    answered: z.record(z.string(), epochMs),
  }),
});
