import { addDays, type LocalDate } from '../calendar/seoul.ts';
import type { AdviceAnswer, AdviceCause, RuleCode } from './codes.ts';
import { RULES, type Candidate } from './rules.ts';

/** The last word on a suggestion. */
export type Answered = {
  readonly adviceId: string;
  readonly rule: RuleCode;
  readonly deviceId: string | null;
  readonly answer: AdviceAnswer;
  /** of `not-useful` */
  readonly cause: AdviceCause | null;
  readonly onDate: LocalDate;
  /** the cautious end of the range that was shown */
  readonly lowWon: number;
};

type Consequence = {
  /** the suggestion itself, about that plug; or every one that touches the same */
  readonly of: 'suggestion' | 'touches';
  /** null: for good */
  readonly restsDays: number | null;
  /** from then on nothing is suggested that saves less than so many times what was too little */
  readonly atLeastTimes?: number;
};

/** What follows from the cause of a `not-useful`. */
const CONSEQUENCES: Readonly<Record<AdviceCause, Consequence>> = {
  // what is found again a year later has come back
  'done-already': { of: 'suggestion', restsDays: 365 },
  'not-possible': { of: 'suggestion', restsDays: null },
  // who does not want to be colder is not asked to be warmer either
  'too-uncomfortable': { of: 'touches', restsDays: 365 },
  'too-little': { of: 'suggestion', restsDays: 365, atLeastTimes: 2 },
  'not-true': { of: 'suggestion', restsDays: 365 },
};
const LATER_DAYS = 14;

const isAbout = ({ rule, deviceId }: Answered, candidate: Candidate): boolean =>
  rule === candidate.rule && deviceId === candidate.deviceId;

const consequenceOf = ({ answer, cause, rule }: Answered): Consequence => {
  if (answer === 'later') return { of: 'suggestion', restsDays: LATER_DAYS };
  if (answer === 'accept') return { of: 'suggestion', restsDays: RULES[rule].restsDays };
  return CONSEQUENCES[cause ?? 'not-possible'];
};

/** Whether what was answered still has its consequence. */
export const stillHolds = (said: Answered, today: LocalDate): boolean => {
  const { restsDays } = consequenceOf(said);
  return restsDays === null || today < addDays(said.onDate, restsDays);
};

/** Whether the answer was about what this candidate is about. */
const means = (said: Answered, of: Consequence['of'], candidate: Candidate): boolean => {
  if (isAbout(said, candidate)) return true;
  const { touches } = RULES[said.rule];
  return of === 'touches' && touches !== 'nothing' && touches === RULES[candidate.rule].touches;
};

const isLittle = ({ lowWon }: Answered, { wonPerMonth }: Candidate, times: number | undefined): boolean =>
  times !== undefined && wonPerMonth.low < times * lowWon;

/** Whether an answer keeps a suggestion back today. */
const holdsBack = (said: Answered, candidate: Candidate, today: LocalDate): boolean => {
  const { of, atLeastTimes } = consequenceOf(said);
  if (!stillHolds(said, today)) return false;
  return means(said, of, candidate) || isLittle(said, candidate, atLeastTimes);
};

export const isHeldBack = (candidate: Candidate, answered: readonly Answered[], today: LocalDate): boolean =>
  answered.some((said) => holdsBack(said, candidate, today));

/** It was put off once, and has come back. */
export const wasPutOff = (candidate: Candidate, answered: readonly Answered[]): boolean =>
  answered.some((said) => said.answer === 'later' && isAbout(said, candidate));
