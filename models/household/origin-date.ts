import { dateOfDayNumber, dayNumber, type LocalDate } from '../calendar/seoul.ts';
import type { Origin } from './household.ts';

export type Replayed = Pick<Extract<Origin, { type: 'replayed' }>, 'shiftDays' | 'firstDate' | 'lastDate'>;

/** 52 weeks: the replay begins again with the same weekday. */
const WRAP_DAYS = 364;

/** The recorded day that a replayed home lives through on a Korean date: the shift taken back, wrapped by 364 days at either end of the file. */
export const originDateOf = ({ shiftDays, firstDate, lastDate }: Replayed, date: LocalDate): LocalDate => {
  const day = dayNumber(date) - shiftDays;
  const tooLate = Math.max(0, Math.ceil((day - dayNumber(lastDate)) / WRAP_DAYS));
  const tooEarly = Math.max(0, Math.ceil((dayNumber(firstDate) - day) / WRAP_DAYS));
  return dateOfDayNumber(day + (tooEarly - tooLate) * WRAP_DAYS);
};
