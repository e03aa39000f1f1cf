import { brokenBy } from '../broken.ts';
import { courseOf, wonOf, type Action } from '../course.ts';
import { planHome, worthOf, type Plan } from '../plan.ts';
import { modeOf, type Mode } from '../reasons.ts';
import type { Scenario } from '../scenario.ts';
import { followsHome, selfUseW } from '../self-use.ts';

/** A home with a battery as it was, hour by hour. */
export type PlayedHome = {
  /** equipment and limits */
  readonly home: Omit<Scenario, 'startMs' | 'stepMinutes' | 'loadWh' | 'pvWh' | 'buyWon' | 'sellWon' | 'storedWh'>;
  /** in the cells when the first hour begins */
  readonly storedWh: number;
  readonly loadWh: readonly number[];
  readonly pvWh: readonly number[];
  /** of these hours and those after them, as far as plans reach */
  readonly buyWon: readonly number[];
  readonly sellWon: readonly number[];
};

/** Use and generation from an hour on, as expected when it begins. */
export type Expected = { readonly loadWh: readonly number[]; readonly pvWh: readonly number[] };

const HOUR_MS = 3_600_000;

/** The home from an hour on, with this use and generation. */
export const scenarioFrom = (
  { home, buyWon, sellWon }: PlayedHome,
  hour: number,
  { loadWh, pvWh, storedWh }: Expected & { readonly storedWh: number },
): Scenario => ({
  ...home,
  startMs: hour * HOUR_MS,
  stepMinutes: 60,
  storedWh,
  loadWh: [...loadWh],
  pvWh: [...pvWh],
  buyWon: buyWon.slice(hour, hour + loadWh.length),
  sellWon: sellWon.slice(hour, hour + loadWh.length),
});

/** What the battery is told for an hour: W, + discharging, or to cover the home by itself. */
type Told = number | 'self-use';

export type Played = {
  readonly won: number;
  /** in the cells at the end */
  readonly storedWh: number;
  /** what the battery did in each hour */
  readonly modes: readonly Mode[];
};

/** Goes through the hours as they were; `tell` says before each what the battery is to do. */
export const playHours = (played: PlayedHome, tell: (hour: number, storedWh: number) => Told): Played => {
  let { storedWh } = played;
  let won = 0;
  const modes: Mode[] = [];
  for (const [hour, loadWh] of played.loadWh.entries()) {
    const pvWh = played.pvWh[hour] ?? 0;
    const actual = scenarioFrom(played, hour, { loadWh: [loadWh], pvWh: [pvWh], storedWh });
    const told = tell(hour, storedWh);
    const batteryW = told === 'self-use' ? selfUseW(actual, storedWh, loadWh - pvWh) : told;
    const [passed] = courseOf(actual, [{ batteryW, carW: 0, starts: [] }]);
    if (!passed) continue;
    won += wonOf(actual, [passed]);
    storedWh = passed.storedWh;
    modes.push(modeOf(passed));
  }
  return { won, storedWh, modes };
};

export type Replanning = {
  /** from one plan to the next */
  readonly everyHours: number;
  /** what a new plan has to gain, to replace the one before */
  readonly leastGainWon: number;
  readonly expectedAt: (hour: number) => Expected;
  /** measures what it runs */
  readonly timed: <T>(run: () => T) => T;
};

/** How often a new plan took another mode for the hour that begins than the plan before had for it, and how often it gained too little by that. */
export type Revisions = { readonly revised: number; readonly withoutGain: number };

const revisionOf = (
  scenario: Scenario,
  plan: Plan,
  { before, leastGainWon }: { readonly before: readonly Action[]; readonly leastGainWon: number },
): Revisions => {
  // what the plan before comes to with what is in the cells now: a full battery does not change its mode by a plan
  const [own, earlier] = [plan.steps[0], courseOf(scenario, before)[0]];
  if (before.length === 0 || !own || !earlier || modeOf(own) === modeOf(earlier)) return { revised: 0, withoutGain: 0 };
  const wasSound = brokenBy(scenario, courseOf(scenario, before)).length === 0;
  const gainWon = worthOf(scenario, before) - worthOf(scenario, plan.steps);
  return { revised: 1, withoutGain: wasSound && gainWon < leastGainWon ? 1 : 0 };
};

/** Plans anew every so many hours from what is expected then, and has the battery carry it out. */
export const playPlans = (
  played: PlayedHome,
  { everyHours, leastGainWon, expectedAt, timed }: Replanning,
): Played & Revisions => {
  let made: { hour: number; scenario: Scenario; plan: Plan } | undefined;
  let [revised, withoutGain] = [0, 0];
  const planAt = (hour: number, storedWh: number): NonNullable<typeof made> => {
    const before = made?.plan.steps.slice(hour - made.hour);
    const scenario = scenarioFrom(played, hour, { ...expectedAt(hour), storedWh });
    const plan = timed(() => planHome(scenario, before ? { before, leastGainWon } : {}));
    const own = revisionOf(scenario, plan, { before: before ?? [], leastGainWon });
    revised += own.revised;
    withoutGain += own.withoutGain;
    return { hour, scenario, plan };
  };
  const run = playHours(played, (hour, storedWh) => {
    if (!made || hour % everyHours === 0) made = planAt(hour, storedWh);
    const { scenario, plan } = made;
    const at = hour - made.hour;
    return followsHome(scenario, plan.steps, at) ? 'self-use' : (plan.steps[at]?.batteryW ?? 0);
  });
  return { ...run, revised, withoutGain };
};
