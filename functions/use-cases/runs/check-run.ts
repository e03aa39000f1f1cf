import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Table } from '../../ports/table.ts';
import { readRunState } from '../stores/runs.ts';

/** What there is instead of a run of the day that succeeded; undefined when it did. */
export const checkRun = async ({ table }: { readonly table: Table }, date: LocalDate): Promise<string | undefined> => {
  const found = await readRunState(table, date);
  if (!found) return `there was no run of ${date}`;
  const { state, attempt } = found.value;
  return state === 'succeeded' ? undefined : `the run of ${date} is ${state}, attempt ${attempt}`;
};
