import type { Database } from '../adapters/embedded/database.ts';
import { sqliteQueue } from '../adapters/embedded/queue.ts';
import { handler as sendWebhooks } from '../jobs/send-webhooks.ts';
import type { Clock } from '../ports/clock.ts';
import * as ports from '../runtime/ports.ts';
import { lambdaContext } from './lambda-context.ts';
import { pollQueue, type QueuePoller } from './queue-poller.ts';

/** As the queue and its function are deployed. */
const CALLS = { name: 'webhooks', visibilitySeconds: 360, attempts: 5 };
const SEND_TIMEOUT_MS = 60_000;
const EVERY_MS = 500;
/** A function that waits for an endpoint that hangs leaves the others their pollers. */
const POLLERS = 4;

type Place = { readonly database: Database; readonly clock: Clock; readonly say: (line: string) => void };

/** Endpoints of partners to be looked at, and the function behind their queue. */
export const openWebhooks = ({ database, clock, say }: Place): QueuePoller => {
  const queue = sqliteQueue({ database, clock }, CALLS);
  ports.webhooks.use(queue);
  const one = { ...queue, receive: () => queue.receive(1) };
  const pollers = Array.from({ length: POLLERS }, () =>
    pollQueue({
      queue: one,
      handler: sendWebhooks,
      context: () => lambdaContext('send-webhooks', SEND_TIMEOUT_MS),
      afterMs: 0,
      everyMs: EVERY_MS,
      say,
    }),
  );
  return { stop: async () => void (await Promise.all(pollers.map((poller) => poller.stop()))) };
};
