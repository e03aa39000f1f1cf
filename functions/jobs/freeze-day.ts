import { pipeline, table } from '../runtime/ports.ts';
import { runTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { freezeDay } from '../use-cases/runs/freeze-day.ts';

export const handler = step(runTask, async ({ date }) =>
  freezeDay({ pipeline: await pipeline(), table: await table() }, date),
);
