import {
  addDays,
  dateOfDayNumber,
  dayNumber,
  dayStart,
  DAY_MS,
  HOUR_MS,
  SLOT_MS,
  weekday,
} from '@hems/models/calendar/seoul';
import type { LocalDate } from '@hems/models/calendar/seoul';
import { monthLength } from '@hems/models/tariff/period';
import { readingPeriod, type ReadingDay } from '@hems/models/tariff/reading-period';
import type { Grain } from '../api/usage.ts';
import type { Bins, Comparison, Scope } from './scope.ts';

/** Local days, both inclusive. */
export type Span = { readonly from: LocalDate; readonly to: LocalDate };

const monthOf = (date: LocalDate): Span => {
  const from = `${date.slice(0, 7)}-01`;
  return { from, to: addDays(from, monthLength(from) - 1) };
};

const weekOf = (date: LocalDate): Span => {
  const from = addDays(date, -weekday(date));
  return { from, to: addDays(from, 6) };
};

const SPAN_OF: Record<Scope, (date: LocalDate, readingDay: ReadingDay) => Span> = {
  day: (date) => ({ from: date, to: date }),
  week: weekOf,
  month: monthOf,
  billing: readingPeriod,
  year: (date) => ({ from: `${date.slice(0, 4)}-01-01`, to: `${date.slice(0, 4)}-12-31` }),
};

/** The span of a scope that holds the date. Weeks begin on Monday. */
export const spanOf = (scope: Scope, date: LocalDate, readingDay: ReadingDay): Span => SPAN_OF[scope](date, readingDay);

/** 52 weeks: the same weekday a year before. */
const YEAR_OF_WEEKS = 364;

/** 29 February has no day a year before; it becomes 1 March, which lies in the same meter-reading period. */
const yearBefore = (date: LocalDate): LocalDate =>
  dateOfDayNumber(dayNumber(`${Number(date.slice(0, 4)) - 1}${date.slice(4)}`));

/** The span to compare with: the one just before, or the same one a year before. A year is compared with the year before either way. */
export const comparedSpan = (
  scope: Scope,
  span: Span,
  { comparison, readingDay }: { readonly comparison: Exclude<Comparison, 'none'>; readonly readingDay: ReadingDay },
): Span => {
  if (comparison === 'before' || scope === 'year') return spanOf(scope, addDays(span.from, -1), readingDay);
  const isOfDays = scope === 'day' || scope === 'week';
  return spanOf(scope, isOfDays ? addDays(span.from, -YEAR_OF_WEEKS) : yearBefore(span.from), readingDay);
};

export const grainOf = (bins: Bins): Grain => {
  if (bins === 'quarters') return '15min';
  return bins === 'day' ? 'hour' : bins === 'year' ? 'month' : 'day';
};

/** One bar's worth of time. The label is that of the contract; hours and quarter hours are told by their start. */
export type Bin = { readonly label: string; readonly startMs: number; readonly endMs: number };

const daysOf = ({ from, to }: Span): Bin[] => {
  const first = dayNumber(from);
  return Array.from({ length: dayNumber(to) - first + 1 }, (_, index) => {
    const label = dateOfDayNumber(first + index);
    return { label, startMs: dayStart(label), endMs: dayStart(label) + DAY_MS };
  });
};

/** Parts of a day of one width, labelled by their number. */
const partsOf = ({ from }: Span, widthMs: number): Bin[] =>
  Array.from({ length: DAY_MS / widthMs }, (_, part) => {
    const startMs = dayStart(from) + part * widthMs;
    return { label: String(part), startMs, endMs: startMs + widthMs };
  });

const monthsOf = ({ from }: Span): Bin[] =>
  Array.from({ length: 12 }, (_, index) => {
    const label = `${from.slice(0, 4)}-${String(index + 1).padStart(2, '0')}`;
    const startMs = dayStart(`${label}-01`);
    return { label, startMs, endMs: startMs + monthLength(`${label}-01`) * DAY_MS };
  });

/** Every bar a span has, whether anything is known of it or not. */
export const binsOf = (bins: Bins, span: Span): Bin[] => {
  const grain = grainOf(bins);
  if (grain === 'month') return monthsOf(span);
  return grain === 'day' ? daysOf(span) : partsOf(span, grain === 'hour' ? HOUR_MS : SLOT_MS);
};

/** In the small hours the day before is opened, so that nobody meets an empty chart. */
const SMALL_HOURS_MS = 6 * HOUR_MS;
export const openingMs = (nowMs: number): number => nowMs - SMALL_HOURS_MS;
