import * as z from 'zod/mini';
import { quality } from '../reading/quality.ts';

/** The daily item: what is kept of one Korean day of a household, for its life. Energy whole Wh, money whole won, CO2 whole grams. */

const wh = z.optional(z.int().check(z.gte(0)));
/** Absent: not known, or the household has no such device. */
export const flows = {
  importWh: wh,
  exportWh: wh,
  solarWh: wh,
  toBatteryWh: wh,
  fromBatteryWh: wh,
  loadWh: wh,
};

const bands = z.object({ off: z.int(), mid: z.int(), peak: z.int() });
export type BandWh = z.infer<typeof bands>;

/** Of the expected use: holds the use in so many of 100 cases; null where the history is too short to say. */
export const expectedInterval = z.nullable(z.object({ lowWh: z.int(), highWh: z.int(), confidencePercent: z.int() }));

/** What a day saved against the household's own baseline, or why that cannot be said. */
export const daySaving = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('saved'),
    method: z.string(),
    version: z.int(),
    expectedWh: z.int(),
    /** the expected use by time bands, shaped like the days it rests on; where the contract is by time of use */
    expectedBandWh: z.optional(bands),
    interval: expectedInterval,
    /** expected − grid use; negative: more was used */
    savedWh: z.int(),
    /**
     * what the day changed of bill(baseline) − bill(actual) of its billing period so far, for sums over the period: of the day alone it may
     * have the other sign than `savedWh`, where the days before put the two bills into different tiers; null where no tariff row holds
     */
    savedWon: z.nullable(z.int()),
    /**
     * what `savedWh` are worth: bill(actual so far + saved) − bill(actual so far) of the billing period, linear between whole kWh, with the sign
     * of `savedWh`; null where no tariff row holds; absent in items from before it was made
     */
    worthWon: z.optional(z.nullable(z.int())),
    savedCo2G: z.int(),
    quality,
    remarks: z.array(z.string()),
  }),
  z.object({
    status: z.literal('refused'),
    method: z.string(),
    version: z.int(),
    code: z.string(),
    detail: z.string(),
  }),
]);
export type DaySaving = z.infer<typeof daySaving>;

export const dayItem = z.object({
  date: z.string(),
  ...flows,
  quality,
  /** quarter hours without any knowledge of the load */
  missingSlots: z.int(),
  /** quarter hours whose grid use is not known: with any, `importWh` is a part of the day's; absent: none */
  missingImportSlots: z.optional(z.int()),
  /** devices of the home not heard of since the day ended, so that their next word may still change it; absent: none */
  unheard: z.optional(z.int()),
  /** `measured`: derived from this platform's readings; the others were handed in as totals */
  source: z.enum(['measured', 'imported', 'simulated']),
  /**
   * grid use by the time bands of the residential time-of-use sheet, as the hours of each region have them; absent where no
   * quarter hours are held, or no row of the region reaches the day
   */
  bandWh: z.optional(z.object({ mainland: z.optional(bands), jeju: z.optional(bands) })),
  /**
   * What the day added to the bill of its period; the days of a period add up to its bill. Its first day carries what the
   * period costs without any use.
   */
  cost: z.optional(
    z.object({
      won: z.int(),
      /** a tariff row behind it may still change */
      provisional: z.boolean(),
      /** the household has not said how it is supplied */
      supplyAssumed: z.optional(z.boolean()),
      /** net metering: credit with which the period began, whole kWh */
      carriedInKwh: z.optional(z.int()),
    }),
  ),
  /** footprint of the grid use; what the roof avoided at home, and by export */
  co2: z.optional(z.object({ footprintG: z.int(), avoidedSelfG: z.int(), avoidedExportG: z.int(), row: z.string() })),
  /** of the 30 days that end with this one; our own convention, not official */
  score: z.optional(z.object({ score: z.int(), grade: z.enum(['A+', 'A', 'B', 'C', 'D', 'E']) })),
  saving: z.optional(daySaving),
  /** why a figure is absent, by its code: what is not known is never 0 */
  withheld: z.optional(
    z.object({ cost: z.optional(z.string()), co2: z.optional(z.string()), score: z.optional(z.string()) }),
  ),
  /** 0 when first derived; each correction adds one */
  revision: z.int(),
  /** what the figures rest on beside the days: contract, area, rows and methods, as a fingerprint */
  basis: z.optional(z.string()),
  /** SHA-256 of the canonical JSON of everything the figures rest on; empty: the figures are still to be made */
  inputsHash: z.string(),
});
export type DayItem = z.infer<typeof dayItem>;

/** Late readings change a day for so long; after that its figures are final. */
export const FINAL_AFTER_DAYS = 30;
