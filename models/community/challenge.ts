import { addDays, type LocalDate } from '../calendar/seoul.ts';
import { MIN_COHORT } from './cohort.ts';
import { standingOf, type MemberDay, type NoStanding, type Standing } from './standing.ts';

/** A common goal for a while: each member who saves so much of its own baseline is rewarded. Rewards are settled by the ledger. */
export type Challenge = {
  readonly id: string;
  /** first and last day, both inclusive */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly goalBasisPoints: number;
  readonly reward: { readonly unit: 'won' | 'points'; readonly amount: number };
};

export type Participant = {
  readonly member: string;
  /** one meter takes part once, however many accounts its household has */
  readonly meter: string;
  readonly joinedOn: LocalDate;
  readonly leftOn: LocalDate | null;
};

export type ChallengeRefusal = {
  readonly status: 'refused';
  readonly code: 'already-started' | 'already-in' | 'meter-already-in' | 'not-in' | 'over' | 'still-running';
  readonly detail: string;
};
const refused = (code: ChallengeRefusal['code'], detail: string): ChallengeRefusal => ({
  status: 'refused',
  code,
  detail,
});
export type Roster = { readonly status: 'roster'; readonly participants: readonly Participant[] };
const roster = (participants: readonly Participant[]): Roster => ({ status: 'roster', participants });

type Who = { readonly member: string; readonly meter: string; readonly date: LocalDate };

/** Joining ends the day before the start, so that nobody joins knowing how the days went. Who left before may come back until then. */
export const join = (
  { id, from }: Challenge,
  participants: readonly Participant[],
  { member, meter, date }: Who,
): Roster | ChallengeRefusal => {
  if (date >= from) return refused('already-started', `${id} began on ${from}; it can be joined until the day before`);
  const active = participants.filter(({ leftOn }) => leftOn === null);
  if (active.some((one) => one.member === member)) return refused('already-in', `${member} takes part in ${id}`);
  if (active.some((one) => one.meter === meter))
    return refused('meter-already-in', `the meter takes part in ${id} by another account`);
  const others = participants.filter((one) => one.member !== member);
  return roster([...others, { member, meter, joinedOn: date, leftOn: null }]);
};

/** On any day until the end, without a reason and without a cost. */
export const leave = (
  { id, to }: Challenge,
  participants: readonly Participant[],
  { member, date }: Pick<Who, 'member' | 'date'>,
): Roster | ChallengeRefusal => {
  if (date > to) return refused('over', `${id} ended on ${to}`);
  const isHere = (one: Participant): boolean => one.member === member && one.leftOn === null;
  if (!participants.some(isHere)) return refused('not-in', `${member} does not take part in ${id}`);
  return roster(participants.map((one) => (isHere(one) ? { ...one, leftOn: date } : one)));
};

/** How a member stands. */
export type Progress = {
  readonly standing: Standing | NoStanding;
  /** what more must be saved of the baseline so far to stand at the goal, Wh; 0: it is reached; null: no standing */
  readonly missingWh: number | null;
};

/** Every day of the challenge up to `through`; one that was not given is a missing day. */
const daysSoFar = ({ from, to }: Challenge, days: readonly MemberDay[], through: LocalDate): MemberDay[] => {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const all: MemberDay[] = [];
  for (let date = from; date <= to && date <= through; date = addDays(date, 1))
    all.push(byDate.get(date) ?? { date, expectedWh: null, actual: undefined });
  return all;
};

/** The days from the start to `through`; days outside the challenge count for nothing. */
export const progressOf = (challenge: Challenge, days: readonly MemberDay[], through: LocalDate): Progress => {
  const { goalBasisPoints } = challenge;
  const standing = standingOf(daysSoFar(challenge, days, through));
  if (standing.status === 'refused') return { standing, missingWh: null };
  const { expectedWh, actualWh } = standing;
  const goalWh = Math.ceil((expectedWh * goalBasisPoints) / 10_000);
  return { standing, missingWh: Math.max(0, goalWh - (expectedWh - actualWh)) };
};

/** What became of one who stayed to the end. */
export type Result = {
  readonly member: string;
  readonly reached: boolean;
  /** in the challenge's unit; 0 when the goal was missed */
  readonly amount: number;
  readonly progress: Progress;
};
export type Closed = {
  readonly status: 'closed';
  readonly results: readonly Result[];
  /** the group's figures may be shown: enough stayed */
  readonly isShown: boolean;
};

/** After the last day: everybody who stayed, and what they earned. */
export const close = (
  challenge: Challenge,
  participants: readonly Participant[],
  { date, daysOf }: { readonly date: LocalDate; readonly daysOf: (member: string) => readonly MemberDay[] },
): Closed | ChallengeRefusal => {
  const { id, to, reward } = challenge;
  if (date <= to) return refused('still-running', `${id} runs until ${to}`);
  const results = participants
    .filter(({ leftOn }) => leftOn === null)
    .map(({ member }): Result => {
      const progress = progressOf(challenge, daysOf(member), to);
      const reached = progress.missingWh === 0;
      return { member, reached, amount: reached ? reward.amount : 0, progress };
    });
  return { status: 'closed', results, isShown: results.length >= MIN_COHORT };
};
