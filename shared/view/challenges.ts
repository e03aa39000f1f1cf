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
  readonly facts: readonly string[];
  readonly joined: boolean;
  readonly action: 'join' | 'leave' | 'none';
  /** how far along the goal, 0 to 100, where it can be told */
  readonly progressPercent: number | undefined;
  readonly progress: readonly string[];
  readonly result: string | undefined;
};

const actionOf = ({ phase, joined }: Challenge): ChallengeCard['action'] => {
  if (joined && (phase === 'open' || phase === 'running')) return 'leave';
  return !joined && phase === 'open' ? 'join' : 'none';
};

const timeText = ({ phase, from, daysLeft }: Challenge, today: LocalDate, { s }: CommunityWords): string[] => {
  if (phase === 'open') return [s.startsIn(Math.max(0, dayNumber(from) - dayNumber(today)))];
  return phase === 'running' ? [s.daysLeft(daysLeft)] : [];
};

const progressTexts = ({ progress, goalBasisPoints }: Challenge, { t, s, reasons }: CommunityWords): string[] => {
  if (progress === null) return [];
  if (progress.status === 'refused')
    return [`${s.noProgress}: ${wordOf(reasons.refusal, progress.code, progress.detail)}`];
  const { savedBasisPoints, missingWh, through, knownDays } = progress;
  return [
    s.progress(savedText(savedBasisPoints), percentText(goalBasisPoints, 1)),
    missingWh === 0 ? s.reachedNow : s.missing(kwhText(missingWh)),
    s.progressThrough(localDateText(through, t), knownDays),
  ];
};

const progressPercent = ({ progress, goalBasisPoints }: Challenge): number | undefined =>
  progress?.status === 'standing'
    ? Math.min(100, Math.max(0, Math.round((progress.savedBasisPoints * 100) / goalBasisPoints)))
    : undefined;

export const challengeCard = (challenge: Challenge, today: LocalDate, words: CommunityWords): ChallengeCard => {
  const { t, s, locale } = words;
  const { challengeId, title, phase, from, to, reward, goalBasisPoints, participants, joined, result } = challenge;
  const prize = amountText(reward.amount, reward.unit);
  return {
    challengeId,
    title: title[locale],
    phase,
    phaseText: s.phase[phase],
    facts: [
      s.when(localDateText(from, t), localDateText(to, t)),
      s.goal(percentText(goalBasisPoints, 1), prize),
      ...timeText(challenge, today, words),
      participants === null ? s.fewParticipants : s.participants(groupedText(participants, 0)),
    ],
    joined,
    action: actionOf(challenge),
    progressPercent: joined ? progressPercent(challenge) : undefined,
    progress: joined ? progressTexts(challenge, words) : [],
    result:
      result === null
        ? undefined
        : result.reached
          ? s.result.reached(amountText(result.amount, reward.unit))
          : s.result.missed,
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
