import type { LocalDate } from '@hems/models/calendar/seoul';
import type { DayItem } from '@hems/models/day/day-value';
import { monthOf, type MonthItem } from '@hems/models/day/month-value';
import { TRANSACT_MAX, type Check, type Put, type Table } from '../../ports/table.ts';
import { canonicalJson } from '../canonical-hash.ts';
import { dayPut, type StoredDay } from '../stores/days.ts';
import { hoursPut, type StoredHours } from '../stores/hours.ts';
import { monthPut, readMonths } from '../stores/months.ts';

const monthOfDate = (date: LocalDate): string => date.slice(0, 7);

type Written = {
  readonly householdId: string;
  /** ascending; each with the version that was read, 0 where there was none */
  readonly changed: readonly StoredDay[];
  /** hours that are others than those that were read, in the same way */
  readonly hours: readonly StoredHours[];
  /** all days of the months of `changed`, as they will stand */
  readonly days: ReadonlyMap<LocalDate, DayItem>;
  /** the last day that a month may sum */
  readonly last: LocalDate;
  /** holds with every part that is written, or nothing more is */
  readonly check?: Check;
};

/** By month: its days that have changed, and the month where its sum is another. */
const dayPuts = async (table: Table, { householdId, changed, days, last }: Written): Promise<Map<string, Put[]>> => {
  const byMonth = Map.groupBy(changed, ({ day }) => monthOfDate(day.date));
  const months = [...byMonth.keys()];
  const [first, end] = [months[0], months.at(-1)];
  const stored = first === undefined || end === undefined ? [] : await readMonths(table, householdId, [first, end]);
  const before = new Map(stored.map((one) => [one.month.month, one]));
  const puts = [...byMonth].map(([month, own]): [string, Put[]] => {
    const was = before.get(month);
    const is: MonthItem = monthOf(month, days, last);
    const isSame = was !== undefined && canonicalJson(was.month) === canonicalJson(is);
    const dayWrites = own.map((one) => dayPut(householdId, one));
    return [
      month,
      isSame ? dayWrites : [...dayWrites, monthPut(householdId, { month: is, version: was?.version ?? 0 })],
    ];
  });
  return new Map(puts);
};

/** Oldest month first. */
const monthWrites = async (table: Table, written: Written): Promise<Put[][]> => {
  const days = await dayPuts(table, written);
  const hours = Map.groupBy(written.hours, (one) => monthOfDate(one.hours.date));
  const months = [...new Set([...days.keys(), ...hours.keys()])].toSorted();
  return months.map((month) => [
    ...(days.get(month) ?? []),
    ...(hours.get(month) ?? []).map((one) => hoursPut(written.householdId, one)),
  ]);
};

/**
 * Writes days with their hours and the months that sum them: a month and its days are there together or not at all. A usual run is one
 * transaction; a longer history is written month by month, oldest first, so that what a crash leaves is whole up to a month.
 */
export const writeDays = async (table: Table, written: Written): Promise<void> => {
  let batch: Put[] = [];
  const checks = written.check ? [{ check: written.check }] : [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await table.transact([...batch.map((put) => ({ put })), ...checks]);
    batch = [];
  };
  for (const puts of await monthWrites(table, written)) {
    if (batch.length + puts.length + checks.length > TRANSACT_MAX) await flush();
    batch.push(...puts);
  }
  await flush();
};
