import * as z from 'zod/mini';
import { epochMs, nothing, wh } from '../api/nouns.ts';
import { month } from './participants.ts';
import { partnerRoute } from './route.ts';

/** Hidden: too few homes, or one too large among them, or it would tell such a neighbour. */
export const aggregate = z.discriminatedUnion('shown', [
  z.object({ shown: z.literal(false) }),
  z.object({
    shown: z.literal(true),
    /** rounded down to five */
    homes: z.int(),
    /** grid use, rounded to the step */
    useWh: wh,
    useStepWh: wh,
    /** bill of the baseline less the bill, rounded to the step; null: hidden though the use is shown */
    saved: z.nullable(z.object({ won: z.int(), stepWon: z.int() })),
  }),
]);

export const readAggregates = partnerRoute({
  name: 'readAggregates',
  method: 'GET',
  path: '/partner/v1/aggregates/{month}',
  scope: 'aggregates:read',
  summary:
    'Use and savings of a month by province and district, of homes that agreed to it. Published once, when late readings change the month no more, and never again: asking twice gives the same figures. Districts need not add up to their province',
  params: z.object({ month }),
  query: nothing,
  body: nothing,
  answer: z.object({
    month,
    publishedMs: epochMs,
    provinces: z.array(
      z.object({ province: z.string(), total: aggregate, districts: z.record(z.string(), aggregate) }),
    ),
  }),
});
