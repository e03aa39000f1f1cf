import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import type { DayItem } from '@hems/models/day/day-value';
import { standing } from '@hems/models/day/derive-day';
import { datesBetween, firstOpenDay } from '@hems/models/day/open-days';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { deriveDays } from './days/derive-days.ts';
import { changedDays, fingerprints, readFrom } from './days/figure.ts';
import { hoursOfDay, keptOr, readHoursAmong, type HoursByDate } from './days/hours-of-day.ts';
import { readOpenDays, type DaysHome } from './days/household.ts';
import { readStoredDays, type StoredDay } from './stores/days.ts';
import type { HoursOfDay } from './stores/hours.ts';
import { readLateDays } from './stores/late-days.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Stored = ReadonlyMap<LocalDate, StoredDay>;
type Known = { readonly stored: Stored; readonly kept: HoursByDate; readonly open: readonly LocalDate[] };

const readKnown = async ({ table }: Deps, { householdId, devices }: DaysHome, today: LocalDate): Promise<Known> => {
  const range = [readFrom(today), addDays(today, -1)] as const;
  const [items, kept, late] = await Promise.all([
    readStoredDays(table, householdId, range),
    readHoursAmong(table, householdId, range),
    readLateDays(table, householdId),
  ]);
  const stored = new Map(items.map((one) => [one.day.date, one]));
  const open = await readOpenDays(table, {
    householdId,
    devices,
    days: new Map(items.map(({ day }) => [day.date, day])),
    late: new Set(late.map(({ date }) => date)),
    from: firstOpenDay(today),
    to: range[1],
  });
  return { stored, kept, open };
};

/** The first day that the next run makes anew, if any: one that is open, or whose figures rest on another contract or method. */
const firstToFigure = (
  { stored, open }: Known,
  firstOpen: LocalDate,
  basisOn: (date: LocalDate) => string,
): LocalDate | undefined => {
  const rebased = [...stored.values()].filter(({ day }) => day.date >= firstOpen && day.basis !== basisOn(day.date));
  return [...open, ...rebased.map(({ day }) => day.date)].toSorted()[0];
};

export type TodayPast = { readonly days: readonly DayItem[]; readonly hours: ReadonlyMap<LocalDate, HoursOfDay> };

/**
 * The days before today that its figures rest on, as the daily run leaves them: what it has not got to yet (the night's first
 * minutes, late readings, another contract) is made here in the same way, and not kept.
 */
export const readTodayPast = async (deps: Deps, household: DaysHome, today: LocalDate): Promise<TodayPast> => {
  const known = await readKnown(deps, household, today);
  const { stored, kept, open } = known;
  const { home } = household;
  const derived = [...(await deriveDays(deps, household, open))].map(([date, own]) => {
    const facts = standing(stored.get(date)?.day, own.facts);
    const hours = hoursOfDay(date, own.quarters);
    return { facts, hours: facts.source === 'measured' ? hours : keptOr(kept.get(date), facts, hours) };
  });
  const facts = new Map(derived.map((one) => [one.facts.date, one.facts]));
  const basisOn = fingerprints(home);
  const first = firstToFigure(known, firstOpenDay(today), basisOn);
  const wanted = first === undefined ? [] : datesBetween(first, addDays(today, -1));
  const changed = changedDays({ home, basisOn, stored, facts, wanted });
  const days = new Map([...stored.values(), ...changed].map(({ day }) => [day.date, day]));
  return {
    days: [...days.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1)),
    hours: new Map(
      [...[...kept.values()].map((one) => one.hours), ...derived.map((one) => one.hours)].map((own) => [own.date, own]),
    ),
  };
};
