import { monthlyUse, type MonthlyUse } from '@hems/models/incentive/monthly-use';
import { monthPeriod } from '@hems/models/incentive/periods';
import type { Table } from '../../ports/table.ts';
import { readDays } from '../stores/days.ts';

const countOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));

/** The months in runs of months that follow each other: each run is one query. */
const runsOf = (months: readonly string[]): [first: string, last: string][] => {
  const runs: [string, string][] = [];
  for (const month of months.toSorted()) {
    const run = runs.at(-1);
    if (run && countOf(run[1]) + 1 === countOf(month)) run[1] = month;
    else runs.push([month, month]);
  }
  return runs;
};

/** A household's grid use of the months, from its daily items. */
export const readMonths = async (table: Table, householdId: string, months: readonly string[]): Promise<MonthlyUse> => {
  const days = await Promise.all(
    runsOf(months).map(([first, last]) =>
      readDays(table, householdId, [monthPeriod(first).from, monthPeriod(last).to]),
    ),
  );
  return monthlyUse(days.flat());
};
