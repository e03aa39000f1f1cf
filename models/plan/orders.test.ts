import { describe, expect, test } from 'vitest';
import { ordersOf, type PlanOrder } from './orders.ts';
import { planHome, type Plan } from './plan.ts';
import type { Scenario } from './scenario.ts';
import { aPlannedHome } from './testing/homes.ts';

const MINUTE_MS = 60_000;
const devices = { batteryId: 'battery-1', chargerId: 'charger-1' };
/** Two dear half-hours after two cheap ones, then two usual ones; the home uses 1 kW, the roof nothing. */
const home: Scenario = aPlannedHome(1, 6, {
  stepMinutes: 30,
  loadWh: Array.from({ length: 6 }, () => 500),
  pvWh: Array.from({ length: 6 }, () => 0),
  buyWon: [100, 100, 300, 300, 150, 150],
  sellWon: Array.from({ length: 6 }, () => 0),
  storedWh: 640,
  endWh: 640,
});
const { startMs } = home;
const planOf = (powers: readonly number[], over: Partial<Scenario> = {}): { scenario: Scenario; plan: Plan } => {
  const scenario = { ...home, ...over };
  const plan = planHome(scenario);
  return {
    scenario,
    plan: { ...plan, steps: plan.steps.map((step, i) => ({ ...step, batteryW: powers[i] ?? step.batteryW })) },
  };
};
const charging = planOf([-1000, -1000, 1000, 1000]);
const at = (over: Partial<Parameters<typeof ordersOf>[0]> = {}): PlanOrder[] =>
  ordersOf({ ...charging, devices, standing: [], nowMs: startMs + 10_000, ...over });

describe('a battery', () => {
  const order: PlanOrder = {
    deviceId: 'battery-1',
    kind: 'battery',
    powerW: -1000,
    untilMs: startMs + 65 * MINUTE_MS,
  };
  test('that is to charge for an hour is ordered once, to a little after that hour', () => {
    expect(at()).toEqual([order]);
    expect(at({ standing: [order] })).toEqual([]);
  });

  test('is ordered again where what stands ends in this step, has ended, or says something else', () => {
    expect(at({ standing: [{ ...order, untilMs: startMs + 29 * MINUTE_MS }] })).toEqual([order]);
    expect(at({ standing: [{ ...order, untilMs: startMs }] })).toEqual([order]);
    expect(at({ standing: [{ ...order, powerW: -300 }] })).toEqual([order]);
    expect(at({ standing: [{ ...order, powerW: -970 }] })).toEqual([]);
  });

  test('that is to cover the home gets no order, because it follows the home better by itself', () => {
    expect(at(planOf([1000], { storedWh: 3200 }))).toEqual([]);
  });

  test('that charges although the plan has changed to covering the home is let go within a minute', () => {
    const covering = planOf([1000], { storedWh: 3200 });
    expect(at({ ...covering, standing: [order] })).toEqual([
      { ...order, powerW: 1000, untilMs: startMs + 10_000 + MINUTE_MS },
    ]);
    // an order that ends with its grace ends by itself
    expect(at({ ...covering, standing: [{ ...order, untilMs: startMs + 5 * MINUTE_MS }] })).toEqual([]);
  });

  test('that is to wait for dearer hours is held at 0 W, for two hours at the longest', () => {
    const waiting = planOf([0, 0, 0, 0, 0, 0], { storedWh: 3200 });
    expect(at(waiting)).toEqual([{ ...order, powerW: 0, untilMs: startMs + 125 * MINUTE_MS }]);
  });

  test('of a home that does not let it be ordered gets none', () => {
    expect(at({ devices: {} })).toEqual([]);
  });
});

describe('a car', () => {
  const car = { needWh: 2000, fromStep: 0, byStep: 3, leastW: 0, mostW: 7000 };
  const plug = (carW: number): ReturnType<typeof planOf> => {
    const { scenario, plan } = planOf([], { car, battery: null });
    return { scenario, plan: { ...plan, steps: plan.steps.map((step, i) => ({ ...step, carW: i === 0 ? carW : 0 })) } };
  };
  const off: PlanOrder = { deviceId: 'charger-1', kind: 'switch', isOn: false, untilMs: startMs + 125 * MINUTE_MS };
  test('that is not to charge yet is switched off until it may, and on when it may', () => {
    expect(at(plug(0))).toEqual([off]);
    expect(at({ ...plug(7000), standing: [off] })).toEqual([{ ...off, isOn: true, untilMs: startMs + 35 * MINUTE_MS }]);
  });

  test('of which nothing is asked any more charges by itself', () => {
    const { scenario, plan } = planOf([], { battery: null });
    expect(at({ scenario, plan, standing: [off] })).toEqual([
      { ...off, isOn: true, untilMs: startMs + 10_000 + MINUTE_MS },
    ]);
    expect(at({ scenario, plan, standing: [{ ...off, isOn: true }] })).toEqual([]);
  });
});
