import * as z from 'zod/mini';

export const refusalCode = z.enum([
  'unknown-voltage',
  'unknown-plan',
  'unknown-discount',
  'bad-kwh',
  'bad-contract-kw',
  'bad-date',
  'reversed-period',
  'period-too-long',
  'overlapping-periods',
  'no-tariff-row',
  'unknown-parameter',
]);
export type RefusalCode = z.infer<typeof refusalCode>;

/** The request cannot be priced as it stands: which part of it, and what to do. */
export const refusal = z.object({
  status: z.literal('refused'),
  code: refusalCode,
  at: z.string(),
  detail: z.string(),
});
export type Refusal = z.infer<typeof refusal>;

/** The request is sound, but the sheet does not say what it costs. */
export const unsupported = z.object({
  status: z.literal('unsupported'),
  code: z.enum([
    'tou-above-1000-kwh',
    'tou-high-voltage',
    'tou-net-metering',
    'tou-without-bands',
    'tou-unknown-region',
  ]),
  reason: z.string(),
});
export type Unsupported = z.infer<typeof unsupported>;

export const refused = (code: RefusalCode, at: string, detail: string): Refusal => ({
  status: 'refused',
  code,
  at,
  detail,
});
