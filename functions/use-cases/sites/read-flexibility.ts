import { HOUR_MS } from '@hems/models/calendar/seoul';
import { flexibilityOf, homesTold, type FlexibleHour } from '@hems/models/site/site-day';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { readKeptPlan } from '../stores/plans.ts';
import type { Site } from '../stores/sites.ts';
import { ofEach, siteHomes } from './site-homes.ts';

type Deps = { readonly table: Table; readonly clock: Clock };

export type Flexibility = {
  /** rounded down to 5; 0: too few, or none */
  readonly homes: number;
  /** empty: too few homes of the building have a plan and agree */
  readonly hours: readonly FlexibleHour[];
};

const HOURS = 24;
/** A plan is made anew each half hour; an older one moves nothing any more. */
const FRESH_MS = 2 * HOUR_MS;

/** What the batteries and cars in a building are planned to do in the next 24 hours, and could do otherwise. */
export const readFlexibility = async ({ table, clock }: Deps, site: Site): Promise<Flexibility> => {
  const nowMs = clock.now();
  const plans = await ofEach(await siteHomes(table, site), (householdId) => readKeptPlan(table, householdId));
  const fresh = plans.flatMap((plan) => (plan && plan.madeAtMs > nowMs - FRESH_MS ? [plan.steps] : []));
  const hours = flexibilityOf(fresh, { fromMs: Math.ceil(nowMs / HOUR_MS) * HOUR_MS, hours: HOURS });
  return hours ? { homes: homesTold(fresh.length), hours } : { homes: 0, hours: [] };
};
