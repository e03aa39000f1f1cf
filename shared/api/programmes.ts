import * as z from 'zod/mini';
import { REJECTION_REASONS } from '@hems/models/incentive/rejection';
import { quality } from '@hems/models/reading/quality';
import { householdParams, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

export const payer = z.enum(['us', 'partner', 'utility', 'municipality', 'aggregator']);
export const unit = z.enum(['won', 'points']);
const condition = z.enum([
  'residential-contract',
  'registered-at-address',
  'unit-use-is-submitted',
  'in-no-other-utility-programme',
  'hourly-meter',
  'registered-appliance',
  'lives-outside-seoul',
  'lives-in-the-scheme-area',
  'contract-of-200-kw-or-less',
  'joined-through-an-aggregator',
]);
const answers = z.partialRecord(condition, z.boolean());

/** `enrolled`: in force at once, programmes of our own. The others are the office's: applied → under-review → approved | rejected → paid. */
const enrolmentState = z.enum(['enrolled', 'applied', 'under-review', 'approved', 'rejected', 'paid', 'withdrawn']);
/** Steps an office still has to take: what applications are listed by. */
export const openApplicationState = z.enum(['applied', 'under-review', 'approved']);
/** the baseline method fixed for a home, in programmes that leave a choice of it; `fit`: the one with the smallest error */
const baselineMethod = z.object({
  method: z.string(),
  by: z.enum(['fit', 'rule']),
  /** relative root mean square error over the days before enrolment; null: too few of them are known */
  fits: z.array(z.object({ method: z.string(), rrmse: z.nullable(z.number()) })),
});
export const enrolment = z.object({
  programme: z.string(),
  state: enrolmentState,
  /** the first day that counts */
  from: localDate,
  withdrawnOn: z.nullable(localDate),
  answers,
  /** each step with its day, oldest first; a method holds from the step it was fixed with to the next withdrawal */
  history: z.array(
    z.object({
      state: enrolmentState,
      on: localDate,
      reason: z.optional(z.string()),
      reasonCode: z.optional(z.enum(REJECTION_REASONS)),
      baselineMethod: z.optional(baselineMethod),
    }),
  ),
});
export type Enrolment = z.infer<typeof enrolment>;

const provisional = z.array(z.object({ code: z.string(), reason: z.string() }));
export const programmeView = z.object({
  programme: z.string(),
  payer,
  unit,
  period: z.enum(['month', 'half-year', 'event', 'challenge']),
  /** the version in force today; null: none is */
  version: z.nullable(
    z.object({
      id: z.string(),
      effectiveFrom: localDate,
      effectiveTo: z.nullable(localDate),
      source: z.string(),
      confidence: z.string(),
      provisional,
    }),
  ),
  /** every condition, and what is known of it */
  conditions: z.array(z.object({ condition, met: z.nullable(z.boolean()) })),
  eligible: z.nullable(z.boolean()),
  /** what the household must have agreed to, because figures of it leave the house; null: none do */
  consent: z.nullable(z.object({ purpose: z.literal('government'), granted: z.boolean() })),
  enrolment: z.nullable(enrolment),
});
export type ProgrammeView = z.infer<typeof programmeView>;

/** What a simulated period was held against. */
const heldAgainst = z.object({
  method: z.string(),
  version: z.int(),
  wh: z.int(),
  quality,
  remarks: z.array(z.string()),
});

const programmeParams = z.extend(householdParams, { programme: z.string().check(z.minLength(1), z.maxLength(64)) });

export const listProgrammes = route({
  name: 'listProgrammes',
  method: 'GET',
  path: '/v1/households/{householdId}/programmes',
  auth: 'resident',
  summary: 'Incentive programmes with eligibility, condition by condition, and how the household stands in each',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.object({ householdId: z.string(), programmes: z.array(programmeView) }),
});

/** What a simulation takes for granted. */
export const assumption = z.enum([
  'took-part-throughout',
  'regional-mean-reached',
  'earlier-wins-from-the-same-simulation',
  'standard-use-not-counted',
  'baseline-method-by-fit-or-rule',
  'latest-events-only',
]);

export const simulateProgramme = route({
  name: 'simulateProgramme',
  method: 'GET',
  path: '/v1/households/{householdId}/programmes/{programme}/simulation',
  auth: 'resident',
  summary:
    'What the programme would have paid on the past use of the household, period by period, under the rules of the time',
  params: programmeParams,
  query: nothing,
  body: nothing,
  answer: z.object({
    programme: z.string(),
    unit,
    periods: z.array(
      z.discriminatedUnion('status', [
        z.object({
          status: z.literal('reward'),
          period: z.string(),
          version: z.string(),
          amount: z.int(),
          lines: z.array(z.object({ item: z.string(), amount: z.int() })),
          savingBasisPoints: z.nullable(z.int()),
          remarks: z.array(z.string()),
          provisional,
          baseline: heldAgainst,
        }),
        z.object({
          status: z.literal('unpriced'),
          period: z.string(),
          version: z.string(),
          atMost: z.int(),
          savingBasisPoints: z.nullable(z.int()),
          remarks: z.array(z.string()),
          provisional,
          baseline: heldAgainst,
        }),
        z.object({ status: z.literal('refused'), period: z.string(), code: z.string(), detail: z.string() }),
      ]),
    ),
    total: z.int(),
    /** what periods without a published price would have paid at most beside it */
    atMostBeside: z.int(),
    /** why there are no periods; null: there are */
    empty: z.nullable(z.enum(['no-history', 'no-past-events', 'joined-one-by-one'])),
    assumptions: z.array(assumption),
  }),
});
export type Simulation = z.infer<typeof simulateProgramme.answer>;

export const enrol = route({
  name: 'enrol',
  method: 'POST',
  path: '/v1/households/{householdId}/programmes/{programme}/enrolment',
  auth: 'resident',
  summary: 'Takes part in a programme of ours, or applies for one of the government; asking again changes nothing',
  params: programmeParams,
  query: nothing,
  body: z.object({ answers }),
  answer: enrolment,
});

export const withdraw = route({
  name: 'withdraw',
  method: 'DELETE',
  path: '/v1/households/{householdId}/programmes/{programme}/enrolment',
  auth: 'resident',
  summary: 'Ends taking part from tomorrow on; what was settled stays',
  params: programmeParams,
  query: nothing,
  body: nothing,
  answer: enrolment,
});

export const listApplications = route({
  name: 'listApplications',
  method: 'GET',
  path: '/v1/applications',
  auth: 'operator',
  summary: 'Applications to programmes of the government by state',
  params: nothing,
  query: z.object({ state: openApplicationState }),
  body: nothing,
  answer: z.object({ applications: z.array(z.object({ householdId: z.string(), enrolment })) }),
});

export const moveApplication = route({
  name: 'moveApplication',
  method: 'POST',
  path: '/v1/applications/{householdId}/{programme}',
  auth: 'operator',
  summary: 'Moves an application one step: under-review, approved, rejected (with a reason), paid',
  params: programmeParams,
  query: nothing,
  body: z.object({
    to: z.enum(['under-review', 'approved', 'rejected', 'paid']),
    reason: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
  }),
  answer: enrolment,
});
