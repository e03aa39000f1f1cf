import type { Queue } from '../../ports/queue.ts';
import { PLAN_SHARDS } from '../stores/automations.ts';
import { halfHourOf } from './half-hours.ts';

/** A part of the homes that are to be planned for a half hour. */
export type PlanPage = { readonly forMs: number; readonly shard: number; readonly cursor?: string | undefined };

/** The first seconds of an hour its readings are still on their way; then the shards follow each other. */
const FIRST_AFTER_S = 5;
const SPREAD_S = 20;

/** Asks for the plans of the half hour, shard by shard. */
export const startPlans = async (
  { plans }: { readonly plans: Pick<Queue, 'send'> },
  scheduledMs: number,
): Promise<{ readonly forMs: number; readonly shards: number }> => {
  const forMs = halfHourOf(scheduledMs);
  const shards = Array.from({ length: PLAN_SHARDS }, (_, shard) => shard);
  await Promise.all(
    shards.map(async (shard) => {
      const page: PlanPage = { forMs, shard };
      await plans.send(JSON.stringify(page), { delaySeconds: FIRST_AFTER_S + (shard % SPREAD_S) });
    }),
  );
  return { forMs, shards: shards.length };
};
