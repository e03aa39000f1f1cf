import * as z from 'zod/mini';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { quality } from '../reading/quality.ts';
import { monthLength } from '../tariff/period.ts';
import { aggregate } from '../usage/aggregate.ts';
import { flows, type DayItem } from './day-value.ts';
import { SLOTS_PER_DAY } from './derive-day.ts';
import { datesBetween } from './open-days.ts';

/** The calendar month as the sum of its daily items, kept as long as they are. */
export const monthItem = z.object({
  /** `YYYY-MM` */
  month: z.string(),
  /** its last day that has been summed */
  to: z.string(),
  ...flows,
  quality,
  missingSlots: z.int(),
  /** days up to `to` whose grid use is known, and those of which it is not */
  knownDays: z.int(),
  missingDays: z.int(),
  /** sum of the days that have a cost, a saving; null: none has */
  costWon: z.nullable(z.int()),
  savedWon: z.nullable(z.int()),
});
export type MonthItem = z.infer<typeof monthItem>;

export const monthDates = (month: string): readonly [LocalDate, LocalDate] => {
  const first = `${month}-01`;
  return [first, addDays(first, monthLength(first) - 1)];
};

const sumKnown = (values: readonly (number | null | undefined)[]): number | null => {
  const known = values.filter((value) => value !== null && value !== undefined);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};

/** What is not known of a day that has no item. */
export const UNKNOWN_DAY = {
  importWh: undefined,
  exportWh: undefined,
  solarWh: undefined,
  toBatteryWh: undefined,
  fromBatteryWh: undefined,
  loadWh: undefined,
  quality: 'missing',
  missingSlots: SLOTS_PER_DAY,
} as const;

type Told = Pick<
  DayItem,
  'importWh' | 'exportWh' | 'solarWh' | 'toBatteryWh' | 'fromBatteryWh' | 'loadWh' | 'quality' | 'missingSlots'
>;
/** An item as a part of a longer interval. */
export const partOf = ({
  importWh,
  exportWh,
  solarWh,
  toBatteryWh,
  fromBatteryWh,
  loadWh,
  quality: ofDay,
  missingSlots,
}: Told) => ({ importWh, exportWh, solarWh, toBatteryWh, fromBatteryWh, loadWh, quality: ofDay, missingSlots });

/** The month from its first day up to `last` (or its own last day); a day without an item is missing, and says so. */
export const monthOf = (month: string, days: ReadonlyMap<LocalDate, DayItem>, last: LocalDate): MonthItem => {
  const [from, end] = monthDates(month);
  const to = last < end ? last : end;
  const own = datesBetween(from, to).map((date) => days.get(date));
  const known = own.filter((day) => day?.importWh !== undefined).length;
  return {
    month,
    to,
    ...aggregate(own.map((day) => (day ? partOf(day) : UNKNOWN_DAY))),
    knownDays: known,
    missingDays: own.length - known,
    costWon: sumKnown(own.map((day) => day?.cost?.won)),
    savedWon: sumKnown(own.map((day) => (day?.saving?.status === 'saved' ? day.saving.savedWon : null))),
  };
};
