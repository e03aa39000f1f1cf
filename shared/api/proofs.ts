import * as z from 'zod/mini';
import { epochMs, householdParams, localDate, nothing } from './nouns.ts';
import { place, proofState, residenceCode, waitingProof } from './onboarding.ts';
import { route } from './route.ts';

/** Why staff look: kept as it is, and shown to the resident. No mail address and no number that leads to a person gets into it. */
export const staffReason = z.string().check(
  z.trim(),
  z.minLength(8),
  z.maxLength(300),
  z.refine(
    (text) => !/[@＠]|\p{Nd}{6}/u.test(text),
    'name nobody in it: no mail address, and no number of six digits or more',
  ),
);

export const listProofs = route({
  name: 'listProofs',
  method: 'GET',
  path: '/v1/proofs',
  auth: 'operator',
  summary: 'Households that wait for an operator to say whether somebody lives there, the longest first',
  params: nothing,
  query: z.object({ cursor: z.optional(z.string().check(z.regex(/^\d{1,15}\.[A-Za-z0-9_-]{1,64}$/))) }),
  body: nothing,
  answer: z.object({ waiting: z.array(waitingProof), cursor: z.nullable(z.string()) }),
});

export const decideProof = route({
  name: 'decideProof',
  method: 'POST',
  path: '/v1/proofs/{householdId}',
  auth: 'operator',
  summary: 'Approves or refuses a residence, or unlocks it after ten wrong codes',
  params: householdParams,
  query: nothing,
  body: z.discriminatedUnion('decision', [
    z.object({
      decision: z.literal('approve'),
      reason: staffReason,
      /** the address on the document that was shown; of a household that says another one nothing is approved */
      residence: z.pick(place, { address: true, unit: true, postalCode: true }),
    }),
    z.object({ decision: z.literal('refuse'), reason: staffReason }),
    z.object({ decision: z.literal('unlock'), reason: staffReason }),
  ]),
  answer: proofState,
});

export const issueCodes = route({
  name: 'issueCodes',
  method: 'POST',
  path: '/v1/residence-codes',
  auth: 'operator',
  summary: 'Makes a code for each flat of a building, for the building to hand out; shown once',
  params: nothing,
  query: nothing,
  body: z.object({
    /** road and number, and the postal code: as the residents will write it */
    address: place.shape.address,
    postalCode: place.shape.postalCode,
    units: z.array(place.shape.unit).check(z.minLength(1), z.maxLength(200)),
    expiresOn: localDate,
  }),
  answer: z.object({ codes: z.array(z.object({ unit: z.string(), code: residenceCode })), expiresMs: epochMs }),
});
