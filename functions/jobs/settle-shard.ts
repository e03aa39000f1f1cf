import { lenientBus } from '../runtime/lenient-bus.ts';
import { bus } from '../runtime/ports.ts';
import { runDeps } from '../runtime/run-deps.ts';
import { settleTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { standHousehold } from '../use-cases/community/stand-household.ts';
import { runShard } from '../use-cases/runs/run-shard.ts';
import { settleGate, tallyOfSettlements } from '../use-cases/runs/tallies.ts';
import { settleHousehold } from '../use-cases/settle-household.ts';
import { readingOnce } from '../use-cases/stores/events.ts';

export const handler = step(settleTask, async ({ refusal, ...task }) => {
  const shared = await runDeps();
  const deps = { ...shared, bus: lenientBus(await bus()), events: readingOnce(shared.table) };
  return runShard(deps, task, {
    stage: 'settle',
    gate: settleGate(refusal),
    visit: async (householdId) => {
      const place = { householdId, date: task.run.date };
      const outcomes = await settleHousehold(deps, place);
      await standHousehold(deps, place);
      return tallyOfSettlements(outcomes);
    },
  });
});
