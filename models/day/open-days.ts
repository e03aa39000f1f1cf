import { addDays, dateOfDayNumber, dayNumber, type LocalDate } from '../calendar/seoul.ts';
import { FINAL_AFTER_DAYS, type DayItem } from './day-value.ts';

/** The first day that late readings may still change, today. */
export const firstOpenDay = (today: LocalDate): LocalDate => addDays(today, -1 - FINAL_AFTER_DAYS);

export const datesBetween = (from: LocalDate, to: LocalDate): LocalDate[] => {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, i) => dateOfDayNumber(first + i));
};

export type Asked = {
  readonly days: ReadonlyMap<LocalDate, Pick<DayItem, 'quality' | 'unheard'>>;
  /** days of which readings came late */
  readonly late: ReadonlySet<LocalDate>;
  /** of the devices that have spoken: how many not since the date ended */
  readonly unheardNow: (date: LocalDate) => number;
  readonly from: LocalDate;
  readonly to: LocalDate;
};

/**
 * The days beside a late one: what lies between two readings is shared by time, so a reading changes the days that the
 * stretches around it reach into. A day whose readings are all good has none that reaches across it.
 */
const beside = ({ days, from, to }: Asked, date: LocalDate, step: 1 | -1): LocalDate[] => {
  const dates: LocalDate[] = [];
  for (let next = addDays(date, step); from <= next && next <= to; next = addDays(next, step)) {
    dates.push(next);
    const day = days.get(next);
    if (day === undefined || day.quality === 'good') break;
  }
  return dates;
};

/**
 * The days from one to another whose item does not say what the quarter hours say, ascending: without an item (but not those
 * before the first one), touched by late readings, or waiting for a device that has been heard since. The daily run derives
 * them; until then they are read from their quarter hours.
 */
export const openDays = (asked: Asked): LocalDate[] => {
  const { days, late, unheardNow, from, to } = asked;
  const first = [...days.keys()].reduce((a, b) => (b < a ? b : a), to);
  const begins = days.size === 0 || first < from ? from : first;
  const touched = new Set([...late].flatMap((date) => [date, ...beside(asked, date, -1), ...beside(asked, date, 1)]));
  return datesBetween(from, to).filter((date) => {
    const day = days.get(date);
    if (touched.has(date)) return true;
    return day ? (day.unheard ?? 0) > 0 && unheardNow(date) < (day.unheard ?? 0) : date >= begins;
  });
};
