import { createHash } from 'node:crypto';
import type { Queue } from '../../ports/queue.ts';
import { plannedOfShard } from '../stores/automations.ts';
import { HALF_HOUR_MS, halfHourOf } from './half-hours.ts';
import type { PlanDeps } from './plan-deps.ts';
import { planHousehold, type PlanOutcome } from './plan-household.ts';
import type { PlanPage } from './start-plans.ts';

/** Homes of a message. With two seconds for the solver each, all of them fit into the function's time. */
export const PAGE = 50;
/** Homes at a time: their reads overlap. */
const AT_A_TIME = 10;

export type PageReport = {
  readonly homes: number;
  readonly planned: number;
  readonly safe: number;
  /** by what is lacking, and homes that are off or set aside */
  readonly without: number;
  readonly doneBefore: number;
  readonly orders: number;
  /** changes of a battery's mode */
  readonly changes: number;
  readonly failed: readonly { readonly householdId: string; readonly reason: string }[];
};

type Visited = { readonly outcomes: readonly PlanOutcome[]; readonly failed: PageReport['failed'] };

const visitAll = async (deps: PlanDeps, ids: readonly string[], forMs: number): Promise<Visited> => {
  const outcomes: PlanOutcome[] = [];
  const failed: { householdId: string; reason: string }[] = [];
  const waiting = ids.values();
  const work = async (): Promise<void> => {
    // the iterator is shared: each household is taken by one worker
    for (const householdId of waiting) {
      try {
        outcomes.push(await planHousehold(deps, { householdId, forMs }));
      } catch (error) {
        failed.push({
          householdId,
          reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
        });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return { outcomes, failed };
};

const reportOf = ({ outcomes, failed }: Visited): PageReport => {
  const fresh = outcomes.filter(({ fate }) => fate === 'steered');
  const count = (planned: PlanOutcome['planned']): number => fresh.filter((one) => one.planned === planned).length;
  const [planned, safe] = [count('planned'), count('safe')];
  return {
    homes: outcomes.length + failed.length,
    planned,
    safe,
    without: fresh.length - planned - safe,
    doneBefore: outcomes.length - fresh.length,
    orders: fresh.reduce((sum, { orders }) => sum + orders, 0),
    changes: fresh.filter(({ changed }) => changed).length,
    failed,
  };
};

/** Once, also where the page itself comes again: its successors would be asked for anew, all of them. */
const askForNext = async (
  { table, plans, clock }: PlanDeps & { readonly plans: Pick<Queue, 'send'> },
  next: PlanPage,
): Promise<void> => {
  const key = {
    table: 'operations',
    pk: `PLANPAGES#${next.shard}`,
    sk: `${next.forMs}#${createHash('sha256')
      .update(next.cursor ?? '')
      .digest('hex')}`,
  } as const;
  if (await table.get(key)) return;
  await plans.send(JSON.stringify(next));
  await table.put({ ...key, data: {}, expiresAt: Math.ceil((clock.now() + HALF_HOUR_MS) / 1000) });
};

/**
 * Plans a page of the homes of a shard and asks for the next one, which is visited meanwhile. Undefined: the half hour is over, and its
 * successor plans these homes. A message that comes twice finds its homes done.
 */
export const planPage = async (
  deps: PlanDeps & { readonly plans: Pick<Queue, 'send'> },
  { forMs, shard, cursor }: PlanPage,
): Promise<PageReport | undefined> => {
  if (halfHourOf(deps.clock.now()) !== forMs) return undefined;
  const page = await plannedOfShard(deps.table, { shard, limit: PAGE, cursor });
  if (page.cursor !== undefined) await askForNext(deps, { forMs, shard, cursor: page.cursor });
  const { outcomes, failed } = await visitAll(deps, page.householdIds, forMs);
  // what failed is tried once more before its half hour is lost
  const again = await visitAll(
    deps,
    failed.map(({ householdId }) => householdId),
    forMs,
  );
  return reportOf({ outcomes: [...outcomes, ...again.outcomes], failed: again.failed });
};
