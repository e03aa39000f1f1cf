import { log } from '../runtime/log.ts';
import { clock, table } from '../runtime/ports.ts';
import { runTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { reportRun } from '../use-cases/runs/report-run.ts';

export const handler = step(runTask, async (task) => {
  const { state, forecasts } = await reportRun({ table: await table(), clock: await clock() }, task);
  if (forecasts) log.info('the day as it was forecast', forecasts);
  return { state };
});
