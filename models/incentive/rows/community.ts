import { CHECKED_AT } from '../../calendar/dated.ts';
import { MOST_SAVED_BASIS_POINTS } from '../../community/standing.ts';
import type { Programme } from '../programme.ts';

export type ChallengeRule = {
  /** a home that saves more than this of its baseline is taken for absent, and earns nothing */
  readonly mostSavedBasisPoints: number;
};

/** Challenges of our community. Goal and reward are of each challenge; the rule is how a member's standing is judged. */
export const COMMUNITY_CHALLENGE: Programme<ChallengeRule> = {
  id: 'community-challenge',
  payer: 'us',
  unit: 'points',
  period: 'challenge',
  joins: 'each-by-itself',
  consent: null,
  eligibility: [],
  versions: [
    {
      id: 'community-challenge/2026-01-01',
      effectiveFrom: '2026-01-01',
      effectiveTo: null,
      source: 'HEMS: a programme of our own; each challenge tells its goal and reward',
      confidence: 'verified',
      checkedAt: CHECKED_AT,
      rule: { mostSavedBasisPoints: MOST_SAVED_BASIS_POINTS },
    },
  ],
};
