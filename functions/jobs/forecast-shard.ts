import { bus, forecaster, weather } from '../runtime/ports.ts';
import { runDeps } from '../runtime/run-deps.ts';
import { shardTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { forecastHousehold } from '../use-cases/forecast/forecast-household.ts';
import { tellAhead } from '../use-cases/notices/tell-ahead.ts';
import { runShard } from '../use-cases/runs/run-shard.ts';
import { tallyOfForecast } from '../use-cases/runs/tallies.ts';

export const handler = step(shardTask, async (task) => {
  const deps = { ...(await runDeps()), bus: await bus(), forecaster: await forecaster(), weather: await weather() };
  return runShard(deps, task, {
    stage: 'forecast',
    visit: async (householdId) => {
      const place = { householdId, date: task.run.date };
      const forecast = await forecastHousehold(deps, place);
      await tellAhead(deps, place);
      return tallyOfForecast(forecast);
    },
  });
});
