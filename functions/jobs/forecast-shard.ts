import { runDeps } from '../runtime/run-deps.ts';
import { shardTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { forecastHousehold } from '../use-cases/forecast-household.ts';
import { runShard } from '../use-cases/runs/run-shard.ts';
import { tallyOfForecast } from '../use-cases/runs/tallies.ts';

export const handler = step(shardTask, async (task) => {
  const deps = await runDeps();
  return runShard(deps, task, {
    stage: 'forecast',
    visit: async (householdId) => tallyOfForecast(await forecastHousehold(deps, { householdId, date: task.run.date })),
  });
});
