import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { monthLength, periodOf, type Period } from './period.ts';
import type { Refusal } from './refusal.ts';

/** The day of the month on which the meter is read 검침일; the period starts with it. Groups: 1–5, 8–12, 15–19, 22–26, month end. */
export type ReadingDay = number | 'month-end';

const startIn = (month: string, readingDay: ReadingDay): LocalDate => {
  const last = monthLength(`${month}-01`);
  const day = readingDay === 'month-end' ? last : Math.min(readingDay, last);
  return `${month}-${String(day).padStart(2, '0')}`;
};
const monthBefore = (month: string): string => addDays(`${month}-01`, -1).slice(0, 7);
const monthAfter = (month: string): string => addDays(`${month}-28`, 4).slice(0, 7);

/** The whole meter-reading period that contains the date, both days inclusive. */
export const readingPeriod = (date: LocalDate, readingDay: ReadingDay): { from: LocalDate; to: LocalDate } => {
  const own = startIn(date.slice(0, 7), readingDay);
  const from = own <= date ? own : startIn(monthBefore(date.slice(0, 7)), readingDay);
  return { from, to: addDays(startIn(monthAfter(from.slice(0, 7)), readingDay), -1) };
};

/** Who lives there, and since when. The day of moving in counts, the day of moving out does not (korea.md 1.6). */
export type Residence = {
  readonly readingDay: ReadingDay;
  readonly movedIn?: LocalDate;
  readonly movedOut?: LocalDate;
};

/** The part of the date's meter-reading period that the residence pays for. */
export const residencePeriod = (date: LocalDate, { readingDay, movedIn, movedOut }: Residence): Period | Refusal => {
  const whole = readingPeriod(date, readingDay);
  const from = movedIn !== undefined && movedIn > whole.from ? movedIn : whole.from;
  const lastDay = movedOut === undefined ? whole.to : addDays(movedOut, -1);
  return periodOf(from, lastDay < whole.to ? lastDay : whole.to);
};
