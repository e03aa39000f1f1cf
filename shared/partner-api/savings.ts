import * as z from 'zod/mini';
import { quality } from '@hems/models/reading/quality';
import { localDate, nothing, wh } from '../api/nouns.ts';
import { unit } from '../api/programmes.ts';
import { cursor, limit, participant, programmeId, settledPeriod } from './participants.ts';
import { partnerRoute } from './route.ts';

export const verifiedSaving = z.object({
  baselineWh: wh,
  usedWh: wh,
  /** negative: more was used than the baseline says */
  savedWh: wh,
  /** of the baseline; null: its history is too short to say */
  interval: z.nullable(z.object({ lowWh: z.number(), highWh: z.number(), confidencePercent: z.number() })),
  method: z.string(),
  methodVersion: z.int(),
  quality,
});

export const saving = z.object({
  participant,
  period: settledPeriod,
  /** the last day of the period */
  endsOn: localDate,
  unit,
  /** what the period is worth in all, corrections included; whole won or points */
  amount: z.int(),
  ruleVersion: z.string(),
  /** SHA-256 of the frozen inputs, as in the settlement file */
  inputsHash: z.string(),
  /** final: late readings change the period no more */
  state: z.enum(['provisional', 'final']),
  saving: verifiedSaving,
});
export type Saving = z.infer<typeof saving>;

export const listSavings = partnerRoute({
  name: 'listSavings',
  method: 'GET',
  path: '/partner/v1/programmes/{programme}/savings/{period}',
  scope: 'savings:read',
  summary:
    'Verified savings of a settled period, household by household, of those that agree to it as of now: who withdraws is missing from the next page on',
  params: z.object({ programme: programmeId, period: settledPeriod }),
  query: z.object({ limit, cursor: z.optional(cursor) }),
  body: nothing,
  answer: z.object({ savings: z.array(saving), cursor: z.nullable(z.string()) }),
});
