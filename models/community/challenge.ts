import * as z from 'zod/mini';
import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { FINAL_AFTER_DAYS } from '../day/day-value.ts';
import { everyDay, knownDay, referenceOf, type Window } from './reference.ts';
import { standingOf, type NoStanding, type Standing } from './standing.ts';

/** A common goal for a while: each member who saves so much of its own baseline is rewarded. */
const challengeTerms = z.object({
  /** first and last day, both inclusive */
  from: z.string(),
  to: z.string(),
  /** the day on which it became known; its baseline ends long before */
  announcedOn: z.string(),
  goalBasisPoints: z.int().check(z.gte(1)),
  reward: z.object({ unit: z.literal('points'), amount: z.int().check(z.gte(1)) }),
});

const barredStanding = z.object({
  status: z.literal('refused'),
  code: z.enum(['meter-changed', 'installation-changed', 'household-split']),
  detail: z.string(),
});

/** What the result of one participant rests on, frozen with its ledger entry: `challengeTotal` works it out again. */
export const challengeInputs = z.object({
  programme: z.literal('community-challenge'),
  version: z.string(),
  /** the challenge's id */
  period: z.string(),
  terms: challengeTerms,
  /** the same weeks a year before */
  history: z.array(knownDay),
  /** the days of the challenge */
  days: z.array(knownDay),
  /** why the days may not be held against the history, whatever they say */
  barred: z.nullable(barredStanding),
});
export type ChallengeInputs = z.infer<typeof challengeInputs>;

/** `closing`: late readings may still change the results. */
export type Phase = 'open' | 'running' | 'closing' | 'closed';
export const phaseOf = ({ from, to }: Window, today: LocalDate): Phase => {
  if (today < from) return 'open';
  if (today <= to) return 'running';
  return today <= addDays(to, FINAL_AFTER_DAYS) ? 'closing' : 'closed';
};

/** How a member stands. */
export type Progress = {
  readonly standing: Standing | NoStanding;
  /** what more must be saved of the baseline so far to stand at the goal, Wh; 0: it is reached; null: no standing */
  readonly missingWh: number | null;
};

/** The days from the start to `through`; days outside the challenge count for nothing. */
export const progressOf = (
  { terms, history, days, barred }: Pick<ChallengeInputs, 'terms' | 'history' | 'days' | 'barred'>,
  through: LocalDate,
): Progress => {
  const standing = barred ?? standingOf(referenceOf(terms, history), everyDay(terms, days, through));
  if (standing.status === 'refused') return { standing, missingWh: null };
  const goalWh = Math.ceil((standing.expectedWh * terms.goalBasisPoints) / 10_000);
  return { standing, missingWh: Math.max(0, goalWh - (standing.expectedWh - standing.actualWh)) };
};

/** What the challenge is worth to one who stayed to the end, whole points: all of the reward, or nothing. */
export const challengeTotal = (inputs: ChallengeInputs): number =>
  progressOf(inputs, inputs.terms.to).missingWh === 0 ? inputs.terms.reward.amount : 0;
