import * as z from 'zod/mini';
import { dateOfDayNumber, dayNumber } from '@hems/models/calendar/seoul';

/** Parts that several nouns of the contract share. */
export const nothing = z.object({});
export const householdParams = z.object({ householdId: z.string().check(z.minLength(1), z.maxLength(64)) });
export const localDate = z.string().check(
  z.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { abort: true }),
  z.refine((date) => dateOfDayNumber(dayNumber(date)) === date, 'the calendar has no such day'),
);
/** epoch ms, UTC */
export const epochMs = z.int();
export const wh = z.int();
