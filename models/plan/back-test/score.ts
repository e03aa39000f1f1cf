import { costsOf, equationsOf, type Equations } from '../equations.ts';
import { leftWon } from '../scenario.ts';
import type { Columns } from '../solve.ts';
import { playHours, playPlans, scenarioFrom, type Expected, type Played, type PlayedHome } from './rolling.ts';

/** More than rounding to whole W and the margin of the equations could gain. */
const LOOSE_WH = 5;

/** What a solver finds for equations with hundreds of steps. */
export type SolveLong = (equations: Equations) => Columns | undefined;

/** Least won that the hours could have cost, had all of them been known, and what is left in the cells then counted. Throws where the solver fails. */
const perfectWon = (played: PlayedHome, solve: SolveLong): number => {
  const scenario = scenarioFrom(played, 0, played);
  const { battery } = scenario;
  const loose = battery && {
    ...battery,
    capacityWh: battery.capacityWh + LOOSE_WH,
    reserveWh: battery.reserveWh - LOOSE_WH,
  };
  const costs = costsOf(scenario);
  const columns = solve({ ...equationsOf({ ...scenario, battery: loose }), costs });
  if (!columns) throw new Error(`no plan meets the limits of ${played.loadWh.length} hours that were`);
  return costs.reduce((sum, [name, won]) => sum + won * (columns.get(name) ?? 0), 0);
};

/** Won of the hours, what is left in the cells at the end counted. */
const worthWon = (played: PlayedHome, { won, storedWh }: Played): number =>
  won - (storedWh / 1000) * leftWon(scenarioFrom(played, 0, played));

const changesADay = ({ modes }: Played): number =>
  (24 * modes.filter((mode, hour) => hour > 0 && mode !== modes[hour - 1]).length) / modes.length;

export type PlanScore = {
  /** won without a battery's help, and what perfect foresight saves of it */
  readonly restingWon: number;
  readonly possibleWon: number;
  /** share of that saving, 0 to 1: planned anew each hour, once a day, each hour with all that comes known, and covering the home only */
  readonly hourly: number;
  readonly daily: number;
  readonly known: number;
  readonly selfUse: number;
  /** of the plan of each hour */
  readonly changesADay: number;
  readonly selfUseChangesADay: number;
  readonly revisedADay: number;
  readonly withoutGain: number;
};

export type Scored = {
  readonly played: PlayedHome;
  readonly expectedAt: (hour: number) => Expected;
  readonly solve: SolveLong;
  readonly leastGainWon: number;
  readonly timed: <T>(run: () => T) => T;
};

const HOURS = 24;

/** The hours as they came, to the end of the day after; beyond the last that is known the same hour of the day before. */
const knownAt =
  ({ loadWh, pvWh }: PlayedHome) =>
  (hour: number): Expected => {
    const hours = Array.from({ length: HOURS * (Math.floor(hour / HOURS) + 2) - hour }, (_, i) => hour + i);
    const of = (values: readonly number[]): number[] => hours.map((at) => values[at] ?? values[at - HOURS] ?? 0);
    return { loadWh: of(loadWh), pvWh: of(pvWh) };
  };

export const scorePlans = ({ played, expectedAt, solve, leastGainWon, timed }: Scored): PlanScore => {
  const resting = worthWon(
    played,
    playHours(played, () => 0),
  );
  const possibleWon = resting - perfectWon(played, solve);
  const share = (run: Played): number => (resting - worthWon(played, run)) / possibleWon;
  const untimed = <T>(run: () => T): T => run();
  const hourly = playPlans(played, { everyHours: 1, leastGainWon, expectedAt, timed });
  const selfUse = playHours(played, () => 'self-use');
  const days = played.loadWh.length / HOURS;
  return {
    restingWon: resting,
    possibleWon,
    hourly: share(hourly),
    daily: share(playPlans(played, { everyHours: HOURS, leastGainWon, expectedAt, timed: untimed })),
    known: share(playPlans(played, { everyHours: 1, leastGainWon, expectedAt: knownAt(played), timed: untimed })),
    selfUse: share(selfUse),
    changesADay: changesADay(hourly),
    selfUseChangesADay: changesADay(selfUse),
    revisedADay: hourly.revised / days,
    withoutGain: hourly.withoutGain,
  };
};
