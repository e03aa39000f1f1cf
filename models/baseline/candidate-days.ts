import { dayKind, type DayKind } from '../calendar/holidays.ts';
import { dateOfDayNumber, dayNumber, type LocalDate } from '../calendar/seoul.ts';

export type EventDays = {
  readonly eventDate: LocalDate;
  readonly earlierEventDates: ReadonlySet<LocalDate>;
  /** the calendar the home lives by; Korea's where none is given */
  readonly calendar?: (date: LocalDate) => DayKind | undefined;
};

/** Whatever the event's day: weekdays. Or days of its own kind: weekdays for a weekday, the others for the others. Or any day. */
export type CandidateKind = 'weekdays' | 'same-kind' | 'any';

/** Whether a day of this kind may stand for the event's day; undefined where the kind of the event's day is not known. */
const eligibleFor = (
  { eventDate, calendar = dayKind }: EventDays,
  of: CandidateKind,
): ((kind: DayKind) => boolean) | undefined => {
  if (of === 'any') return () => true;
  if (of === 'weekdays') return (kind) => kind === 'weekday';
  const own = calendar(eventDate);
  return own && ((kind) => (kind === 'weekday') === (own === 'weekday'));
};

/** A year of days: beyond it no day resembles the event's. */
const FURTHEST_DAYS = 366;

/**
 * The `count` eligible days before the event, latest first: days of the kind asked for (public holidays, temporary ones
 * included, are no weekdays) that had no event (korea.md 3.1). Shorter where the holiday table ends, which `known` says.
 */
export const candidateDays = (
  event: EventDays,
  count: number,
  of: CandidateKind = 'weekdays',
): { readonly dates: readonly LocalDate[]; readonly known: boolean } => {
  const { eventDate, earlierEventDates, calendar = dayKind } = event;
  const dates: LocalDate[] = [];
  const eligible = eligibleFor(event, of);
  if (!eligible) return { dates, known: false };
  const eventDay = dayNumber(eventDate);
  for (let back = 1; dates.length < count && back <= FURTHEST_DAYS; back++) {
    const date = dateOfDayNumber(eventDay - back);
    const kind = calendar(date);
    if (kind === undefined) return { dates, known: false };
    if (eligible(kind) && !earlierEventDates.has(date)) dates.push(date);
  }
  return { dates, known: true };
};
