import { ordersOf, type PlanOrder, type PlannedDevices } from '@hems/models/plan/orders';
import type { Plan } from '@hems/models/plan/plan';
import type { Scenario } from '@hems/models/plan/scenario';
import { followsHome } from '@hems/models/plan/self-use';

/** As the orders of a plan: so far into the next step. */
const GRACE_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

export type Reserve = {
  /** that the home keeps; the scenario's is lower where less is stored, so that there is a plan at all */
  readonly wh: number;
  /** whether the battery was never seen below it: then it knows it by itself */
  readonly isItsOwn: boolean;
};

/** What is ordered rests on these. */
export type ToOrder = {
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly devices: PlannedDevices;
  readonly reserve: Reserve;
};

/** The most that may be drawn until then, whole W, so that the reserve stays. */
const drawableW = ({ scenario, reserve }: ToOrder, nowMs: number, untilMs: number): number => {
  const { battery, storedWh } = scenario;
  if (!battery) return 0;
  return Math.floor((Math.max(0, storedWh - reserve.wh) * battery.efficiency * HOUR_MS) / (untilMs - nowMs));
};

/** A home draws more than its mean for a while, and the sun may stay away: so many times its use, and this at least, W. */
const SURGE = { times: 1.5, leastW: 500 };

/** Left to itself, a battery knows its own reserve and not what this home keeps: near that it is held, unless the sun gives far more than the home draws. */
const heldW = (made: ToOrder, wantedW: number, [nowMs, untilMs]: readonly [number, number]): number | undefined => {
  const [step] = made.plan.steps;
  if (!step || !made.scenario.battery || made.reserve.isItsOwn) return undefined;
  const surgeW = SURGE.times * (step.loadW + step.carW);
  const mostW = drawableW(made, nowMs, untilMs);
  if (step.pvW >= surgeW || mostW >= Math.max(SURGE.leastW, surgeW)) return undefined;
  return Math.max(0, Math.min(Math.floor(wantedW), mostW));
};

type Holding = {
  readonly due: PlanOrder | undefined;
  /** the battery is held, by what is due or by what stands */
  readonly keeps: boolean;
};

const holding = (
  made: ToOrder,
  wantedW: number,
  { standing, nowMs }: { readonly standing: readonly PlanOrder[]; readonly nowMs: number },
): Holding => {
  const { scenario, devices } = made;
  const endMs = scenario.startMs + scenario.stepMinutes * 60_000;
  const untilMs = endMs + GRACE_MS;
  const powerW = heldW(made, wantedW, [nowMs, untilMs]);
  if (powerW === undefined || devices.batteryId === undefined) return { due: undefined, keeps: false };
  const stands = standing.find((order) => order.deviceId === devices.batteryId && order.untilMs >= endMs);
  const isKept = stands?.kind === 'battery' && stands.powerW >= 0 && stands.powerW <= powerW;
  const due: PlanOrder = { kind: 'battery', deviceId: devices.batteryId, powerW, untilMs };
  return { due: isKept ? undefined : due, keeps: true };
};

/** What holds a battery that is to cover the home by itself. */
export const holdingOf = (made: ToOrder, standing: readonly PlanOrder[], nowMs: number): Holding => {
  const [step] = made.plan.steps;
  return holding(made, step ? step.loadW + step.carW - step.pvW : 0, { standing, nowMs });
};

/**
 * The orders of a plan's first step with what keeps the reserve of this home: none draws the battery below it before its end, and a
 * battery that might do so by itself gets an order.
 */
export const plannedOrders = (made: ToOrder, standing: readonly PlanOrder[], nowMs: number): PlanOrder[] => {
  const { scenario, plan, devices } = made;
  const orders = ordersOf({ scenario, plan, devices, standing, nowMs });
  const { due, keeps } = followsHome(scenario, plan.steps, 0)
    ? holding(made, plan.steps[0]?.batteryW ?? 0, { standing, nowMs })
    : { due: undefined, keeps: false };
  const capped = (order: PlanOrder): PlanOrder =>
    order.kind === 'battery' && order.powerW > 0
      ? { ...order, powerW: Math.min(order.powerW, drawableW(made, nowMs, order.untilMs)) }
      : order;
  return [
    ...orders.filter(({ deviceId }) => !keeps || deviceId !== devices.batteryId).map(capped),
    ...(due ? [due] : []),
  ];
};
