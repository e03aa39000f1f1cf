import * as z from 'zod/mini';
import { DISCOUNT_CODES } from './rows/deductions.ts';
import { VOLTAGES } from './rows/residential.ts';

/** What a bill is made of, as a value: the model computes it, the contract answers it. Money is whole won, use whole kWh. */

const date = z.string();
const won = z.int();
const kwh = z.int();

/** A row of the tariff sheet as the bill used it; its own figures stand beside these. */
const usedRow = z.looseObject({
  id: z.string(),
  effectiveFrom: date,
  effectiveTo: z.nullable(date),
  source: z.string(),
  confidence: z.enum(['verified', 'single source', 'derived', 'unverified']),
  checkedAt: date,
});

const deductionItem = z.enum([...DISCOUNT_CODES, 'FREEZE', 'LE200', 'EU']);

/** The tier that the whole use reaches, `super` above 1,000 kWh in summer and winter. */
export const tier = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal('super')]);
export type Tier = z.infer<typeof tier>;

const perBand = z.object({ off: z.nullable(z.int()), mid: z.nullable(z.int()), peak: z.nullable(z.int()) });

const billSegment = z.object({
  from: date,
  to: date,
  season: z.string(),
  days: z.int(),
  kwh,
  /** progressive: the tier under this segment's limits, and the use in each tier up to it */
  tier: z.nullable(tier),
  tierKwh: z.readonly(z.array(kwh)),
  /** time-of-use: the use in each band */
  bandKwh: z.nullable(z.object({ off: kwh, mid: kwh, peak: kwh })),
});

export const bill = z.object({
  status: z.literal('priced'),
  voltage: z.enum(VOLTAGES),
  plan: z.enum(['progressive', 'tou']),
  period: z.object({ from: date, to: date, days: z.int(), monthDays: z.int() }),
  /** billed use */
  kwh,
  /** time-of-use: what the base charge is for */
  contractKw: z.nullable(z.int()),
  /** discounts the household holds */
  discounts: z.readonly(z.array(z.enum(DISCOUNT_CODES))),
  /** seasons with their days, `other:16+summer:14` */
  split: z.string(),
  /** elec = base + energy + climate + fuel − discount + minimum; bill = elec + vat + fund − truncated */
  won: z.object({
    base: won,
    energy: won,
    climate: won,
    /** may be negative */
    fuel: won,
    /** sum of the deductions, as a positive number */
    discount: won,
    /** what lifts the electricity charge to the monthly minimum */
    minimum: won,
    elec: won,
    vat: won,
    fund: won,
    /** the won below ten that are not billed */
    truncated: won,
    bill: won,
  }),
  /** in the order of the sheet */
  deductions: z.readonly(z.array(z.object({ item: deductionItem, won }))),
  /** the highest tier reached in any segment; null for time-of-use */
  tier: z.nullable(tier),
  /** what one more kWh adds to the bill, deductions and truncation included; by band for time-of-use; null where unsupported */
  marginalWon: z.union([won, perBand]),
  segments: z.readonly(z.array(billSegment)),
  netMetering: z.nullable(
    z.object({ importKwh: kwh, exportKwh: kwh, carriedInKwh: kwh, creditedKwh: kwh, carriedOutKwh: kwh }),
  ),
  /** true: a figure of this bill may still change; the reasons say which and why */
  provisional: z.boolean(),
  provisionalReasons: z.readonly(z.array(z.object({ code: z.string(), reason: z.string() }))),
  rows: z.readonly(z.array(usedRow)),
});
export type Bill = z.infer<typeof bill>;
