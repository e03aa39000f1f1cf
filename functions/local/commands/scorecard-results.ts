import { backTest, type HourlyHome } from '@hems/models/baseline/back-test';
import { KNOWN_TRUTH_METHODS, knownHome, knownTruthTest } from '@hems/models/baseline/known-homes';
import { OWN_CANDIDATES, OWN_DEFAULT, SIMILAR_DAY_METHODS } from '@hems/models/baseline/methods';
import {
  accuracyOf,
  chooseDefault,
  scoreOf,
  type Accuracy,
  type MethodScore,
  type Outcome,
} from '@hems/models/baseline/scorecard';
import type { ScoredHomes } from './scorecard-homes.ts';

type Named = { readonly method: string; readonly name: string };
/** A method on the real homes: pooled, and each home by itself. */
export type RealScore = Named & {
  readonly pooled: MethodScore;
  readonly homes: readonly { readonly home: string; readonly accuracy: Accuracy }[];
  /** files that are no household's load */
  readonly apart: readonly { readonly home: string; readonly accuracy: Accuracy }[];
};
/** A method on the generated homes. */
export type KnownScore = Named & {
  readonly seasonal: boolean;
  readonly score: MethodScore;
  /** what it measured where every home cut its use by `CUT_PERCENT` */
  readonly measuredCutPercent: number | null;
};

export type Scorecard = {
  readonly homes: number;
  readonly real: readonly RealScore[];
  readonly knownHomes: number;
  readonly known: readonly KnownScore[];
  readonly candidates: readonly string[];
  /** null: no candidate is fair in every season */
  readonly chosen: string | null;
  readonly inForce: string;
};

const KNOWN_HOMES = 60;
export const CUT_PERCENT = 10;

const realScores = ({ homes, apart }: ScoredHomes): RealScore[] =>
  SIMILAR_DAY_METHODS.map((method) => {
    const test = (home: HourlyHome) => ({ home: home.name, outcomes: backTest(method, home) });
    const judged = homes.map(test);
    const accuracies = (all: typeof judged) =>
      all.map(({ home, outcomes }) => ({ home, accuracy: accuracyOf(outcomes) }));
    return {
      method: method.id,
      name: method.name,
      pooled: scoreOf(
        method.id,
        judged.flatMap(({ outcomes }) => outcomes),
      ),
      homes: accuracies(judged),
      apart: accuracies(apart.map(test)),
    };
  });

/** Saved over what would have been used, both as the method has it. */
const measuredCut = ({ biasPercent }: Accuracy): number | null =>
  biasPercent === null ? null : (100 * biasPercent) / (100 + biasPercent);

const knownScores = (count: number): KnownScore[] => {
  const homes = Array.from({ length: count }, (_, index) => knownHome(index));
  return KNOWN_TRUTH_METHODS.map((method) => {
    const tests = homes.map((home) => knownTruthTest(method, home, [0, CUT_PERCENT]));
    const outcomes = (at: number): Outcome[] => tests.flatMap((test) => test[at] ?? []);
    return {
      method: method.id,
      name: method.name,
      seasonal: method.seasonal,
      score: scoreOf(method.id, outcomes(0)),
      measuredCutPercent: measuredCut(accuracyOf(outcomes(1))),
    };
  });
};

export const scorecardOf = (homes: ScoredHomes, knownHomes = KNOWN_HOMES): Scorecard => {
  const real = realScores(homes);
  const ids = OWN_CANDIDATES.map(({ id }) => id);
  const chosen = chooseDefault(real.filter(({ method }) => ids.includes(method)).map(({ pooled }) => pooled));
  return {
    homes: homes.homes.length,
    real,
    knownHomes,
    known: knownScores(knownHomes),
    candidates: ids,
    chosen: chosen?.method ?? null,
    inForce: OWN_DEFAULT.id,
  };
};
