import { brokenBy } from './broken.ts';
import { conflictsOf, type Limit } from './conflicts.ts';
import { courseOf, wonOf, type Action, type Passed } from './course.ts';
import { equationsOf } from './equations.ts';
import { carAtOnce, carCheapest } from './fixed-car.ts';
import { fixedStarts, withStarts } from './fixed-starts.ts';
import { needsChoices } from './mixed.ts';
import { modeOf, reasonOf, type Reason } from './reasons.ts';
import { hoursOf, type Scenario } from './scenario.ts';
import { solveContinuous, type Columns } from './solve.ts';
import { actionsOf } from './whole-watts.ts';

export type PlanStep = Passed & { readonly reason: Reason };
export type Plan = {
  /** `safe`: nothing meets all limits; the battery rests, the car and the appliances go at once */
  readonly status: 'planned' | 'safe';
  /** of a safe plan: the limits that contradict each other */
  readonly conflicts: readonly Limit[];
  readonly steps: readonly PlanStep[];
  /** what the steps cost, and what they would cost with the battery at rest */
  readonly won: number;
  readonly restingWon: number;
  /** how often the battery changes between charging, discharging and rest */
  readonly changes: number;
};

/** Nothing is moved: the battery rests, the car takes what it needs when it comes, appliances start as soon as they may. */
export const restingActions = (scenario: Scenario): Action[] => {
  const cars = carAtOnce(scenario);
  const starts = scenario.loadWh.map((): string[] => []);
  for (const { id, fromStep } of scenario.appliances) starts[Math.min(fromStep, starts.length - 1)]?.push(id);
  return starts.map((own, step) => ({ batteryW: 0, carW: cars[step] ?? 0, starts: own }));
};

const told = (scenario: Scenario, actions: readonly Action[], conflicts: readonly Limit[] | undefined): Plan => {
  const course = courseOf(scenario, actions);
  const modes = course.map(modeOf);
  return {
    status: conflicts ? 'safe' : 'planned',
    conflicts: conflicts ?? [],
    steps: course.map((passed, step) => ({ ...passed, reason: reasonOf(scenario, passed, step) })),
    won: wonOf(scenario, course),
    restingWon: wonOf(scenario, courseOf(scenario, restingActions(scenario))),
    changes: modes.filter((mode, step) => step > 0 && mode !== modes[step - 1]).length,
  };
};

/** Continuous equations, with what is on or off fixed where it is cheapest by itself. */
const continuousActions = (scenario: Scenario): Action[] | undefined => {
  const starts = fixedStarts(scenario);
  const hasLeast = scenario.car !== null && scenario.car.leastW > 0;
  const cars = hasLeast ? carCheapest(scenario) : undefined;
  const started = withStarts(scenario, starts);
  const fixed = cars
    ? { ...started, car: null, loadWh: started.loadWh.map((wh, step) => wh + (cars[step] ?? 0) * hoursOf(scenario)) }
    : started;
  const columns = solveContinuous(equationsOf(fixed));
  return (
    columns &&
    actionsOf(fixed, columns).map((action, step) => ({
      batteryW: action.batteryW,
      carW: cars?.[step] ?? action.carW,
      starts: starts[step]?.starts ?? [],
    }))
  );
};

/** Won of the actions, less what they leave in the cells at the usual price: two plans that leave different amounts are compared so. */
export const worthOf = (scenario: Scenario, actions: readonly Action[]): number => {
  const course = courseOf(scenario, actions);
  const usual = scenario.buyWon.toSorted((a, b) => a - b)[scenario.buyWon.length >> 1] ?? 0;
  return wonOf(scenario, course) - ((course.at(-1)?.storedWh ?? 0) / 1000) * usual;
};

export type PlanOptions = {
  /** what a solver of mixed-integer programmes found for `mixedEquationsOf` */
  readonly mixed?: Columns | undefined;
  /** what was planned of these steps before; kept while the new plan gains less than `leastGainWon` */
  readonly before?: readonly Action[];
  readonly leastGainWon?: number;
};

const isSound = (scenario: Scenario, actions: readonly Action[]): boolean =>
  brokenBy(scenario, courseOf(scenario, actions)).length === 0;

/** Limits that contradict each other; where only what is on or off makes them do so, those that the resting home breaks. */
const contradictions = (scenario: Scenario): Limit[] => {
  const ofEquations = conflictsOf(equationsOf(scenario));
  return ofEquations.length > 0 ? ofEquations : brokenBy(scenario, courseOf(scenario, restingActions(scenario)));
};

/**
 * The cheapest course that was found within all limits, as whole W. Where the limits contradict each other: a safe plan and their
 * names. What is ordered was checked by going through it, whatever solved it.
 */
export const planHome = (scenario: Scenario, { mixed, before, leastGainWon = 0 }: PlanOptions = {}): Plan => {
  const sound: (readonly Action[])[] = [
    before,
    mixed && needsChoices(scenario) ? actionsOf(scenario, mixed) : undefined,
    continuousActions(scenario),
    restingActions(scenario),
  ]
    .filter((actions) => actions !== undefined)
    .filter((actions) => isSound(scenario, actions));
  const [best] = sound
    // what was planned before is taken for so much cheaper
    .map((actions) => ({ actions, won: worthOf(scenario, actions) - (actions === before ? leastGainWon : 0) }))
    .toSorted((a, b) => a.won - b.won);
  return best
    ? told(scenario, best.actions, undefined)
    : told(scenario, restingActions(scenario), contradictions(scenario));
};
