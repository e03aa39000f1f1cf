import { log } from '../runtime/log.ts';
import { table } from '../runtime/ports.ts';
import { scheduleTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { checkRun } from '../use-cases/runs/check-run.ts';

/** Looks in the morning whether the run of yesterday has succeeded. An alarm waits for the line it writes when not. */
export const handler = step(scheduleTask, async ({ yesterday }) => {
  const instead = await checkRun({ table: await table() }, yesterday);
  if (instead !== undefined) log.error('the daily run is missing', { instead });
});
