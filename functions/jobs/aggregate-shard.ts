import { measure } from '../runtime/metrics.ts';
import { runDeps } from '../runtime/run-deps.ts';
import { shardTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { aggregateHousehold } from '../use-cases/aggregate-household.ts';
import { runShard } from '../use-cases/runs/run-shard.ts';
import { tallyOfDays } from '../use-cases/runs/tallies.ts';

export const handler = step(shardTask, async (task) => {
  const deps = await runDeps();
  return runShard(deps, task, {
    stage: 'aggregate',
    visit: async (householdId) => {
      try {
        const report = await aggregateHousehold(deps, { householdId, date: task.run.date });
        measure('HomesDerived', 1, report.outcome);
        measure('DayImportWh', report.importWh);
        measure('DaySavedWon', report.savedWon);
        return tallyOfDays(report);
      } catch (error) {
        measure('HomesDerived', 1, 'failed');
        throw error;
      }
    },
  });
});
