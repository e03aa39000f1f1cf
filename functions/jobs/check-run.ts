import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { table } from '../runtime/ports.ts';
import { scheduleTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { checkRun } from '../use-cases/runs/check-run.ts';

/** Looks in the morning whether the run of yesterday has succeeded. */
export const handler = step(scheduleTask, async ({ yesterday }) => {
  const instead = await checkRun({ table: await table() }, yesterday);
  measure('DailyRunsMissing', instead === undefined ? 0 : 1);
  if (instead !== undefined) log.error('the daily run is missing', { instead });
});
