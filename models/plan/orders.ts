import type { Plan } from './plan.ts';
import type { Scenario } from './scenario.ts';
import { SAME_W, followsHome } from './self-use.ts';

/** What a device is to do: a battery + discharges, − charges; a charger gives while it is on. */
type Wish = { readonly kind: 'battery'; readonly powerW: number } | { readonly kind: 'switch'; readonly isOn: boolean };

/**
 * An order that holds until `untilMs`. The safe default when it ends and none follows: a battery covers the home by itself, a charger is
 * on. A lost connection costs money then, and neither the reserve nor a full car in the morning.
 */
export type PlanOrder = Wish & { readonly deviceId: string; readonly untilMs: number };

/** The devices that may be ordered; undefined: there is none. Appliances are planned and not ordered: no device says its programmes. */
export type PlannedDevices = { readonly batteryId?: string | undefined; readonly chargerId?: string | undefined };

/** So far an order reaches into the step after its last, in which the next plan's order comes. */
const GRACE_MS = 5 * 60_000;
/** Nobody is bound for longer by a plan that is not renewed. */
const LONGEST_MS = 2 * 60 * 60_000;
/** An order that has to end is replaced by one that ends so soon. */
const ENDING_MS = 60_000;

type Ordered = {
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly devices: PlannedDevices;
  /** the last order of each device that was sent, whether it has ended or not */
  readonly standing: readonly PlanOrder[];
  readonly nowMs: number;
};

const isSame = (a: Wish, b: Wish): boolean =>
  a.kind === 'battery'
    ? b.kind === 'battery' && Math.abs(a.powerW - b.powerW) <= SAME_W
    : b.kind === 'switch' && a.isOn === b.isOn;

/** Undefined: what the device does without an order. */
type WishAt = (step: number) => Wish | undefined;

const batteryWish =
  ({ scenario, plan: { steps } }: Ordered): WishAt =>
  (at) => {
    const step = steps[at];
    return step && !followsHome(scenario, steps, at) ? { kind: 'battery', powerW: step.batteryW } : undefined;
  };

const chargerWish =
  ({ scenario: { car }, plan: { steps } }: Ordered): WishAt =>
  (at) =>
    car && at >= car.fromStep && at <= car.byStep ? { kind: 'switch', isOn: (steps[at]?.carW ?? 0) > 0 } : undefined;

const wishesOf = (ordered: Ordered): Map<string, WishAt> => {
  const { scenario, devices } = ordered;
  return new Map([
    ...ordered.standing.map(({ deviceId }) => [deviceId, () => undefined] as const),
    ...(scenario.battery && devices.batteryId !== undefined
      ? [[devices.batteryId, batteryWish(ordered)] as const]
      : []),
    ...(devices.chargerId === undefined ? [] : [[devices.chargerId, chargerWish(ordered)] as const]),
  ]);
};

/** The end of the steps from the first on that wish the same. */
const endOf = ({ scenario, plan }: Ordered, wish: Wish, wishAt: WishAt): number => {
  const stepMs = scenario.stepMinutes * 60_000;
  const other = plan.steps.findIndex((_, at) => {
    const own = wishAt(at);
    return !own || !isSame(own, wish);
  });
  const steps = other < 0 ? plan.steps.length : other;
  return scenario.startMs + Math.min(LONGEST_MS, steps * stepMs) + GRACE_MS;
};

/** Back to what the device does by itself, at once, where an order holds it from that. */
const released = ({ plan, nowMs }: Ordered, stands: PlanOrder | undefined): PlanOrder[] => {
  if (!stands || stands.untilMs <= nowMs + GRACE_MS) return [];
  const untilMs = nowMs + ENDING_MS;
  if (stands.kind === 'switch') return stands.isOn ? [] : [{ ...stands, isOn: true, untilMs }];
  return [{ ...stands, powerW: plan.steps[0]?.batteryW ?? 0, untilMs }];
};

/**
 * The orders that carry out the plan's first step, which contains `nowMs`. None where the device does what is planned by itself, or
 * where an order stands that says the same to the end of the step.
 */
export const ordersOf = (ordered: Ordered): PlanOrder[] => {
  const { scenario, standing, nowMs } = ordered;
  const stepEndMs = scenario.startMs + scenario.stepMinutes * 60_000;
  return [...wishesOf(ordered)].flatMap(([deviceId, wishAt]) => {
    const stands = standing.find((order) => order.deviceId === deviceId && order.untilMs > nowMs);
    const wish = wishAt(0);
    if (!wish) return released(ordered, stands);
    if (stands && isSame(stands, wish) && stands.untilMs >= stepEndMs) return [];
    return [{ ...wish, deviceId, untilMs: endOf(ordered, wish, wishAt) }];
  });
};
