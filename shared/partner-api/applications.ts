import * as z from 'zod/mini';
import { REJECTION_REASONS } from '@hems/models/incentive/rejection';
import { APPLICATION_STATES } from '@hems/models/incentive/application';
import { nothing } from '../api/nouns.ts';
import { enrolment } from '../api/programmes.ts';
import { cursor, limit, participant, programmeId } from './participants.ts';
import { partnerRoute } from './route.ts';

const applicationState = z.enum(APPLICATION_STATES);
const { state, from, withdrawnOn, answers, history } = enrolment.shape;
/** An application as its office is told of it; `history`: each step with its day, oldest first. */
export const application = z.object({
  participant,
  programme: programmeId,
  state,
  from,
  withdrawnOn,
  answers,
  history,
});
export type Application = z.infer<typeof application>;

const ofProgramme = z.object({ programme: programmeId });
const ofApplication = z.object({ programme: programmeId, participant });

export const listApplications = partnerRoute({
  name: 'listApplications',
  method: 'GET',
  path: '/partner/v1/programmes/{programme}/applications',
  scope: 'applications:read',
  summary:
    'Applications in a state, of households that agree to be shown to an office; each household sees in its access log that you read it',
  params: ofProgramme,
  query: z.object({ state: applicationState, limit, cursor: z.optional(cursor) }),
  body: nothing,
  answer: z.object({ applications: z.array(application), cursor: z.nullable(z.string()) }),
});

export const readApplication = partnerRoute({
  name: 'readApplication',
  method: 'GET',
  path: '/partner/v1/programmes/{programme}/applications/{participant}',
  scope: 'applications:read',
  summary: 'One application or enrolment with its steps',
  params: ofApplication,
  query: nothing,
  body: nothing,
  answer: application,
});

const words = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));
export const decideApplication = partnerRoute({
  name: 'decideApplication',
  method: 'POST',
  path: '/partner/v1/programmes/{programme}/applications/{participant}/decision',
  scope: 'applications:write',
  summary:
    'Moves an application one step: under-review, then approved or rejected (with a code and words that the resident reads), then paid once a credit is confirmed',
  params: ofApplication,
  query: nothing,
  body: z
    .strictObject({
      to: z.enum(['under-review', 'approved', 'rejected', 'paid']),
      reasonCode: z.optional(z.enum(REJECTION_REASONS)),
      reason: z.optional(words),
    })
    .check(
      z.refine(
        ({ to, reasonCode, reason }) =>
          to === 'rejected' ? reasonCode !== undefined && reason !== undefined : reasonCode === undefined,
        'reasonCode and reason go with rejected, both of them; reasonCode with nothing else',
      ),
    ),
  answer: application,
});
