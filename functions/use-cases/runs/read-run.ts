import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Run } from '@hems/shared/api/runs';
import type { Runs } from '../../ports/runs.ts';
import type { Table } from '../../ports/table.ts';
import { Refused } from '../refusal.ts';
import { readRunState, type RunState } from '../stores/runs.ts';
import { summaryOf } from './report-run.ts';
import { executionName } from './start-run.ts';

type Deps = { readonly table: Table; readonly runs: Runs };

/** A run that says it is running while nothing executes it was cut off before its report. */
const stateOf = async ({ runs }: Deps, date: LocalDate, run: RunState): Promise<Run['state']> => {
  if (run.state !== 'running') return run.state;
  const status = await runs.status(executionName(date, run.attempt));
  return status === 'running' ? 'running' : 'failed';
};

/** The run of a day: its report, or how far it has come. */
export const readRun = async (deps: Deps, date: LocalDate): Promise<Run> => {
  const found = await readRunState(deps.table, date);
  if (!found) throw new Refused('not-found', `there was no run of ${date}; start it by POST`);
  const { attempt, startedMs, endedMs } = found.value;
  const { tally, ...summary } = found.value.summary ?? (await summaryOf(deps.table, date, found.value));
  const state = await stateOf(deps, date, found.value);
  return { date, attempt, state, startedMs, endedMs, ...summary, ...tally };
};
