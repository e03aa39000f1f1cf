import { backTest, backTestDays, dayTotals, type Frozen, type HourlyHome } from '@hems/models/baseline/back-test';
import {
  KNOWN_TRUTH_METHODS,
  knownHome,
  knownTruthTest,
  type KnownHome,
  type KnownTruthMethod,
} from '@hems/models/baseline/known-homes';
import {
  OWN_CANDIDATES,
  OWN_DAY_CANDIDATES,
  OWN_DAY_DEFAULT,
  OWN_DEFAULT,
  SIMILAR_DAY_METHODS,
} from '@hems/models/baseline/methods';
import {
  accuracyOf,
  chooseDefault,
  scoreOf,
  type Accuracy,
  type MethodScore,
  type Outcome,
} from '@hems/models/baseline/scorecard';
import {
  DAILY_REGRESSION,
  scaledByWeather,
  similarDays,
  TEN_OF_TEN_WEATHER,
  weatherBefore,
  type TestedMethod,
  type WeatherBefore,
} from '@hems/models/baseline/tested-method';
import { seedOf } from '@hems/models/testing/random';
import type { ScoredHomes } from './scorecard-homes.ts';

type Named = { readonly method: string; readonly name: string };
type HomeScore = { readonly home: string; readonly accuracy: Accuracy };
/** A method on the real homes: pooled, and each home by itself. */
export type RealScore = Named & {
  readonly pooled: MethodScore;
  /** the homes on which the choice is made, and the others */
  readonly onChoice: MethodScore;
  readonly onHeldOut: MethodScore;
  /** on just those cases in which the regression had a baseline as well */
  readonly whereTemperature: Accuracy;
  readonly homes: readonly HomeScore[];
  /** files that are no household's load */
  readonly apart: readonly HomeScore[];
};
/** Methods held against the same cases, and which of them is the default. */
export type Comparison = {
  readonly scores: readonly RealScore[];
  readonly candidates: readonly string[];
  /** null: on the homes of the choice no candidate is fair in every season */
  readonly chosen: string | null;
  readonly inForce: string;
};
/** A method on the generated homes. */
export type KnownScore = Named & {
  readonly seasonal: boolean;
  readonly score: MethodScore;
  /** what it measured where every home cut its use by `CUT_PERCENT`: on the judged day alone (null: not asked), and all along */
  readonly measuredPercent: { readonly onTheDay: number | null; readonly keptUp: number | null };
};

export type Scorecard = {
  readonly homes: number;
  readonly choiceHomes: readonly string[];
  readonly heldOutHomes: readonly string[];
  readonly evenings: Comparison;
  readonly days: Comparison;
  /** whole days from the days before their month: no choice is made on them */
  readonly months: readonly RealScore[];
  readonly knownHomes: number;
  readonly known: readonly KnownScore[];
};

const KNOWN_HOMES = 60;
export const CUT_PERCENT = 10;

type Subject = { readonly home: HourlyHome; readonly weather: WeatherBefore };
const subjectOf = (home: HourlyHome): Subject => ({ home, weather: weatherBefore(dayTotals(home), home.meanCdegc) });
type Test = (method: TestedMethod, subject: Subject) => Outcome[];
type Subjects = {
  readonly judged: readonly Subject[];
  readonly apart: readonly Subject[];
  /** names of the homes on which the choice is made */
  readonly choice: ReadonlySet<string>;
};

/** The half of the homes, by the hash of their names, on which a default is chosen. */
const choiceOf = (homes: readonly HourlyHome[]): string[] =>
  homes
    .map(({ name }) => name)
    .toSorted((a, b) => seedOf(a) - seedOf(b))
    .slice(0, Math.ceil(homes.length / 2));

type Tested = { readonly home: string; readonly outcomes: readonly Outcome[] };
const all = (tested: readonly Tested[]): Outcome[] => tested.flatMap(({ outcomes }) => outcomes);
const homeScores = (tested: readonly Tested[]): HomeScore[] =>
  tested.map(({ home, outcomes }) => ({ home, accuracy: accuracyOf(outcomes) }));

/** `last` of the methods is the one that needs a temperature. All of them are held against the same cases, in the same order. */
const realScores = (methods: readonly TestedMethod[], { judged, apart, choice }: Subjects, test: Test): RealScore[] => {
  const run = (method: TestedMethod, subjects: readonly Subject[]): Tested[] =>
    subjects.map((subject) => ({ home: subject.home.name, outcomes: test(method, subject) }));
  const results = methods.map((method) => ({ method, tested: run(method, judged), aside: run(method, apart) }));
  const needsTemperature = all(results.at(-1)?.tested ?? []).map(({ expectedWh }) => expectedWh !== null);
  return results.map(({ method: { id, name }, tested, aside }) => ({
    method: id,
    name,
    pooled: scoreOf(id, all(tested)),
    onChoice: scoreOf(id, all(tested.filter(({ home }) => choice.has(home)))),
    onHeldOut: scoreOf(id, all(tested.filter(({ home }) => !choice.has(home)))),
    whereTemperature: accuracyOf(all(tested).filter((_, i) => needsTemperature[i])),
    homes: homeScores(tested),
    apart: homeScores(aside),
  }));
};

const compared = (scores: readonly RealScore[], candidates: readonly string[], inForce: string): Comparison => ({
  scores,
  candidates,
  chosen:
    chooseDefault(scores.filter(({ method }) => candidates.includes(method)).map(({ onChoice }) => onChoice))?.method ??
    null,
  inForce,
});

/** Saved over what would have been used, both as the method has it. */
const measuredCut = ({ biasPercent }: Accuracy): number | null =>
  biasPercent === null ? null : (100 * biasPercent) / (100 + biasPercent);

const knownScore = (method: KnownTruthMethod, homes: readonly KnownHome[]): KnownScore => {
  const cuts = [
    { cutPercent: 0, keptUpPercent: 0 },
    { cutPercent: CUT_PERCENT, keptUpPercent: 0 },
    ...(method.rolling ? [{ cutPercent: CUT_PERCENT, keptUpPercent: CUT_PERCENT }] : []),
  ];
  const tests = homes.map((home) => knownTruthTest(method, home, cuts));
  const outcomes = (at: number): Outcome[] => tests.flatMap((test) => test[at] ?? []);
  const measured = (at: number): number | null => measuredCut(accuracyOf(outcomes(at)));
  return {
    method: method.id,
    name: method.name,
    seasonal: method.seasonal,
    score: scoreOf(method.id, outcomes(0)),
    measuredPercent: method.rolling
      ? { onTheDay: measured(1), keptUp: measured(2) }
      : { onTheDay: null, keptUp: measured(1) },
  };
};

export const scorecardOf = ({ homes, apart }: ScoredHomes, knownHomes = KNOWN_HOMES): Scorecard => {
  const generated = Array.from({ length: knownHomes }, (_, index) => knownHome(index));
  const choiceHomes = choiceOf(homes);
  const choice = new Set(choiceHomes);
  const subjects = { judged: homes.map(subjectOf), apart: apart.map(subjectOf), choice };
  const eventMethods = [...SIMILAR_DAY_METHODS.map(similarDays), scaledByWeather(TEN_OF_TEN_WEATHER)];
  const dayMethods = [...OWN_DAY_CANDIDATES.map(similarDays), DAILY_REGRESSION];
  const days =
    (frozen: Frozen): Test =>
    (method, subject) =>
      backTestDays(method, subject, frozen);
  const evening: Test = (method, { home, weather }) => backTest(method, home, weather);
  const ids = (methods: readonly { readonly id: string }[], weather: { readonly id: string }): string[] =>
    [...methods, weather].map(({ id }) => id);
  return {
    homes: homes.length,
    choiceHomes,
    heldOutHomes: homes.map(({ name }) => name).filter((name) => !choice.has(name)),
    evenings: compared(
      realScores(eventMethods, subjects, evening),
      ids(OWN_CANDIDATES, TEN_OF_TEN_WEATHER),
      OWN_DEFAULT.id,
    ),
    days: compared(
      realScores(dayMethods, subjects, days('day')),
      ids(OWN_DAY_CANDIDATES, DAILY_REGRESSION),
      OWN_DAY_DEFAULT.id,
    ),
    months: realScores(dayMethods, subjects, days('month')),
    knownHomes,
    known: KNOWN_TRUTH_METHODS.map((method) => knownScore(method, generated)),
  };
};
