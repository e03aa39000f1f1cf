import { localDate, type LocalDate } from '@hems/models/calendar/seoul';
import type { Clock } from '../ports/clock.ts';
import type { Table } from '../ports/table.ts';
import { dayTotal, putDays, type DayTotal } from './stores/days.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
export type ImportReport = {
  readonly imported: number;
  readonly refused: { readonly date: LocalDate; readonly reason: string }[];
};

const refusal = (day: DayTotal, today: LocalDate): string | undefined => {
  if (!dayTotal.safeParse(day).success)
    return 'not a daily total: whole Wh of zero or more, a date and a quality are needed';
  if (day.date >= today) return 'the day is not over';
  return undefined;
};

/** Takes daily totals of days before the first quarter hours: history from a utility, or of a demo home. Good days are kept whatever the others are. */
export const importDays = async (deps: Deps, householdId: string, days: readonly DayTotal[]): Promise<ImportReport> => {
  const today = localDate(deps.clock.now());
  const refused = days.flatMap((day) => {
    const reason = refusal(day, today);
    return reason === undefined ? [] : [{ date: day.date, reason }];
  });
  const bad = new Set(refused.map(({ date }) => date));
  const good = days.filter(({ date }) => !bad.has(date));
  await putDays(deps.table, householdId, good);
  return { imported: good.length, refused };
};
