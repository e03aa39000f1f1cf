import { storedAfter, type Action } from '@hems/models/plan/course';
import { carAtOnce } from '@hems/models/plan/fixed-car';
import { mixedEquationsOf, needsChoices, textOf } from '@hems/models/plan/mixed';
import { LEAST_GAIN_WON, planHome, selfUseActions, worthOf, type Plan, type PlanStep } from '@hems/models/plan/plan';
import { hoursOf, leftWon, type Scenario } from '@hems/models/plan/scenario';
import { keepPlan, readKeptPlan, type KeptPlan } from '../stores/plans.ts';
import type { Steering } from '../stores/steering.ts';
import { isWhy, type HomeToPlan, type Why } from './home-to-plan.ts';
import { plannedOrders, type ToOrder } from './keep-reserve.ts';
import type { PlanDeps } from './plan-deps.ts';
import { scenarioOfHome, type HomeScenario } from './scenario-of-home.ts';

/** What was planned of these steps before; rest where the plan of before did not reach. Undefined: it is too old to say anything. */
const actionsBefore = (
  before: KeptPlan | undefined,
  { startMs, loadWh, stepMinutes }: Scenario,
): Action[] | undefined => {
  const known = new Map(before?.steps.map((step) => [step.startMs, step]));
  if (before?.status !== 'planned' || !known.has(startMs)) return undefined;
  return loadWh.map((_, i) => {
    const step = known.get(startMs + i * stepMinutes * 60_000);
    return { batteryW: step?.batteryW ?? 0, carW: step?.carW ?? 0, starts: [] };
  });
};

/** What the actions cost, less what they add to the cells is worth, whole won: ways that leave different amounts compare. */
const costOf = (scenario: Scenario, actions: readonly Action[]): number =>
  Math.round(worthOf(scenario, actions) + (scenario.storedWh / 1000) * leftWon(scenario));

/** The first step as it is ordered, where the reserve holds the battery to something else than is planned. */
const asOrdered = (made: ToOrder, nowMs: number): readonly PlanStep[] => {
  const { scenario, plan, devices } = made;
  const [first, ...others] = plan.steps;
  const order =
    plan.status === 'safe'
      ? undefined
      : plannedOrders(made, [], nowMs).find(({ deviceId }) => deviceId === devices.batteryId);
  if (!first || order?.kind !== 'battery' || order.powerW === first.batteryW) return plan.steps;
  const { powerW } = order;
  const reason = { ...first.reason, code: 'keeps-reserve' } as const;
  const gridW = first.gridW + first.batteryW - powerW;
  const storedWh = storedAfter(scenario, scenario.storedWh, powerW);
  return [{ ...first, batteryW: powerW, gridW, storedWh, reason }, ...others];
};

const toKept = (made: ToOrder, nowMs: number): KeptPlan => {
  const { scenario, plan } = made;
  const { status, conflicts, changes } = plan;
  const { buyWon, stepMinutes, battery } = scenario;
  return {
    madeAtMs: nowMs,
    status,
    conflicts: [...conflicts],
    stepMinutes,
    capacityWh: battery ? Math.round(battery.capacityWh) : 0,
    won: costOf(scenario, plan.steps),
    selfUseWon: costOf(scenario, selfUseActions(scenario)),
    changes,
    steps: asOrdered(made, nowMs).map((step, i) => ({
      startMs: step.startMs,
      loadW: Math.round(step.loadW),
      pvW: Math.round(step.pvW),
      batteryW: step.batteryW,
      carW: step.carW,
      gridW: Math.round(step.gridW),
      storedWh: Math.round(step.storedWh),
      buyWon: buyWon[i] ?? 0,
      reason: step.reason.code,
    })),
  };
};

type Solved = Pick<ToOrder, 'scenario' | 'plan'>;

/** A car that cannot be served as it should charges at once, by itself, and the battery is planned around it. */
const withCarAtOnce = (scenario: Scenario, conflicts: Plan['conflicts']): Solved | undefined => {
  const { car, loadWh } = scenario;
  if (!car) return undefined;
  const cars = carAtOnce({ ...scenario, car: { ...car, byStep: loadWh.length - 1 } });
  const hours = hoursOf(scenario);
  const around = { ...scenario, car: null, loadWh: loadWh.map((wh, step) => wh + (cars[step] ?? 0) * hours) };
  const plan = planHome(around, { leastGainWon: LEAST_GAIN_WON });
  if (plan.status === 'safe') return undefined;
  const apart = plan.steps.map((step, i) => ({
    ...step,
    loadW: step.loadW - (cars[i] ?? 0),
    carW: cars[i] ?? 0,
  }));
  return { scenario: around, plan: { ...plan, conflicts, steps: apart } };
};

const solve = (deps: PlanDeps, scenario: Scenario, standing: Action[] | undefined): Solved => {
  const mixed = needsChoices(scenario) ? deps.solveMixed?.(textOf(mixedEquationsOf(scenario))) : undefined;
  const plan = planHome(scenario, {
    ...(mixed && { mixed }),
    ...(standing && { before: standing }),
    leastGainWon: LEAST_GAIN_WON,
  });
  const late = plan.status === 'safe' ? withCarAtOnce(scenario, plan.conflicts) : undefined;
  return late ?? { scenario, plan };
};

export type MadePlan = ToOrder & Pick<HomeScenario, 'count'> & { readonly kept: KeptPlan };

/** Plans the home from what is known now, and keeps the plan with its reasons; or says what is lacking. */
export const makePlan = async (deps: PlanDeps, home: HomeToPlan, before: Steering): Promise<MadePlan | Why> => {
  const { householdId } = home.profile;
  const known = await scenarioOfHome(deps, home, before);
  if (isWhy(known)) return known;
  const { scenario, reserve, count } = known;
  const standing = actionsBefore(await readKeptPlan(deps.table, householdId), scenario);
  const devices = { batteryId: home.battery?.deviceId, chargerId: home.charger?.deviceId };
  const made = { ...solve(deps, scenario, standing), devices, reserve };
  const kept = toKept(made, deps.clock.now());
  await keepPlan(deps.table, householdId, kept);
  return { ...made, count, kept };
};
