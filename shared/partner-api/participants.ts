import * as z from 'zod/mini';

/** A household as one partner knows it: opaque, another one for every partner, and gone when the household is. */
export const participant = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/));
export const programmeId = z.string().check(z.regex(/^[a-z0-9-]{1,64}$/));
/** What a programme settles: `2026-10`, `2026-H1` or the id of an event. */
export const settledPeriod = z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,64}$/));
/** `YYYY-MM` */
export const month = z.string().check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/));

/** Where a list goes on: as an answer before gave it, to this partner, for this very list, within the hour. */
export const cursor = z.string().check(z.minLength(1), z.maxLength(100));
const PAGE_MAX = 100;
/** Households of which one answer tells at most. A page may be shorter than asked for, and empty, before the last. */
export const limit = z.optional(
  z.pipe(
    z.string().check(z.regex(/^[1-9]\d{0,2}$/, `write a whole number from 1 to ${PAGE_MAX}`)),
    z.transform((text) => Math.min(PAGE_MAX, Number(text))),
  ),
);
