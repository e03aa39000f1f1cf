import type { Database } from '../adapters/embedded/database.ts';
import { sqliteQueue } from '../adapters/embedded/queue.ts';
import { handler as planShard } from '../jobs/plan-shard.ts';
import type { Clock } from '../ports/clock.ts';
import * as ports from '../runtime/ports.ts';
import { lambdaContext } from './lambda-context.ts';
import { pollQueue, type QueuePoller } from './queue-poller.ts';

/** As the queue and its function are deployed. */
const PAGES = { name: 'plans', visibilitySeconds: 180, attempts: 5 };
const PLAN_TIMEOUT_MS = 170_000;
const EVERY_MS = 1000;

type Place = { readonly database: Database; readonly clock: Clock; readonly say: (line: string) => void };

/** Pages of homes that are to be planned, and the function behind their queue. */
export const openPlans = ({ database, clock, say }: Place): QueuePoller => {
  const queue = sqliteQueue({ database, clock }, PAGES);
  ports.plans.use(queue);
  return pollQueue({
    queue,
    handler: planShard,
    context: () => lambdaContext('plan-shard', PLAN_TIMEOUT_MS),
    afterMs: 0,
    everyMs: EVERY_MS,
    say,
  });
};
