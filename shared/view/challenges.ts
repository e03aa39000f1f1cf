import { dayNumber, type LocalDate } from '@hems/models/calendar/seoul';
import type { ChallengeView as Challenge } from '../api/challenges.ts';
import { localDateText } from '../format/date.ts';
import { kwhText } from '../format/energy.ts';
import { amountText } from '../format/money.ts';
import { groupedText } from '../format/number.ts';
import { percentText } from '../format/percent.ts';
import { cardOf, empty, ready, type Card, type Loaded } from './card.ts';
import { savedText, type CommunityWords } from './community.ts';
import { wordOf } from './word.ts';

export type ChallengeCard = {
  readonly challengeId: string;
  readonly title: string;
  readonly phase: Challenge['phase'];
  readonly phaseText: string;
  /** how long until it begins or ends */
  readonly left: string | undefined;
  readonly goal: string;
  readonly facts: readonly string[];
  /** that the home takes part, or took part */
  readonly joinedText: string | undefined;
  readonly action: 'join' | 'leave' | 'none';
  /** why there is nothing to press */
  readonly whyNot: string | undefined;
  /** how far along the goal, 0 to 100, where it can be told */
  readonly progressPercent: number | undefined;
  readonly progress: readonly string[];
  readonly result: string | undefined;
};

const actionOf = ({ phase, joined }: Challenge): ChallengeCard['action'] => {
  if (joined && (phase === 'open' || phase === 'running')) return 'leave';
  return !joined && phase === 'open' ? 'join' : 'none';
};

const leftText = (
  { phase, from, daysLeft }: Challenge,
  today: LocalDate,
  { s }: CommunityWords,
): string | undefined => {
  if (phase === 'open') return s.startsIn(Math.max(0, dayNumber(from) - dayNumber(today)));
  return phase === 'running' ? s.daysLeft(daysLeft) : undefined;
};

/** `5%`, and `2.5%` where a goal is no whole one. */
const goalText = (basisPoints: number): string => percentText(basisPoints, basisPoints % 100 === 0 ? 0 : 1);

const isOver = ({ phase }: Challenge): boolean => phase === 'closing' || phase === 'closed';

/** Where the home stands; once the last day is over, nothing more can be done about it. */
const progressTexts = (challenge: Challenge, { t, s, reasons }: CommunityWords): string[] => {
  const { progress, goalBasisPoints } = challenge;
  if (progress === null) return [];
  if (progress.status === 'refused')
    return [`${s.noProgress}: ${wordOf(reasons.refusal, progress.code, progress.detail)}`];
  const { savedBasisPoints, missingWh, through, knownDays } = progress;
  return [
    s.progress(savedText(savedBasisPoints), goalText(goalBasisPoints)),
    ...(isOver(challenge) ? [] : [missingWh === 0 ? s.reachedNow : s.missing(kwhText(missingWh))]),
    s.progressThrough(localDateText(through, t), knownDays),
  ];
};

const progressPercent = ({ progress, goalBasisPoints }: Challenge): number | undefined =>
  progress?.status === 'standing'
    ? Math.min(100, Math.max(0, Math.round((progress.savedBasisPoints * 100) / goalBasisPoints)))
    : undefined;

const resultText = ({ result, reward }: Challenge, { s }: CommunityWords): string | undefined => {
  if (result === null) return undefined;
  return result.reached ? s.result.reached(amountText(result.amount, reward.unit)) : s.result.missed;
};

const joinedText = (challenge: Challenge, { s }: CommunityWords): string | undefined => {
  if (!challenge.joined) return undefined;
  return isOver(challenge) ? s.tookPart : s.joined;
};

export const challengeCard = (challenge: Challenge, today: LocalDate, words: CommunityWords): ChallengeCard => {
  const { t, s, locale } = words;
  const { challengeId, title, phase, from, to, reward, goalBasisPoints, participants, joined, result } = challenge;
  const prize = amountText(reward.amount, reward.unit);
  return {
    challengeId,
    title: title[locale],
    phase,
    phaseText: s.phase[phase],
    left: leftText(challenge, today, words),
    goal: s.goal(goalText(goalBasisPoints), prize),
    facts: [
      s.when(localDateText(from, t), localDateText(to, t)),
      ...(participants === null ? [] : [s.participants(groupedText(participants, 0))]),
    ],
    joinedText: joinedText(challenge, words),
    action: actionOf(challenge),
    whyNot: !joined && phase === 'running' ? s.alreadyRunning : undefined,
    // the result says it all
    progressPercent: joined && result === null ? progressPercent(challenge) : undefined,
    progress: joined && result === null ? progressTexts(challenge, words) : [],
    result: resultText(challenge, words),
  };
};

/** Running ones first, then those to join, then those that are over. */
const ORDER: Record<Challenge['phase'], number> = { running: 0, open: 1, closing: 2, closed: 3 };

export const challengesCard = (
  loaded: Loaded<{ readonly challenges: readonly Challenge[] }>,
  today: LocalDate,
  words: CommunityWords,
): Card<readonly ChallengeCard[]> =>
  cardOf(loaded, words.t, ({ challenges }) =>
    challenges.length === 0
      ? empty(words.s.noChallenges)
      : ready(
          challenges
            .toSorted((a, b) => ORDER[a.phase] - ORDER[b.phase] || (a.from < b.from ? 1 : -1))
            .map((challenge) => challengeCard(challenge, today, words)),
        ),
  );
