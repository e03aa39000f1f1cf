import type { Override } from '../stores/automations.ts';
import { readAutomation } from '../stores/automations.ts';
import { readSteering } from '../stores/steering.ts';
import { isWhy, readHomeToPlan, type Why } from './home-to-plan.ts';
import { holdingOf, plannedOrders } from './keep-reserve.ts';
import { makePlan, type MadePlan } from './make-plan.ts';
import type { PlanDeps } from './plan-deps.ts';
import { endings, steer, type Due, type Steered, type Task } from './steer.ts';
import { isOverride, wordNow } from './word-now.ts';

export type PlanOutcome = Steered & { readonly planned: 'planned' | 'safe' | 'set-aside' | 'off' | Why };

/** The orders of the plan's first step. A safe plan orders nothing and ends what stands. */
const dueOf = (made: MadePlan): Due =>
  made.plan.status === 'safe' ? endings : (standing, nowMs) => plannedOrders(made, standing, nowMs);

/** A battery that is to cover the home by itself is held where it would go below the reserve; everything else that stands ends. */
const aloneWithin =
  (made: MadePlan): Due =>
  (standing, nowMs) => {
    const { due, keeps } = holdingOf(made, standing, nowMs);
    const others = standing.filter(({ deviceId }) => !keeps || deviceId !== made.devices.batteryId);
    return [...endings(others, nowMs).filter(({ deviceId }) => deviceId !== due?.deviceId), ...(due ? [due] : [])];
  };

const planAndSteer = async (deps: PlanDeps, task: Task, word: 'on' | Override): Promise<PlanOutcome> => {
  const { householdId } = task;
  const { settings } = await readAutomation(deps.table, householdId);
  const home = await readHomeToPlan(deps, householdId, settings);
  const made = isWhy(home) ? home : await makePlan(deps, home, await readSteering(deps.table, householdId));
  // without knowledge nothing is ordered, and nothing that stands goes on
  if (isWhy(made)) return { ...(await steer(deps, task)), planned: isOverride(word) ? 'set-aside' : made };
  const due = isOverride(word) ? aloneWithin(made) : dueOf(made);
  const steered = await steer(deps, task, { word, due, ...(made.count && { car: made.count }) });
  return { ...steered, planned: isOverride(word) ? 'set-aside' : made.plan.status };
};

/**
 * Plans a household that has let itself be steered, and orders what the present half hour needs: consent and opt-in, devices and what
 * they say now, forecast, prices, the solver, the plan with its reasons, the orders. A repeat for the same half hour orders nothing.
 */
export const planHousehold = async (deps: PlanDeps, task: Task): Promise<PlanOutcome> => {
  const { householdId, forMs } = task;
  const word = await wordNow(deps, householdId);
  if (word === 'off' || word === 'no-consent') return { ...(await steer(deps, task)), planned: word };
  if (isOverride(word) && word.mode === 'rest') return { ...(await steer(deps, task)), planned: 'set-aside' };
  const before = await readSteering(deps.table, householdId);
  if (forMs !== undefined && before.forMs >= forMs)
    return { fate: 'done-before', orders: 0, changed: false, planned: 'planned' };
  return await planAndSteer(deps, task, word);
};
