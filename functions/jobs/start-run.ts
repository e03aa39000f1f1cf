import { correlationOfRun } from '../runtime/correlation.ts';
import { log } from '../runtime/log.ts';
import { clock, runs, table } from '../runtime/ports.ts';
import { scheduleTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { Refused } from '../use-cases/refusal.ts';
import { startRun } from '../use-cases/runs/start-run.ts';

/** Starts the run of the day before the one for which the schedule called. Schedules call at least once: a second call finds it started. */
export const handler = step(scheduleTask, async ({ yesterday }) => {
  const deps = { table: await table(), clock: await clock(), runs: await runs() };
  try {
    const { run, shards } = await startRun(deps, { date: yesterday, again: false });
    log.info('run started', { ...run, shards: shards.length, run_correlation_id: correlationOfRun(run) });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    log.info('run not started', { reason: error.message });
  }
});
