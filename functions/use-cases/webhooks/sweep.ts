import { everyEndpoint } from '../stores/webhook-endpoints.ts';
import { nextDueMs } from '../stores/webhook-deliveries.ts';
import type { TellDeps } from './deps.ts';
import { wake } from './wake.ts';

const AT_ONCE = 16;

/** `latestMs`: how long the message that waits longest has been due. */
export type SweepReport = { readonly endpoints: number; readonly woken: number; readonly latestMs: number };

/** Calls for every endpoint to which something is due: retries that no queue can hold back so long, and what a crash or a lost call left. */
export const sweepWebhooks = async (deps: TellDeps): Promise<SweepReport> => {
  const nowMs = deps.clock.now();
  const endpoints = await everyEndpoint(deps.table);
  const waiting = endpoints.values();
  let woken = 0;
  let latestMs = 0;
  const work = async (): Promise<void> => {
    // the iterator is shared: each endpoint is looked at by one worker
    for (const ref of waiting) {
      const dueMs = await nextDueMs(deps.table, ref);
      if (dueMs === undefined || dueMs > nowMs) continue;
      await wake(deps, ref, 0);
      woken += 1;
      latestMs = Math.max(latestMs, nowMs - dueMs);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { endpoints: endpoints.length, woken, latestMs };
};
