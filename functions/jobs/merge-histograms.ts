import { runDeps } from '../runtime/run-deps.ts';
import { runTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { mergeHistograms } from '../use-cases/community/rank-segment.ts';
import { rankPart } from '../use-cases/runs/rank-segments.ts';

export const handler = step(runTask, async (task) => {
  const deps = await runDeps();
  await rankPart(deps, { ...task, part: 'RANKED' }, async () => {
    await mergeHistograms(deps, { date: task.date });
    return {};
  });
  return { state: 'done' };
});
