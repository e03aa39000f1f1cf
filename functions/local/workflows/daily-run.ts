import type { Context } from 'aws-lambda';
import * as z from 'zod';
import type { LocalDate } from '@hems/models/calendar/seoul';
import { embeddedRuns } from '../../adapters/embedded/runs.ts';
import type { Database } from '../../adapters/embedded/database.ts';
import { handler as aggregateShard } from '../../jobs/aggregate-shard.ts';
import { handler as forecastShard } from '../../jobs/forecast-shard.ts';
import { handler as freezeDay } from '../../jobs/freeze-day.ts';
import { handler as listSegments } from '../../jobs/list-segments.ts';
import { handler as mergeHistograms } from '../../jobs/merge-histograms.ts';
import { handler as rankSegment } from '../../jobs/rank-segment.ts';
import { handler as reportRun } from '../../jobs/report-run.ts';
import { handler as settleShard } from '../../jobs/settle-shard.ts';
import type { Runs } from '../../ports/runs.ts';
import { lambdaContext } from '../lambda-context.ts';
import type { LocalMachine, Task } from './state-machine.ts';

/** As the functions are deployed. */
const TIMEOUT_MS = 80_000;

type Handler = (input: unknown, context: Context) => Promise<unknown>;
const task =
  (name: string, handler: Handler): Task =>
  async (input) =>
    await handler(input, lambdaContext(name, TIMEOUT_MS));

/** The functions of the state machine `daily-run`, under the names that its file has for them. */
const TASKS: Readonly<Record<string, Task>> = {
  FreezeDay: task('freeze-day', freezeDay),
  AggregateShard: task('aggregate-shard', aggregateShard),
  ForecastShard: task('forecast-shard', forecastShard),
  SettleShard: task('settle-shard', settleShard),
  ListSegments: task('list-segments', listSegments),
  RankSegment: task('rank-segment', rankSegment),
  MergeHistograms: task('merge-histograms', mergeHistograms),
  ReportRun: task('report-run', reportRun),
};

/** The runner and what it rests on take 150 ms and 35 MB; a host that only serves does without. */
const openMachine = async (): Promise<LocalMachine> => {
  const { DAILY_RUN, localMachine } = await import('./state-machine.ts');
  return await localMachine(DAILY_RUN, { tasks: TASKS });
};

export type DailyRun = {
  readonly runs: Runs;
  /** cuts off what executes; the next attempt goes on over the shards that are open */
  stop(): Promise<void>;
};

type Parts = {
  readonly database: Database;
  readonly say: (line: string) => void;
  /** done before a run of the date, on behalf of the demo; what goes wrong there stops no run */
  readonly before: (date: LocalDate, signal: AbortSignal) => Promise<void>;
};

const runInput = z.object({ run: z.object({ date: z.string() }) });

/** The state machine `daily-run` in this process, over the ports that the host has set. */
export const openDailyRun = ({ database, say, before }: Parts): DailyRun => {
  const stopping = new AbortController();
  let opened: Promise<LocalMachine> | undefined;
  const runs = embeddedRuns({
    database,
    say,
    execute: async (input) => {
      await before(runInput.parse(input).run.date, stopping.signal).catch((error: unknown) =>
        say(`before the daily run: ${error instanceof Error ? error.message : String(error)}`),
      );
      stopping.signal.throwIfAborted();
      await (await (opened ??= openMachine())).execute(input);
    },
  });
  return {
    runs,
    stop: async () => {
      stopping.abort(new Error('the local host stops'));
      (await opened)?.abort();
      await runs.idle();
    },
  };
};
