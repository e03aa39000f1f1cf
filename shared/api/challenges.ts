import * as z from 'zod/mini';
import { householdParams, localDate, nothing } from './nouns.ts';
import { route } from './route.ts';

export const challenge = z.object({
  challengeId: z.string().check(z.regex(/^[A-Za-z0-9_-]{4,64}$/)),
  title: z.object({
    ko: z.string().check(z.minLength(1), z.maxLength(80)),
    en: z.string().check(z.minLength(1), z.maxLength(80)),
  }),
  /** first and last day, both inclusive */
  from: localDate,
  to: localDate,
  /** share of its own baseline that each member is to save */
  goalBasisPoints: z.int().check(z.gte(1), z.lte(5000)),
  reward: z.object({ unit: z.literal('points'), amount: z.int().check(z.gte(1), z.lte(1_000_000)) }),
});
export type ChallengeValue = z.infer<typeof challenge>;

const progress = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('standing'),
    savedBasisPoints: z.int(),
    /** what more must be saved to stand at the goal; 0: reached */
    missingWh: z.int(),
    knownDays: z.int(),
    absentDays: z.int(),
    through: localDate,
  }),
  z.object({ status: z.literal('refused'), code: z.string(), detail: z.string() }),
]);

export const challengeView = z.extend(challenge, {
  /** `closing`: over, and late readings may still change results */
  phase: z.enum(['open', 'running', 'closing', 'closed']),
  /** until its last day has ended; 0 once it has */
  daysLeft: z.int(),
  /** shown from 20 participants on */
  participants: z.nullable(z.int()),
  joined: z.boolean(),
  joinedOn: z.nullable(localDate),
  progress: z.nullable(progress),
  /** of one who stayed, once it is settled */
  result: z.nullable(z.object({ reached: z.boolean(), amount: z.int() })),
});
export type ChallengeView = z.infer<typeof challengeView>;

const challengeParams = z.extend(householdParams, { challengeId: z.string().check(z.minLength(1), z.maxLength(64)) });

export const listChallenges = route({
  name: 'listChallenges',
  method: 'GET',
  path: '/v1/households/{householdId}/challenges',
  auth: 'resident',
  summary: 'Challenges that are open, running or lately over, with the own progress in each',
  params: householdParams,
  query: nothing,
  body: nothing,
  answer: z.object({ challenges: z.array(challengeView) }),
});

export const joinChallenge = route({
  name: 'joinChallenge',
  method: 'PUT',
  path: '/v1/households/{householdId}/challenges/{challengeId}/participation',
  auth: 'resident',
  summary: 'Joins until the day before the first; members of the community only, one meter once',
  params: challengeParams,
  query: nothing,
  body: nothing,
  answer: challengeView,
});

export const leaveChallenge = route({
  name: 'leaveChallenge',
  method: 'DELETE',
  path: '/v1/households/{householdId}/challenges/{challengeId}/participation',
  auth: 'resident',
  summary: 'Leaves on any day until the last, without a reason and without a cost',
  params: challengeParams,
  query: nothing,
  body: nothing,
  answer: challengeView,
});

export const announceChallenge = route({
  name: 'announceChallenge',
  method: 'POST',
  path: '/v1/challenges',
  auth: 'operator',
  summary: 'Announces a challenge that begins tomorrow at the earliest; the same content again is the same challenge',
  params: nothing,
  query: nothing,
  body: challenge,
  answer: challenge,
});
