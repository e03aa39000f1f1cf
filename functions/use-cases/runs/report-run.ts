import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Clock } from '../../ports/clock.ts';
import { ConditionFailed, type Table } from '../../ports/table.ts';
import {
  putRunState,
  readRanking,
  readRunState,
  readShardStates,
  type RunState,
  type Summary,
} from '../stores/runs.ts';
import { forecastFigures, type ForecastFigures } from './forecast-figures.ts';
import { summarise } from './summarise.ts';

type Deps = { readonly table: Table; readonly clock: Clock };
type Report = {
  readonly state: RunState['state'];
  /** of the run that this step has ended; a repeat of the step tells none */
  readonly forecasts?: ForecastFigures;
};

export const summaryOf = async (table: Table, date: LocalDate, run: RunState): Promise<Summary> => {
  const [shards, ranking] = await Promise.all([readShardStates(table, date), readRanking(table, date)]);
  return summarise({ ...run, shards, ranking });
};

/** Merges what the shards and segments said into the run and ends it: `succeeded` when no shard is open and everyone is ranked. */
export const reportRun = async (
  { table, clock }: Deps,
  { date, attempt }: { readonly date: LocalDate; readonly attempt: number },
): Promise<Report> => {
  const found = await readRunState(table, date);
  if (found?.value.attempt !== attempt || found.value.state !== 'running')
    return { state: found?.value.attempt === attempt ? found.value.state : 'failed' };
  const summary = await summaryOf(table, date, found.value);
  const state = summary.shards.open === 0 && summary.ranking.reason === null ? 'succeeded' : 'failed';
  const value: RunState = { ...found.value, state, endedMs: clock.now(), summary };
  try {
    await putRunState(table, date, { value, version: found.version });
  } catch (error) {
    // a repeat of this step was quicker
    if (!(error instanceof ConditionFailed)) throw error;
    return await reportRun({ table, clock }, { date, attempt });
  }
  return { state, forecasts: forecastFigures(summary.tally) };
};
