import { powerRange, storedAfter, type Action } from './course.ts';
import { column, startColumn } from './equations.ts';
import { hoursOf, type Scenario } from './scenario.ts';
import type { Columns } from './solve.ts';

/** Whole W up to `most`, whose sum never runs more than about half a W ahead of or behind the sum of what is wanted. */
const carried = (wanted: readonly number[], most: number): number[] => {
  let owed = 0;
  return wanted.map((watts) => {
    const whole = watts > 0 ? Math.min(Math.floor(most), Math.round(watts + owed)) : 0;
    owed += watts - whole;
    return whole;
  });
};

const startsIn = (scenario: Scenario, columns: Columns, step: number): string[] =>
  scenario.appliances.flatMap(({ id }, i) => ((columns.get(startColumn(i, step)) ?? 0) > 0.5 ? [id] : []));

/** What the battery is wanted to give so that it ends each step where the solution has it. */
const batteryWanted = (scenario: Scenario, columns: Columns): number[] => {
  const { battery } = scenario;
  if (!battery) return scenario.loadWh.map(() => 0);
  let stored = scenario.storedWh;
  return scenario.loadWh.map((_, step) => {
    const target = (columns.get(column('s', step)) ?? 0) * 1000;
    const change = (stored - target) / hoursOf(scenario);
    const [least, most] = powerRange(scenario, stored);
    const wanted = Math.round(change > 0 ? change * battery.efficiency : change / battery.efficiency);
    const batteryW = Math.min(most, Math.max(least, wanted));
    stored = storedAfter(scenario, stored, batteryW);
    return batteryW;
  });
};

/** The actions of a solution in whole W, as they are ordered. */
export const actionsOf = (scenario: Scenario, columns: Columns): Action[] => {
  const wanted = scenario.loadWh.map((_, step) => (columns.get(column('v', step)) ?? 0) * 1000);
  const cars = carried(wanted, scenario.car?.mostW ?? 0);
  return batteryWanted(scenario, columns).map((batteryW, step) => ({
    batteryW,
    carW: cars[step] ?? 0,
    starts: startsIn(scenario, columns, step),
  }));
};
