import * as z from 'zod/mini';
import { bill } from '@hems/models/tariff/bill-value';
import { projection, tierBar } from '@hems/models/tariff/projection-value';
import { supply } from '@hems/models/household/supply';
import { unsupported } from '@hems/models/tariff/refusal';
import { quality } from '@hems/models/reading/quality';
import { householdParams, localDate, nothing, wh } from './nouns.ts';
import { route } from './route.ts';

export const readRunningBill = route({
  name: 'readRunningBill',
  method: 'GET',
  path: '/v1/households/{householdId}/bill',
  auth: 'resident',
  summary: 'The bill of a meter-reading period: to date, and projected to its end with an 80 % interval',
  params: householdParams,
  /** any day of the period; today without it */
  query: z.object({ date: z.optional(localDate) }),
  body: nothing,
  answer: z.object({
    householdId: z.string(),
    period: z.object({ from: localDate, to: localDate, days: z.int(), daysPassed: z.int() }),
    /** as it was in force in the period */
    supply,
    supplyAssumed: z.boolean(),
    use: z.object({
      importWh: wh,
      exportWh: wh,
      /** days of the period before today of which nothing is known; their use is not in the sums */
      missingDays: z.int(),
      quality,
    }),
    /** what the bill would be if nothing more were used */
    toDate: z.union([bill, unsupported]),
    /** null once the period is over; a reason where it cannot be said */
    projected: z.nullable(projection),
    /** progressive plans only */
    tierBar: z.nullable(tierBar),
  }),
});
export type RunningBill = z.infer<typeof readRunningBill.answer>;
export type TierBar = z.infer<typeof tierBar>;
