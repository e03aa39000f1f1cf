import { addDays, dayStart, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { DayItem } from '@hems/models/day/day-value';
import { partOf, UNKNOWN_DAY } from '@hems/models/day/month-value';
import { datesBetween, firstOpenDay } from '@hems/models/day/open-days';
import { KEPT_DAYS } from '@hems/models/reading/retention';
import type { Figure } from '@hems/models/usage/aggregate';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { readDays } from '../stores/days.ts';
import { listDevices, type Device } from '../stores/households.ts';
import { readLateDays } from '../stores/late-days.ts';
import { runsOfDates } from './derive-days.ts';
import { readOpenDays } from './household.ts';
import { quartersOf, samplesOfDays, type Dates } from './household-quarters.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** How a household's days are to be read now. */
export type DaysView = {
  readonly householdId: string;
  readonly devices: readonly Device[];
  readonly today: LocalDate;
  /** days whose item does not say (any more) what their quarter hours say: the next daily run corrects them */
  readonly open: ReadonlySet<LocalDate>;
};

export const viewOfDays = async ({ table, clock }: Deps, householdId: string): Promise<DaysView> => {
  const today = localDate(clock.now());
  const [from, to] = [firstOpenDay(today), addDays(today, -1)];
  const [devices, late, recent] = await Promise.all([
    listDevices(table, householdId),
    readLateDays(table, householdId),
    readDays(table, householdId, [from, to]),
  ]);
  const days = new Map(recent.map((day) => [day.date, day]));
  const marked = new Set(late.map(({ date }) => date));
  const open = await readOpenDays(table, { householdId, devices, days, late: marked, from, to });
  return { householdId, devices, today, open: new Set(open) };
};

/** A quarter hour, which says when it begins, or a day as its item has it. */
export type Part = Figure & { readonly startMs?: number; readonly missingSlots?: number };
export type DayParts = { readonly date: LocalDate; readonly parts: readonly Part[] };

/** The quarter hours of a run of days; those before the devices' first word are left out, today's are not. */
export const quartersOfRun = async (
  { table, clock }: Deps,
  { householdId, devices, today }: DaysView,
  run: Dates,
): Promise<HouseholdQuarter[]> => {
  const said = await samplesOfDays(table, { householdId, devices }, run);
  const firstMs = Math.min(dayStart(today), ...said.flatMap(({ samples }) => samples[0]?.ts ?? []));
  const from = run[0] < localDate(firstMs) ? localDate(firstMs) : run[0];
  return from > run[1] ? [] : quartersOf(said, [from, run[1]], clock.now());
};

const isWhole = (quarters: readonly HouseholdQuarter[]): boolean =>
  quarters.length > 0 && quarters.every(({ loadWh }) => loadWh !== undefined);

/** A day that was handed in as a total stands until its quarter hours are whole. */
const partsOf = (item: DayItem | undefined, quarters: readonly HouseholdQuarter[]): readonly Part[] => {
  if (item && (quarters.length === 0 || (item.source !== 'measured' && !isWhole(quarters)))) return [partOf(item)];
  return quarters;
};

/**
 * What is known of the days, both inclusive, up to today: from their items; today, open days and days without an item from the
 * quarter hours, as long as they are kept. A past day of which nothing is known is told as missing.
 */
export const readDayParts = async (deps: Deps, view: DaysView, [from, to]: Dates): Promise<DayParts[]> => {
  const { today, open, householdId } = view;
  const items = await readDays(deps.table, householdId, [from, to]);
  const days = new Map(items.map((day) => [day.date, day]));
  const dates = datesBetween(from, to < today ? to : today);
  const kept = addDays(today, -KEPT_DAYS.quarterHours);
  const toRead = dates.filter((date) => date === today || (date >= kept && (!days.has(date) || open.has(date))));
  const runs = await Promise.all(runsOfDates(toRead).map((run) => quartersOfRun(deps, view, run)));
  const quarters = Map.groupBy(runs.flat(), ({ startMs }) => localDate(startMs));
  return dates.flatMap((date): DayParts[] => {
    const parts = partsOf(days.get(date), quarters.get(date) ?? []);
    if (parts.length > 0) return [{ date, parts }];
    return date === today ? [] : [{ date, parts: [UNKNOWN_DAY] }];
  });
};
