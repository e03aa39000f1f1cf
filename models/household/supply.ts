import * as z from 'zod/mini';
import { dateOfDayNumber, dayNumber } from '../calendar/seoul.ts';
import { DISCOUNT_CODES } from '../tariff/rows/deductions.ts';
import { VOLTAGES } from '../tariff/rows/residential.ts';

export const calendarDay = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/, { abort: true }),
  z.refine((date) => dateOfDayNumber(dayNumber(date)) === date, 'the calendar has no such day'),
);

/** How a household is supplied, as its bill needs it: what the contract says, not what the meter measures. */
export const supply = z.object({
  voltage: z.enum(VOLTAGES),
  plan: z.discriminatedUnion('plan', [
    z.object({ plan: z.literal('progressive') }),
    z.object({ plan: z.literal('tou'), contractKw: z.int().check(z.gte(1), z.lte(1000)) }),
  ]),
  /** the day on which the meter is read 검침일; the period begins with it */
  readingDay: z.union([z.int().check(z.gte(1), z.lte(28)), z.literal('month-end')]),
  discounts: z.array(z.enum(DISCOUNT_CODES)),
  /** solar surplus is set off against the grid's supply 상계거래 */
  netMetering: z.boolean(),
  /** the day of moving in, where the first period is a part of one; it counts */
  movedIn: z.optional(calendarDay),
  /** the day of moving out, where the last period is a part of one; it does not count */
  movedOut: z.optional(calendarDay),
});
export type Supply = z.infer<typeof supply>;

/** What is assumed of a household that has not said: the most common contract, read on the first. Every figure made with it says so. */
export const ASSUMED_SUPPLY: Supply = {
  voltage: 'low',
  plan: { plan: 'progressive' },
  readingDay: 1,
  discounts: [],
  netMetering: false,
};
