import type { Limit } from './conflicts.ts';
import type { Passed } from './course.ts';
import { hoursOf, type Scenario } from './scenario.ts';

/** Floating point; nothing that is ordered is as small. */
const NEXT_TO_NOTHING = 1e-6;

type At = { readonly passed: Passed; readonly step: number };

const ofGrid = ({ importW, exportW }: Scenario, { passed: { gridW } }: At): Limit[] => [
  ...(gridW > importW + NEXT_TO_NOTHING ? (['import-limit'] as const) : []),
  ...(-gridW > exportW + NEXT_TO_NOTHING ? (['export-limit'] as const) : []),
];

/** A battery that is found outside its limits may go towards them, not away. */
const ofCells = ({ battery, storedWh: foundWh }: Scenario, { passed: { batteryW, storedWh } }: At): Limit[] => {
  if (!battery) return batteryW === 0 ? [] : ['battery-power'];
  const { dischargeW, chargeW, reserveWh, capacityWh } = battery;
  return [
    ...(batteryW > dischargeW || -batteryW > chargeW ? (['battery-power'] as const) : []),
    ...(storedWh < Math.min(foundWh, reserveWh) - NEXT_TO_NOTHING ? (['battery-reserve'] as const) : []),
    ...(storedWh > Math.max(foundWh, capacityWh) + NEXT_TO_NOTHING ? (['battery-capacity'] as const) : []),
  ];
};

const ofPlug = ({ car }: Scenario, { passed: { carW }, step }: At): Limit[] => {
  if (carW === 0) return [];
  const isThere = car !== null && step >= car.fromStep && step <= car.byStep;
  return isThere && carW <= car.mostW && carW >= car.leastW ? [] : ['car-power'];
};

/** So much less than asked for is rounding to whole W. */
const shortOf = (scenario: Scenario): number => Math.max(1, scenario.loadWh.length * hoursOf(scenario));

const ofBattery = (scenario: Scenario, course: readonly Passed[]): Limit[] => {
  const { battery, endWh } = scenario;
  const leftWh = course.at(-1)?.storedWh ?? 0;
  return battery && leftWh < Math.min(endWh, battery.capacityWh) - shortOf(scenario) ? ['battery-end'] : [];
};

const ofCar = (scenario: Scenario, course: readonly Passed[]): Limit[] => {
  const givenWh = course.reduce((sum, { carW }) => sum + carW * hoursOf(scenario), 0);
  return scenario.car && givenWh < scenario.car.needWh - shortOf(scenario) ? ['car-ready-by'] : [];
};

const ofAppliances = ({ appliances }: Scenario, course: readonly Passed[]): Limit[] =>
  appliances.flatMap(({ id, fromStep, byStep, useWh }): Limit[] => {
    const [start, ...more] = course.flatMap(({ starts }, step) => (starts.includes(id) ? [step] : []));
    const fits = start !== undefined && start >= fromStep && start + useWh.length - 1 <= byStep;
    return fits && more.length === 0 ? [] : ['appliance-window'];
  });

/** The limits that a course does not keep. */
export const brokenBy = (scenario: Scenario, course: readonly Passed[]): Limit[] => [
  ...new Set([
    ...course.flatMap((passed, step) => [ofGrid, ofCells, ofPlug].flatMap((of) => of(scenario, { passed, step }))),
    ...ofBattery(scenario, course),
    ...ofCar(scenario, course),
    ...ofAppliances(scenario, course),
  ]),
];
