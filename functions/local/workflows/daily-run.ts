import * as z from 'zod';
import type { LocalDate } from '@hems/models/calendar/seoul';
import type { Database } from '../../adapters/embedded/database.ts';
import { handler as aggregateShard } from '../../jobs/aggregate-shard.ts';
import { handler as forecastShard } from '../../jobs/forecast-shard.ts';
import { handler as freezeDay } from '../../jobs/freeze-day.ts';
import { handler as listSegments } from '../../jobs/list-segments.ts';
import { handler as mergeHistograms } from '../../jobs/merge-histograms.ts';
import { handler as rankSegment } from '../../jobs/rank-segment.ts';
import { handler as reportRun } from '../../jobs/report-run.ts';
import { handler as settleShard } from '../../jobs/settle-shard.ts';
import { openWorkflow, task, type Workflow } from './open-workflow.ts';

export const DAILY_RUN = new URL('../../workflows/daily-run.asl.json', import.meta.url);

/** As the functions are deployed. */
const TIMEOUT_MS = 80_000;

/** The functions of the state machine `daily-run`, under the names that its file has for them. */
const TASKS = {
  FreezeDay: task('freeze-day', freezeDay, TIMEOUT_MS),
  AggregateShard: task('aggregate-shard', aggregateShard, TIMEOUT_MS),
  ForecastShard: task('forecast-shard', forecastShard, TIMEOUT_MS),
  SettleShard: task('settle-shard', settleShard, TIMEOUT_MS),
  ListSegments: task('list-segments', listSegments, TIMEOUT_MS),
  RankSegment: task('rank-segment', rankSegment, TIMEOUT_MS),
  MergeHistograms: task('merge-histograms', mergeHistograms, TIMEOUT_MS),
  ReportRun: task('report-run', reportRun, TIMEOUT_MS),
};

type Parts = {
  readonly database: Database;
  readonly say: (line: string) => void;
  /** done before a run of the date, on behalf of the demo; what goes wrong there stops no run */
  readonly before: (date: LocalDate, signal: AbortSignal) => Promise<void>;
  /** a run has ended after so many ms */
  readonly ended?: (ms: number) => void;
};

const runInput = z.object({ run: z.object({ date: z.string() }) });

/** The state machine `daily-run` in this process. */
export const openDailyRun = ({ database, say, before, ended }: Parts): Workflow =>
  openWorkflow({
    database,
    say,
    file: DAILY_RUN,
    tasks: TASKS,
    ...(ended && { ended }),
    before: (input, signal) =>
      before(runInput.parse(input).run.date, signal).catch((error: unknown) =>
        say(`before the daily run: ${error instanceof Error ? error.message : String(error)}`),
      ),
  });
