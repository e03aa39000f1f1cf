import { brokenBy } from './broken.ts';
import { conflictsOf, type Limit } from './conflicts.ts';
import { courseOf, storedAfter, wonOf, type Action, type Passed } from './course.ts';
import { equationsOf } from './equations.ts';
import { carAtOnce, carCheapest } from './fixed-car.ts';
import { fixedStarts, withStarts } from './fixed-starts.ts';
import { needsChoices } from './mixed.ts';
import { modeOf, reasonOf, type Reason } from './reasons.ts';
import { hoursOf, leftWon, type Scenario } from './scenario.ts';
import { followsHome, selfUseW } from './self-use.ts';
import { solveContinuous, type Columns } from './solve.ts';
import { actionsOf } from './whole-watts.ts';

export type PlanStep = Passed & { readonly reason: Reason };
export type Plan = {
  /** `safe`: nothing meets all limits; the battery rests, the car and the appliances go at once */
  readonly status: 'planned' | 'safe';
  /** of a safe plan: the limits that contradict each other */
  readonly conflicts: readonly Limit[];
  readonly steps: readonly PlanStep[];
  /** what the steps cost */
  readonly won: number;
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

/** Without a plan: the battery covers the home and stores the surplus by itself; car and appliances as in the home at rest. */
export const selfUseActions = (scenario: Scenario): Action[] => {
  let { storedWh } = scenario;
  return courseOf(scenario, restingActions(scenario)).map(({ loadW, pvW, carW, starts }) => {
    const batteryW = selfUseW(scenario, storedWh, loadW + carW - pvW);
    storedWh = storedAfter(scenario, storedWh, batteryW);
    return { batteryW, carW, starts };
  });
};

/** Reasons to rest that hold whether the battery is ordered or not. */
const AT_AN_END: readonly Reason['code'][] = ['keeps-reserve', 'is-full', 'no-battery'];

/** What is left to the battery itself is told so: what it does then is expected, and not ordered. */
const toldReason = (scenario: Scenario, course: readonly Passed[], at: number): Reason => {
  const step = course[at];
  const reason: Reason = step
    ? reasonOf(scenario, step, at)
    : { code: 'no-battery', wonPerKwh: scenario.buyWon[at] ?? 0 };
  const isLeft = !AT_AN_END.includes(reason.code) && followsHome(scenario, course, at);
  return isLeft ? { ...reason, code: 'by-itself' } : reason;
};

const told = (scenario: Scenario, actions: readonly Action[], conflicts: readonly Limit[] | undefined): Plan => {
  const course = courseOf(scenario, actions);
  const modes = course.map(modeOf);
  return {
    status: conflicts ? 'safe' : 'planned',
    conflicts: conflicts ?? [],
    steps: course.map((passed, step) => ({ ...passed, reason: toldReason(scenario, course, step) })),
    won: wonOf(scenario, course),
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

/** Won of the actions, less what they leave in the cells is worth: two plans that leave different amounts are compared so. */
export const worthOf = (scenario: Scenario, actions: readonly Action[]): number => {
  const course = courseOf(scenario, actions);
  return wonOf(scenario, course) - ((course.at(-1)?.storedWh ?? 0) / 1000) * leftWon(scenario);
};

/** Won that a new plan has to gain over the one before, and over the battery by itself: the fifteenth part of a kWh moved from a dear to a cheap hour. */
export const LEAST_GAIN_WON = 5;

export type PlanOptions = {
  /** what a solver of mixed-integer programmes found for `mixedEquationsOf` */
  readonly mixed?: Columns | undefined;
  /** what was planned of these steps before; kept while the new plan gains less than `leastGainWon` */
  readonly before?: readonly Action[];
  readonly leastGainWon?: number;
};

type Priced = { readonly actions: readonly Action[]; readonly won: number; readonly takenWon: number };

const isSound = (scenario: Scenario, actions: readonly Action[]): boolean =>
  brokenBy(scenario, courseOf(scenario, actions)).length === 0;

/** The actions with what they come to, where they keep all limits. */
const priced = (scenario: Scenario, actions: readonly Action[] | undefined, cheaperWon = 0): Priced[] => {
  if (!actions || !isSound(scenario, actions)) return [];
  const won = worthOf(scenario, actions);
  return [{ actions, won, takenWon: won - cheaperWon }];
};

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
  const [best] = [
    // what needs no order is taken for so much cheaper
    ...priced(scenario, selfUseActions(scenario), Math.min(leastGainWon, LEAST_GAIN_WON)),
    ...priced(scenario, mixed && needsChoices(scenario) ? actionsOf(scenario, mixed) : undefined),
    ...priced(scenario, continuousActions(scenario)),
    ...priced(scenario, restingActions(scenario)),
  ].toSorted((a, b) => a.takenWon - b.takenWon);
  const [kept] = priced(scenario, before);
  if (kept && (!best || best.won > kept.won - leastGainWon)) return told(scenario, kept.actions, undefined);
  return best
    ? told(scenario, best.actions, undefined)
    : told(scenario, restingActions(scenario), contradictions(scenario));
};
