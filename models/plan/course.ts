import { hoursOf, type Scenario } from './scenario.ts';

/** What is ordered of a step. */
export type Action = {
  /** + discharges, whole W */
  readonly batteryW: number;
  readonly carW: number;
  /** ids of the appliances that start with it */
  readonly starts: readonly string[];
};

/** What a step comes to, if use and generation are as expected. Means over the step, W; `storedWh` at its end. */
export type Passed = Action & {
  readonly startMs: number;
  readonly loadW: number;
  readonly pvW: number;
  /** + import, − export */
  readonly gridW: number;
  readonly curtailedW: number;
  readonly storedWh: number;
};

/** Whole W that the cells can take (−) and give (+) over a step. */
export const powerRange = ({ battery, ...scenario }: Scenario, storedWh: number): readonly [number, number] => {
  if (!battery) return [0, 0];
  const hours = hoursOf(scenario);
  const takable = Math.max(0, battery.capacityWh - storedWh) / battery.efficiency / hours;
  const givable = (Math.max(0, storedWh - battery.reserveWh) * battery.efficiency) / hours;
  return [-Math.floor(Math.min(battery.chargeW, takable)), Math.floor(Math.min(battery.dischargeW, givable))];
};

export const storedAfter = ({ battery, ...scenario }: Scenario, storedWh: number, batteryW: number): number => {
  if (!battery) return storedWh;
  const wh = batteryW * hoursOf(scenario);
  return batteryW < 0 ? storedWh - wh * battery.efficiency : storedWh - wh / battery.efficiency;
};

/** What the appliances that run use in each step, Wh. */
const applianceWh = ({ appliances, loadWh }: Scenario, actions: readonly Action[]): number[] => {
  const use = loadWh.map(() => 0);
  for (const [step, { starts }] of actions.entries())
    for (const { id, useWh } of appliances)
      if (starts.includes(id)) for (const [i, wh] of useWh.entries()) use[step + i] = (use[step + i] ?? 0) + wh;
  return use;
};

/** The course of the actions. The battery gives and takes what it can of what is ordered. */
export const courseOf = (scenario: Scenario, actions: readonly Action[]): Passed[] => {
  const hours = hoursOf(scenario);
  const running = applianceWh(scenario, actions);
  let stored = scenario.storedWh;
  return scenario.loadWh.map((wh, step) => {
    const { batteryW: wanted = 0, carW = 0, starts = [] } = actions[step] ?? {};
    const [least, most] = powerRange(scenario, stored);
    const batteryW = Math.min(most, Math.max(least, wanted));
    const [loadW, pvW] = [(wh + (running[step] ?? 0)) / hours, (scenario.pvWh[step] ?? 0) / hours];
    const net = loadW + carW - pvW - batteryW;
    // what the limit does not let out is not generated; what the battery gives cannot be thrown away
    const curtailedW = Math.min(pvW, Math.max(0, -net - scenario.exportW));
    stored = storedAfter(scenario, stored, batteryW);
    return {
      startMs: scenario.startMs + step * scenario.stepMinutes * 60_000,
      batteryW,
      carW,
      starts,
      loadW,
      pvW,
      gridW: net + curtailedW,
      curtailedW,
      storedWh: stored,
    };
  });
};

/** Won of a course: what is bought and worn, less what is sold. */
export const wonOf = (scenario: Scenario, course: readonly Passed[]): number =>
  course.reduce((sum, { gridW, batteryW }, step) => {
    const kwh = (watts: number): number => (Math.max(0, watts) * hoursOf(scenario)) / 1000;
    const bought = kwh(gridW) * (scenario.buyWon[step] ?? 0);
    const sold = kwh(-gridW) * (scenario.sellWon[step] ?? 0);
    return sum + bought - sold + kwh(batteryW) * scenario.wearWon;
  }, 0);
