import { expect, test } from 'vitest';
import { planHome } from '@hems/models/plan/plan';
import { aPlannedHome } from '@hems/models/plan/testing/homes';
import { plannedOrders, type ToOrder } from './keep-reserve.ts';

/** Half hours of 500 Wh use; the plan would sell 2 kW in the first, of 1,400 Wh that are stored. */
const scenario = aPlannedHome(1, 4, {
  stepMinutes: 30,
  loadWh: [250, 250, 250, 250],
  pvWh: [0, 0, 0, 0],
  storedWh: 1400,
  endWh: 0,
});
const selling = (reserveWh: number): ToOrder => {
  const plan = planHome(scenario);
  const steps = plan.steps.map((step, i) => ({ ...step, batteryW: i === 0 ? 2000 : 0 }));
  return {
    scenario,
    plan: { ...plan, steps },
    devices: { batteryId: 'battery-1' },
    reserve: { wh: reserveWh, isItsOwn: true },
  };
};
const HOURS = 35 / 60;

test('an order to discharge ends before it would draw on what the home keeps', () => {
  expect(plannedOrders(selling(0), [], scenario.startMs)).toMatchObject([{ powerW: 2000 }]);
  expect(plannedOrders(selling(1280), [], scenario.startMs)).toMatchObject([
    { powerW: Math.floor((120 * 0.95) / HOURS) },
  ]);
  expect(plannedOrders(selling(1400), [], scenario.startMs)).toMatchObject([{ powerW: 0 }]);
});

test('a battery that is held is told so once a half hour, and again where what stands would draw more', () => {
  const plan = planHome({ ...scenario, buyWon: [300, 100, 100, 100] });
  const made = { ...selling(1300), plan, reserve: { wh: 1300, isItsOwn: false } };
  const [held] = plannedOrders(made, [], scenario.startMs);
  expect(held).toMatchObject({ kind: 'battery', powerW: Math.floor((100 * 0.95) / HOURS) });
  expect(plannedOrders(made, [held!], scenario.startMs)).toEqual([]);
  expect(plannedOrders(made, [{ ...held!, kind: 'battery', powerW: 900 }], scenario.startMs)).toEqual([held]);
});
