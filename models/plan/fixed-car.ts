import { wonOfUse } from './fixed-starts.ts';
import { hoursOf, type Car, type Scenario } from './scenario.ts';

/** Whole W a step by which the car takes what it needs in the order given, at full power, none below its least. */
const filled = (scenario: Scenario, car: Car, steps: readonly number[]): number[] => {
  const powers = scenario.loadWh.map(() => 0);
  let leftWh = car.needWh;
  for (const step of steps) {
    if (leftWh <= 0) break;
    const wanted = Math.ceil(leftWh / hoursOf(scenario));
    const watts = Math.min(Math.floor(car.mostW), Math.max(Math.ceil(car.leastW), wanted));
    powers[step] = watts;
    leftWh -= watts * hoursOf(scenario);
  }
  return powers;
};

const stepsOf = ({ loadWh }: Scenario, { fromStep, byStep }: Car): number[] =>
  [...loadWh.keys()].filter((step) => step >= fromStep && step <= byStep);

/** As soon as it is there: what a car does without a plan. */
export const carAtOnce = (scenario: Scenario): number[] =>
  scenario.car ? filled(scenario, scenario.car, stepsOf(scenario, scenario.car)) : scenario.loadWh.map(() => 0);

/** In its cheapest steps, the earliest of equal ones. */
export const carCheapest = (scenario: Scenario): number[] => {
  const { car } = scenario;
  if (!car) return scenario.loadWh.map(() => 0);
  const won = scenario.loadWh.map((_, step) => wonOfUse(scenario, car.mostW * hoursOf(scenario), step));
  const steps = stepsOf(scenario, car).toSorted((a, b) => (won[a] ?? 0) - (won[b] ?? 0) || a - b);
  return filled(scenario, car, steps);
};
