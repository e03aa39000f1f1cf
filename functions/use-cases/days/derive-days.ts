import { addDays, dayStart, localDate, type LocalDate } from '@hems/models/calendar/seoul';
import { deriveDay, type DayFacts } from '@hems/models/day/derive-day';
import { beganBefore, unheardSince } from '@hems/models/day/unheard';
import type { HouseholdQuarter } from '@hems/models/usage/balance';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import type { Device } from '../stores/households.ts';
import { quartersOf, samplesOfDays, type Dates } from './household-quarters.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

/** Neighbouring dates together: each run of them is read at once. */
export const runsOfDates = (dates: readonly LocalDate[]): Dates[] => {
  const runs: [LocalDate, LocalDate][] = [];
  for (const date of dates) {
    const last = runs.at(-1);
    if (last && addDays(last[1], 1) === date) last[1] = date;
    else runs.push([date, date]);
  }
  return runs;
};

/** A day and the quarter hours that it was made of. */
export type DerivedDay = { readonly facts: DayFacts; readonly quarters: readonly HouseholdQuarter[] };

const deriveRun = async (
  { table, clock }: Deps,
  home: { householdId: string; devices: readonly Device[] },
  run: Dates,
): Promise<DerivedDay[]> => {
  const said = await samplesOfDays(table, home, run);
  const quarters = quartersOf(said, run, clock.now());
  return [...Map.groupBy(quarters, ({ startMs }) => localDate(startMs))].flatMap(([date, own]) => {
    const [startMs, endMs] = [dayStart(date), dayStart(addDays(date, 1))];
    if (!beganBefore(said, [startMs, endMs])) return [];
    return [{ facts: deriveDay(date, own, unheardSince(said, endMs)), quarters: own }];
  });
};

/** The days from their quarter hours; a day on which the home had no device yet, or none any more, is left out. */
export const deriveDays = async (
  deps: Deps,
  home: { householdId: string; devices: readonly Device[] },
  dates: readonly LocalDate[],
): Promise<Map<LocalDate, DerivedDay>> => {
  const runs = await Promise.all(runsOfDates(dates).map((run) => deriveRun(deps, home, run)));
  return new Map(runs.flat().map((day) => [day.facts.date, day]));
};
