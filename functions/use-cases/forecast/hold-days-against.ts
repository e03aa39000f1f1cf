import { addDays, type LocalDate } from '@hems/models/calendar/seoul';
import { FINAL_AFTER_DAYS } from '@hems/models/day/day-value';
import { datesBetween } from '@hems/models/day/open-days';
import { holdAgainst, type DaySums } from '@hems/models/forecast/day-accuracy';
import type { Table } from '../../ports/table.ts';
import type { HoursUntilNow } from '../days/hours-until-now.ts';
import { putOutcome, readDayForecasts, readOutcomes, type DayForecast, type DayOutcome } from '../stores/forecasts.ts';
import type { DayHours } from '../stores/hours.ts';

const HOURS = 24;

/** The use of a day by the hour; undefined where nothing is known of it. */
const hoursOn = (history: HoursUntilNow | undefined, date: LocalDate): DayHours | undefined => {
  if (!history) return undefined;
  const { firstDate, loadWh } = history;
  const from = (datesBetween(firstDate, date).length - 1) * HOURS;
  const hours = from < 0 ? [] : loadWh.slice(from, from + HOURS);
  return hours.length === HOURS && hours.some((wh) => wh !== null) ? hours : undefined;
};

/** What an outcome says of a day whose readings were taken back. */
const NOTHING_KNOWN: DayHours = Array.from({ length: HOURS }, () => null);

const isSame = (a: DayHours, b: DayHours): boolean => a.every((wh, hour) => wh === b[hour]);

const outcomeOf = (foreseen: DayForecast | undefined, actualWh: DayHours): DayOutcome[] =>
  foreseen?.status === 'forecast' ? [{ actualWh: [...actualWh], sums: holdAgainst(foreseen, actualWh) }] : [];

/**
 * Holds what was foreseen of `date` against the day, and of the days before it that late readings may have changed, made known or taken
 * back; what did not change is not written again. Answers how `date` itself went; undefined where nothing was foreseen of it or is known.
 */
export const holdDaysAgainst = async (
  table: Table,
  { householdId, date }: { readonly householdId: string; readonly date: LocalDate },
  history: HoursUntilNow | undefined,
): Promise<DaySums | undefined> => {
  const from = addDays(date, -FINAL_AFTER_DAYS);
  const known = await readOutcomes(table, householdId, [from, date]);
  const due = datesBetween(from, date).flatMap((day): [LocalDate, DayHours][] => {
    const before = known.get(day);
    const actualWh = hoursOn(history, day) ?? (before && NOTHING_KNOWN);
    return actualWh && !(before && isSame(before.actualWh, actualWh)) ? [[day, actualWh]] : [];
  });
  const foreseen = await readDayForecasts(
    table,
    householdId,
    due.map(([day]) => day),
  );
  const changed = due.flatMap(([day, actualWh], i) =>
    outcomeOf(foreseen[i], actualWh).map((outcome): [LocalDate, DayOutcome] => [day, outcome]),
  );
  await Promise.all(changed.map((one) => putOutcome(table, householdId, one)));
  return new Map([...known, ...changed]).get(date)?.sums;
};
