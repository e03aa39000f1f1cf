import { addDays, dateOfDayNumber, dayNumber, type LocalDate } from '../calendar/seoul.ts';
import { refused, type Refusal } from './refusal.ts';

/** A meter-reading period, both days inclusive. */
export type Period = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** days in the period */
  readonly days: number;
  /** days of the meter-reading month it is, or is part of: monthly amounts and tier widths count `days / monthDays` */
  readonly monthDays: number;
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** A day of the calendar: 2026-02-30 is none. */
const isDate = (text: string): boolean => DATE.test(text) && dateOfDayNumber(dayNumber(text)) === text;

const dayOf = (date: LocalDate): number => Number(date.slice(8));
const firstOfNextMonth = (date: LocalDate): LocalDate => {
  const beyond = addDays(`${date.slice(0, 7)}-28`, 4);
  return `${beyond.slice(0, 7)}-01`;
};
/** Calendar length of the month that contains the date. */
export const monthLength = (date: LocalDate): number => dayOf(addDays(firstOfNextMonth(date), -1));

/** The same day of the next month, or its last day where the month is shorter. */
const sameDayNextMonth = (date: LocalDate): LocalDate => {
  const next = firstOfNextMonth(date);
  return addDays(next, Math.min(dayOf(date), monthLength(next)) - 1);
};
/** From one month end to the next 말일: what a reading on the last day of the month begins. */
const nextMonthEnd = (date: LocalDate): LocalDate => {
  const next = firstOfNextMonth(date);
  return addDays(next, monthLength(next) - 1);
};

/**
 * Days of the meter-reading month of a period of so many days that starts on the date. A whole period has the length from
 * its reading day to the next; a shorter one (moving in or out) is part of a month of calendar length (korea.md 1.6).
 */
const readingMonth = (from: LocalDate, days: number): { monthDays: number; longest: number } => {
  const length = monthLength(from);
  const sameDay = dayNumber(sameDayNextMonth(from)) - dayNumber(from);
  const monthEnd = dayOf(from) === length ? dayNumber(nextMonthEnd(from)) - dayNumber(from) : sameDay;
  const longest = Math.max(sameDay, monthEnd);
  if (days === sameDay || days === monthEnd) return { monthDays: days, longest };
  return { monthDays: days <= length ? length : longest, longest };
};

/** Checks the two days and finds the month they belong to. */
export const periodOf = (from: LocalDate, to: LocalDate): Period | Refusal => {
  const bad = isDate(from) ? (isDate(to) ? undefined : 'to') : 'from';
  if (bad)
    return refused('bad-date', bad, `${bad === 'from' ? from : to} is not a day of the calendar; write YYYY-MM-DD`);
  const days = dayNumber(to) - dayNumber(from) + 1;
  if (days < 1) return refused('reversed-period', 'to', `the period ends on ${to}, before it starts on ${from}`);
  const { monthDays, longest } = readingMonth(from, days);
  if (days > longest) {
    const last = addDays(from, longest - 1);
    return refused('period-too-long', 'to', `a bill covers at most one meter-reading month: from ${from} to ${last}`);
  }
  return { from, to, days, monthDays };
};
