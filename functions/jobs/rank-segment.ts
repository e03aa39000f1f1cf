import { runDeps } from '../runtime/run-deps.ts';
import { segmentTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { rankSegment } from '../use-cases/community/rank-segment.ts';
import { rankPart } from '../use-cases/runs/rank-segments.ts';

export const handler = step(segmentTask, async ({ segment, run }) => {
  const deps = await runDeps();
  await rankPart(deps, { ...run, part: `RANK#${segment}` }, async () => {
    await rankSegment(deps, { segment, date: run.date });
    return {};
  });
  return { state: 'done' };
});
