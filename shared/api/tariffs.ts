import * as z from 'zod/mini';
import { bill } from '@hems/models/tariff/bill-value';
import { unsupported } from '@hems/models/tariff/refusal';
import { DISCOUNT_CODES } from '@hems/models/tariff/rows/deductions';
import { VOLTAGES } from '@hems/models/tariff/rows/residential';
import { nothing } from './nouns.ts';
import { route } from './route.ts';

const whole = (what: string) =>
  z.pipe(
    z.string().check(z.regex(/^\d{1,7}$/, `write whole ${what}, without a sign or a decimal point`)),
    z.transform(Number),
  );
const kwh = z.optional(whole('kWh'));

/** `A1+B3`; a plus sign in an address reaches us as a space. */
const discounts = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text) => [...new Set(text.split(/[+, ]+/).filter((code) => code !== ''))]),
  ),
  z.array(z.enum(DISCOUNT_CODES, `join codes of ${DISCOUNT_CODES.join(', ')} with a plus sign`)),
);

/** Whether the calendar has the day is for the model to say. */
const day = z.string('is missing; write YYYY-MM-DD').check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'write YYYY-MM-DD'));

/** The parameters of `hems bill`, by the same names. */
export const billQuery = z.strictObject({
  voltage: z.enum(VOLTAGES, 'write low or high'),
  /** a meter-reading period, both days inclusive; shorter than its month when someone moves in or out */
  from: day,
  to: day,
  plan: z._default(z.enum(['progressive', 'tou'], 'write progressive or tou'), 'progressive'),
  kwh,
  /** discount codes the household holds */
  discount: z.optional(discounts),
  'contract-kw': z.optional(whole('kW')),
  'kwh-off': kwh,
  'kwh-mid': kwh,
  'kwh-peak': kwh,
  /** net metering: surplus fed to the grid, and credit left from earlier periods */
  'export-kwh': kwh,
  'carried-kwh': kwh,
  /** take VAT on the supply before netting */
  'vat-on-supply': z.optional(z.stringbool()),
});
export type BillQuery = z.infer<typeof billQuery>;

export const readBill = route({
  name: 'readBill',
  method: 'GET',
  path: '/v1/tariffs/bill',
  auth: 'public',
  summary: 'What a use of electricity costs in a meter-reading period, line by line; holds no household data',
  params: nothing,
  query: billQuery,
  body: nothing,
  answer: z.discriminatedUnion('status', [bill, unsupported]),
});
