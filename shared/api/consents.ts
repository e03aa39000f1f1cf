import * as z from 'zod/mini';
import { CONSENT_PURPOSES } from '@hems/models/household/consents';
import { epochMs, householdParams, nothing } from './nouns.ts';
import { route } from './route.ts';

const consentPurpose = z.enum(CONSENT_PURPOSES);

export const consentRow = z.object({
  purpose: consentPurpose,
  granted: z.boolean(),
  /** of the text now in force; the app holds the text itself in both languages */
  textVersion: z.int(),
  /** the text that was agreed to, and when it was said last; null: never asked */
  saidTextVersion: z.nullable(z.int()),
  saidMs: z.nullable(epochMs),
  history: z.array(z.object({ granted: z.boolean(), textVersion: z.int(), atMs: epochMs, personId: z.string() })),
});
export type ConsentRow = z.infer<typeof consentRow>;
const consents = z.object({ householdId: z.string(), consents: z.array(consentRow) });
export type Consents = z.infer<typeof consents>;

export const readConsents = route({
  name: 'readConsents',
  method: 'GET',
  path: '/v1/households/{householdId}/consents',
  auth: 'resident',
  beforeProof: true,
  summary: 'What the household has agreed to, purpose by purpose, with its history',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: consents,
});

export const setConsent = route({
  name: 'setConsent',
  method: 'PUT',
  path: '/v1/households/{householdId}/consents/{purpose}',
  auth: 'resident',
  beforeProof: true,
  summary: 'Agrees to a purpose or withdraws; a withdrawal stops its feed within five minutes',
  params: z.extend(householdParams, { purpose: consentPurpose }),
  query: nothing,
  body: z.object({ granted: z.boolean(), textVersion: z.int() }),
  answer: consents,
});
