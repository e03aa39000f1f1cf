import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { DayFacts } from '@hems/models/day/derive-day';
import type { Flows, HouseholdQuarter } from '@hems/models/usage/balance';
import { hoursOf } from '@hems/models/usage/unusual';
import type { Table } from '../../ports/table.ts';
import { readStoredHours, type DayHours, type HoursOfDay, type StoredHours } from '../stores/hours.ts';

export const UNKNOWN_HOURS: DayHours = Array.from({ length: 24 }, () => null);
export const unknownHours = (date: LocalDate): HoursOfDay => ({
  date,
  loadWh: UNKNOWN_HOURS,
  importWh: UNKNOWN_HOURS,
  solarWh: UNKNOWN_HOURS,
});
export const HOUR_FLOWS = ['loadWh', 'importWh', 'solarWh'] as const;

/** Three flows of a day by the hour, from its quarter hours; null where one of the four quarters is left out or not known. */
export const hoursOfDay = (date: LocalDate, quarters: readonly HouseholdQuarter[]): HoursOfDay => {
  const flow = (of: keyof Flows): DayHours => {
    const known = quarters.flatMap((quarter): [number, number][] => {
      const wh = quarter[of];
      return wh === undefined ? [] : [[quarter.startMs, wh]];
    });
    return known.length === 0 ? UNKNOWN_HOURS : hoursOf(date, new Map(known));
  };
  return { date, loadWh: flow('loadWh'), importWh: flow('importWh'), solarWh: flow('solarWh') };
};

export const hoursByDate = (quarters: readonly HouseholdQuarter[]): Map<LocalDate, HoursOfDay> =>
  new Map(
    [...Map.groupBy(quarters, ({ startMs }) => localDate(startMs))].map(([date, own]) => [date, hoursOfDay(date, own)]),
  );

export type HoursByDate = ReadonlyMap<LocalDate, StoredHours>;

/** What is kept of the hours from the first to the last of the dates, with what a write of each has to find. */
export const readHoursAmong = async (
  table: Table,
  householdId: string,
  dates: readonly LocalDate[],
): Promise<HoursByDate> => {
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const stored = await readStoredHours(table, householdId, [first, last]);
  return new Map(stored.map((one) => [one.hours.date, one]));
};

const addsUpTo = ({ importWh }: HoursOfDay, dayWh: number | undefined): boolean =>
  importWh.every((wh) => wh !== null) && importWh.reduce<number>((sum, wh) => sum + (wh ?? 0), 0) === dayWh;

/** Hours stand with the total that they add up to. */
export const keptOr = (kept: StoredHours | undefined, { importWh }: DayFacts, otherwise: HoursOfDay): HoursOfDay =>
  kept && addsUpTo(kept.hours, importWh) ? kept.hours : otherwise;

const isSame = (before: HoursOfDay | undefined, after: HoursOfDay): boolean =>
  HOUR_FLOWS.every((flow) => after[flow].every((wh, hour) => wh === (before?.[flow][hour] ?? null)));

/** Those that are others than what is kept. */
export const changedHours = (before: HoursByDate, days: Iterable<HoursOfDay>): StoredHours[] =>
  [...days].flatMap((hours) => {
    const kept = before.get(hours.date);
    return isSame(kept?.hours, hours) ? [] : [{ hours, version: kept?.version ?? 0 }];
  });
