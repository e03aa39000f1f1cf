import type { LocalDate } from '../calendar/seoul.ts';
import type { Supply } from './supply.ts';

/** What no contract can be, and what to say instead; undefined: nothing. */
export const supplyProblem = (
  { voltage, plan, discounts, movedIn, movedOut }: Supply,
  today: LocalDate,
): string | undefined => {
  if (plan.plan === 'tou' && voltage === 'high')
    return 'plan: residential time-of-use exists for low voltage only; say voltage low, or plan progressive';
  if (new Set(discounts).size < discounts.length) return 'discounts: name each discount once';
  if (movedIn !== undefined && movedIn > today)
    return `movedIn: ${movedIn} is after today, ${today}; say it once you have moved in`;
  if (movedIn !== undefined && movedOut !== undefined && movedOut <= movedIn)
    return `movedOut: ${movedOut} is not after ${movedIn}, the day of moving in`;
  return undefined;
};
