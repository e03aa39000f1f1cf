import { isUsable, type Use } from '../baseline/baseline.ts';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import type { DayItem } from '../day/day-value.ts';
import { worst } from '../reading/quality.ts';
import { monthOf, monthPeriod } from './periods.ts';

/** Grid use by month, `YYYY-MM`. A month that is absent is not known. */
export type MonthlyUse = ReadonlyMap<string, Use>;

/**
 * The grid use of a day that is known as a whole; a part of it would look like a saving. Where the meter told all of a day on
 * which another device of the home was silent, its word is taken as an estimate.
 */
const useOfDay = ({ importWh, missingImportSlots = 0, quality, source }: DayItem): Use | undefined => {
  if (importWh === undefined || missingImportSlots > 0) return undefined;
  return { wh: importWh, quality: quality === 'missing' && source === 'measured' ? 'estimated' : quality };
};

const datesOf = (month: string): LocalDate[] => {
  const { from, to } = monthPeriod(month);
  return Array.from({ length: Number(to.slice(8)) }, (_, i) => addDays(from, i));
};

/** The grid use of the months that the days cover. One day missing, and the month is not known. */
export const monthlyUse = (days: readonly DayItem[]): MonthlyUse => {
  const byDate = new Map(days.map((day) => [day.date, useOfDay(day)]));
  const months = new Set(days.map(({ date }) => monthOf(date)));
  const known = [...months].flatMap((month): [string, Use][] => {
    const uses = datesOf(month).map((date) => byDate.get(date));
    if (!uses.every(isUsable)) return [];
    const wh = uses.reduce((sum, use) => sum + use.wh, 0);
    return [[month, { wh, quality: worst(uses.map(({ quality }) => quality)) }]];
  });
  return new Map(known);
};

/** The months of them that are known, by name. */
export const knownMonths = (use: MonthlyUse, months: readonly string[]): Record<string, Use> =>
  Object.fromEntries(
    months.flatMap((month) => {
      const one = use.get(month);
      return one ? [[month, one]] : [];
    }),
  );
