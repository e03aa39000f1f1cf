import { runDeps } from '../runtime/run-deps.ts';
import { runTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { listSegments } from '../use-cases/community/rank-segment.ts';
import { listForRanking } from '../use-cases/runs/rank-segments.ts';

export const handler = step(runTask, async (task) => {
  const deps = await runDeps();
  return listForRanking(deps, task, async () => listSegments(deps, { date: task.date }));
});
