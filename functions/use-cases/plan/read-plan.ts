import type { PlanAnswer } from '@hems/shared/api/plan';
import { hasConsent } from '../privacy/has-consent.ts';
import { overrideAt, readAutomation } from '../stores/automations.ts';
import { listDevices } from '../stores/households.ts';
import { orderAt, readOrder } from '../stores/orders.ts';
import { readKeptPlan, type KeptPlan } from '../stores/plans.ts';
import { readSteering, type KeptSteering } from '../stores/steering.ts';
import { halfHourOf } from './half-hours.ts';
import { steeredOf } from './heard.ts';
import { isWhy, readHomeToPlan, type Why } from './home-to-plan.ts';
import { makePlan } from './make-plan.ts';
import type { PlanDeps } from './plan-deps.ts';

/** So many of the last orders are shown. */
const SHOWN = 20;

type Shown = PlanAnswer['orders'][number];

/** An order that was written down and never sent, because the function ended in between, holds nothing. */
const NEVER_SENT = 'failed';

const ordersOf = async ({ table, clock }: PlanDeps, householdId: string, { sent }: KeptSteering): Promise<Shown[]> => {
  const last = sent.slice(-SHOWN).toReversed();
  const found = await Promise.all(last.map(({ orderId }) => readOrder(table, householdId, orderId)));
  return last.map(({ ends: _ends, ...one }, i) => {
    const order = found[i]?.order;
    return { ...one, state: order ? orderAt(order, clock.now()).state : NEVER_SENT };
  });
};

/** The plan of this half hour: as it stands, or made now. Made for a home that is not steered, it orders nothing. */
const planNow = async (deps: PlanDeps, householdId: string, steering: KeptSteering): Promise<KeptPlan | Why> => {
  const { settings } = await readAutomation(deps.table, householdId);
  if (!(await hasConsent(deps.table, householdId, 'analysis'))) return 'no-consent';
  const standing = await readKeptPlan(deps.table, householdId);
  if (standing && halfHourOf(standing.madeAtMs) === halfHourOf(deps.clock.now())) return standing;
  const home = await readHomeToPlan(deps, householdId, settings);
  if (isWhy(home)) return home;
  const made = await makePlan(deps, home, steering);
  return isWhy(made) ? made : made.kept;
};

const shown = ({ steps, ...plan }: KeptPlan, { changedMs }: KeptSteering, nowMs: number) => ({
  ...plan,
  steps: steps.map((step) => step),
  changesLastDay: changedMs.filter((ms) => ms > nowMs - 86_400_000).length,
});

/** What battery and car are to do and why, what was ordered of late, what the household allows; for everybody who lives there. */
export const readPlan = async (deps: PlanDeps, householdId: string): Promise<PlanAnswer> => {
  const nowMs = deps.clock.now();
  const [automation, steering, devices] = await Promise.all([
    readAutomation(deps.table, householdId),
    readSteering(deps.table, householdId),
    listDevices(deps.table, householdId),
  ]);
  const plan = await planNow(deps, householdId, steering);
  const override = overrideAt(automation, nowMs);
  return {
    householdId,
    hasBattery: steeredOf(devices, 'battery') !== undefined,
    hasCharger: steeredOf(devices, 'ev_charger') !== undefined,
    plan: isWhy(plan) ? null : shown(plan, steering, nowMs),
    why: isWhy(plan) ? plan : null,
    automation: automation.settings,
    override: override ? { mode: override.mode, untilMs: override.untilMs } : null,
    orders: await ordersOf(deps, householdId, steering),
  };
};
