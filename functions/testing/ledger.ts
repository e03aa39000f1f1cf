import type { Settling } from '../use-cases/stores/ledger.ts';
import { HOME } from './world.ts';

/** A challenge that we pay 3,000 won for. */
export const aSettling = (over: Partial<Settling> = {}): Settling => ({
  householdId: HOME.householdId,
  programme: 'community-challenge',
  period: 'save-together',
  unit: 'won',
  payer: 'us',
  endsOn: '2026-11-15',
  total: 3000,
  version: 'community-challenge/2026-01-01',
  ...over,
});

/** As a challenge of the community is frozen in the ledger. */
export const CHALLENGE = {
  programme: 'community-challenge',
  version: 'v1',
  period: 'save-together',
  terms: {
    from: '2026-11-01',
    to: '2026-11-10',
    announcedOn: '2026-10-20',
    goalBasisPoints: 500,
    reward: { unit: 'points', amount: 3000 },
  },
  history: [],
  days: [],
  barred: null,
};
