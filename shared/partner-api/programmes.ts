import * as z from 'zod/mini';
import { localDate, nothing } from '../api/nouns.ts';
import { payer, unit } from '../api/programmes.ts';
import { programmeId } from './participants.ts';
import { partnerRoute } from './route.ts';

const version = z.object({
  id: z.string(),
  effectiveFrom: localDate,
  /** null: until another one begins */
  effectiveTo: z.nullable(localDate),
  source: z.string(),
  confidence: z.string(),
  /** what of it may still change, and why */
  provisional: z.nullable(z.object({ code: z.string(), reason: z.string() })),
  /** the rule as data: what rewards of this version are worked out by */
  rule: z.record(z.string(), z.unknown()),
});
const programme = z.object({
  programme: programmeId,
  payer,
  unit,
  period: z.enum(['month', 'half-year', 'event', 'challenge']),
  conditions: z.array(z.string()),
  /** the version in force today; null: none is */
  inForce: z.nullable(z.string()),
  versions: z.array(version),
});

export const listProgrammes = partnerRoute({
  name: 'listProgrammes',
  method: 'GET',
  path: '/partner/v1/programmes',
  scope: 'programmes:read',
  sandbox: true,
  summary:
    'The incentive programmes that you are the office or the payer of, with every version of their rules as data',
  params: nothing,
  query: nothing,
  body: nothing,
  answer: z.object({ programmes: z.array(programme) }),
});
