import * as z from 'zod/mini';
import { tier } from './bill-value.ts';

/** What a meter-reading period is projected to come to, as a value: the model computes it, the contract answers it. */

const date = z.string();

/** Three figures of one distribution: one case in ten lies below `low`, one in ten above `high`. */
export const range = z.object({ low: z.int(), middle: z.int(), high: z.int() });
export type Range = z.infer<typeof range>;

export const projection = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('projected'),
    billWon: range,
    /** drawn from the grid in the whole period */
    useWh: range,
    /** the interval is meant to hold so many cases of 100 */
    confidencePercent: z.int(),
    method: z.string(),
    version: z.int(),
  }),
  /** never a guess in its place: too little is known of the home, or the sheet does not price what is projected */
  z.object({ status: z.literal('refused'), code: z.string(), detail: z.string() }),
]);
export type Projection = z.infer<typeof projection>;

export const tierBar = z.object({
  /** ascending; the last has no upper limit. In a period that a season's change divides, a tier begins where the first of its parts reaches it */
  tiers: z.array(z.object({ tier, fromKwh: z.int(), toKwh: z.nullable(z.int()) })),
  /** billed use so far: what net metering sets off is off */
  usedKwh: z.int(),
  /** null where nothing is projected */
  projectedKwh: z.nullable(range),
  /** the next limit above the use, where two of ten projected periods or more end above it */
  crossing: z.nullable(
    z.object({
      intoTier: tier,
      atKwh: z.int(),
      /** the middle of the days on which it is crossed */
      date,
      /** one case in ten crosses before it */
      earliest: date,
      /** one case in ten crosses after it; null: in one of ten or more the limit is not reached in this period */
      latest: z.nullable(date),
      /** how many of 100 projected periods end above the limit */
      likelyPercent: z.int(),
      /** likely enough to tell the resident */
      alert: z.boolean(),
    }),
  ),
});
export type TierBar = z.infer<typeof tierBar>;
