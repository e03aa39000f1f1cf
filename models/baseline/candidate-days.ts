import { dayKind, type DayKind } from '../calendar/holidays.ts';
import { dateOfDayNumber, dayNumber, type LocalDate } from '../calendar/seoul.ts';

export type EventDays = {
  readonly eventDate: LocalDate;
  readonly earlierEventDates: ReadonlySet<LocalDate>;
  /** the calendar the home lives by; Korea's where none is given */
  readonly calendar?: (date: LocalDate) => DayKind | undefined;
};

/** A year of days: beyond it no day resembles the event's. */
const FURTHEST_DAYS = 366;

/**
 * The `count` eligible days before the event, latest first: weekdays that are no public holiday (temporary ones included) and
 * had no event (korea.md 3.1). Shorter where the holiday table ends, which `known` says.
 */
export const candidateDays = (
  { eventDate, earlierEventDates, calendar = dayKind }: EventDays,
  count: number,
): { readonly dates: readonly LocalDate[]; readonly known: boolean } => {
  const dates: LocalDate[] = [];
  const eventDay = dayNumber(eventDate);
  for (let back = 1; dates.length < count && back <= FURTHEST_DAYS; back++) {
    const date = dateOfDayNumber(eventDay - back);
    const kind = calendar(date);
    if (kind === undefined) return { dates, known: false };
    if (kind === 'weekday' && !earlierEventDates.has(date)) dates.push(date);
  }
  return { dates, known: true };
};
