import { dayKind } from '../calendar/holidays.ts';
import { addDays, dayNumber, weekday, type LocalDate } from '../calendar/seoul.ts';

/** What is known of a day's exchange with the grid, whole Wh. */
export type DayUse = {
  readonly date: LocalDate;
  readonly importWh: number;
  readonly exportWh: number;
  /** how much of the day the figures cover, 0 to 1; today's covers the part that is over */
  readonly share: number;
  /** grid use by time band, where the hours are known */
  readonly bandWh?: { readonly off: number; readonly mid: number; readonly peak: number };
};

/** A day that is known to this share stands for a whole one. */
const WHOLE = 0.95;
export const isComplete = ({ share }: DayUse): boolean => share >= WHOLE;

/** Saturdays, Sundays and public holidays have a use of their own; in a year without a holiday table, the weekend. */
const isRestDay = (date: LocalDate): boolean => {
  const kind = dayKind(date);
  return kind === undefined ? weekday(date) >= 5 : kind !== 'weekday';
};

/** The same for every home, and asked for the same dates again and again. */
const restDays = new Map<LocalDate, number>();
const CACHE_MAX = 8192;
const restOn = (date: LocalDate): number => {
  const known = restDays.get(date);
  if (known !== undefined) return known;
  if (restDays.size >= CACHE_MAX) restDays.clear();
  const rest = Number(isRestDay(date));
  restDays.set(date, rest);
  return rest;
};

/** Days in a row, so that a day is an index. Where a day is not known its use is NaN. */
export type UseSeries = {
  readonly first: number;
  readonly importWh: Float64Array;
  readonly exportWh: Float64Array;
  /** 1: a rest day */
  readonly rest: Uint8Array;
};

/** From the first whole day to the date, inclusive. */
export const useSeries = (days: readonly DayUse[], to: LocalDate): UseSeries => {
  const whole = days.filter(isComplete);
  const from = whole.reduce((least, { date }) => (date < least ? date : least), to);
  const first = dayNumber(from);
  const length = dayNumber(to) - first + 1;
  const importWh = new Float64Array(length).fill(Number.NaN);
  const exportWh = new Float64Array(length).fill(Number.NaN);
  for (const day of whole) {
    importWh[dayNumber(day.date) - first] = day.importWh;
    exportWh[dayNumber(day.date) - first] = day.exportWh;
  }
  return {
    first,
    importWh,
    exportWh,
    rest: Uint8Array.from({ length }, (_, i) => restOn(addDays(from, i))),
  };
};
