import type * as z from 'zod/mini';
import { listChallenges, type ChallengeView } from '../api/challenges.ts';
import { readCommunity, type Community } from '../api/community.ts';

/** Answers about the community as their contract allows them; override what the test is about. */

type Place = NonNullable<Community['board']>['own'];
const place = (rank: number, name: string, savedBasisPoints: number): Place => ({
  pseudonym: { ko: `${name} 수달`, en: `${name} otter` },
  rank,
  savedBasisPoints,
  own: name === '맑은',
});

/** A member, fifth of 24 similar flats. */
export const aCommunity = (over: Partial<Community> = {}): Community =>
  readCommunity.answer.parse({
    membership: { joined: true, pseudonym: { ko: '맑은 수달', en: 'clear otter' }, joinedOn: '2026-09-03' },
    month: '2026-11',
    cohort: { region: null, buildingType: 'apartment', members: 24 },
    standing: {
      status: 'standing',
      savedBasisPoints: 834,
      expectedWh: 192_000,
      actualWh: 176_000,
      knownDays: 21,
      absentDays: 0,
      through: '2026-11-21',
    },
    board: {
      members: 24,
      own: place(5, '맑은', 834),
      top: [place(1, '푸른', 1510), place(2, '고운', 1290), place(3, '밝은', 1105)],
      neighbours: [
        place(2, '고운', 1290),
        place(3, '밝은', 1105),
        place(4, '빠른', 902),
        place(5, '맑은', 834),
        place(6, '작은', 790),
        place(7, '느린', -120),
        place(8, '깊은', -310),
      ],
      through: '2026-11-21',
    },
    hidden: null,
    about: { about: 310, of: 2140 },
    peerMedian: { medianWh: 251_300, homes: 41 },
    ...over,
  });

/** A household that has not joined. */
export const anOutsider = (): Community =>
  aCommunity({
    membership: { joined: false, pseudonym: null, joinedOn: null },
    cohort: null,
    standing: null,
    board: null,
    hidden: 'not-joined',
    about: null,
    peerMedian: null,
  });

/** Two weeks of November, 5 % for 3,000 points, the home halfway. */
export const aChallenge = (over: Partial<ChallengeView> = {}): ChallengeView => ({
  challengeId: 'autumn-2026',
  title: { ko: '늦가을 5% 줄이기', en: 'Late autumn: 5 % less' },
  from: '2026-11-16',
  to: '2026-11-29',
  goalBasisPoints: 500,
  reward: { unit: 'points', amount: 3000 },
  phase: 'running',
  daysLeft: 8,
  participants: 27,
  joined: true,
  joinedOn: '2026-11-10',
  progress: {
    status: 'standing',
    savedBasisPoints: 250,
    missingWh: 1400,
    knownDays: 6,
    absentDays: 0,
    through: '2026-11-21',
  },
  result: null,
  ...over,
});

type Challenges = z.infer<typeof listChallenges.answer>;
export const someChallenges = (challenges: readonly ChallengeView[] = [aChallenge()]): Challenges =>
  listChallenges.answer.parse({ challenges });
