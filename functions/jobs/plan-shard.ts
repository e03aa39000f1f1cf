import * as z from 'zod';
import { log } from '../runtime/log.ts';
import { measure } from '../runtime/metrics.ts';
import { planDeps } from '../runtime/plan-deps.ts';
import { mixedSolver, plans } from '../runtime/ports.ts';
import { queue } from '../runtime/queue.ts';
import { planPage } from '../use-cases/plan/plan-page.ts';

const page = z.object({ forMs: z.int(), shard: z.int(), cursor: z.string().optional() });

/** Plans a page of the homes of a shard that let themselves be steered. Received at least once; a second call orders nothing. */
export const handler = queue(page, async (asked) => {
  const deps = { ...(await planDeps()), solveMixed: await mixedSolver(), plans: await plans() };
  const report = await planPage(deps, asked);
  if (!report) return log.warn('a half hour was over before its homes were planned', { ...asked });
  const { failed, ...counts } = report;
  const { homes, doneBefore, orders, changes } = counts;
  measure('HomesPlanned', homes - doneBefore - failed.length, 'planned');
  measure('HomesPlanned', failed.length, 'failed');
  measure('PlanOrders', orders);
  measure('PlanModeChanges', changes);
  for (const home of failed) log.error('a home was not planned', home);
  log.info('homes planned', { ...counts, failed: failed.length });
});
