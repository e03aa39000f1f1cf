import { lenientBus } from '../runtime/lenient-bus.ts';
import { measure } from '../runtime/metrics.ts';
import { bus } from '../runtime/ports.ts';
import { runDeps } from '../runtime/run-deps.ts';
import { settleTask } from '../runtime/run-tasks.ts';
import { step } from '../runtime/step.ts';
import { standHousehold } from '../use-cases/community/stand-household.ts';
import { runShard } from '../use-cases/runs/run-shard.ts';
import { settleGate, tallyOfSettlements } from '../use-cases/runs/tallies.ts';
import { settleHousehold } from '../use-cases/settle-household.ts';
import type { SettleOutcome } from '../use-cases/settle-outcome.ts';
import { readingOnce } from '../use-cases/stores/events.ts';

/** Points are no won. */
const settledWon = (outcomes: readonly SettleOutcome[]): number =>
  outcomes.reduce((sum, one) => (one.outcome === 'settled' && one.unit === 'won' ? sum + one.amount : sum), 0);

export const handler = step(settleTask, async ({ refusal, ...task }) => {
  const shared = await runDeps();
  const deps = { ...shared, bus: lenientBus(await bus()), events: readingOnce(shared.table) };
  return runShard(deps, task, {
    stage: 'settle',
    gate: settleGate(refusal),
    visit: async (householdId) => {
      const place = { householdId, date: task.run.date };
      const outcomes = await settleHousehold(deps, place);
      measure('RewardsSettledWon', settledWon(outcomes));
      await standHousehold(deps, place);
      return tallyOfSettlements(outcomes);
    },
  });
});
