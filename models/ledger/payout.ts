import type { Unit } from '../incentive/programme.ts';

/**
 * How a payout fares. `unknown`: the rail was called and has not answered; it is asked, never called again on a guess.
 * `refused` and `paid` are final.
 */
export type PayoutState = 'pending' | 'approved' | 'unknown' | 'paid' | 'refused';
export type PayoutEvent =
  /** an operator lets it go, or not */
  | 'approve'
  | 'reject'
  /** written down before the rail is called */
  | 'call'
  /** what the rail answers, to the call or when it is asked */
  | 'rail-paid'
  | 'rail-declined'
  /** the rail knows no payment of this key: it may be called again with the same key */
  | 'rail-never-heard';

export type Payout = {
  /** also the idempotency key that the rail sees */
  readonly payoutId: string;
  readonly householdId: string;
  readonly unit: Unit;
  /** whole won or points, above 0 */
  readonly amount: number;
  readonly state: PayoutState;
};

const NEXT: Readonly<Record<PayoutState, Partial<Record<PayoutEvent, PayoutState>>>> = {
  pending: { approve: 'approved', reject: 'refused' },
  approved: { call: 'unknown', reject: 'refused' },
  unknown: { 'rail-paid': 'paid', 'rail-declined': 'refused', 'rail-never-heard': 'approved' },
  paid: {},
  refused: {},
};

/**
 * The payout after the event; the same payout when it had that effect already (whoever acts on an event acts only when the
 * payout has changed); undefined when the event cannot be.
 */
export const afterEvent = (payout: Payout, event: PayoutEvent): Payout | undefined => {
  const state = NEXT[payout.state][event];
  if (state) return { ...payout, state };
  const repeated = Object.values(NEXT).some((events) => events[event] === payout.state);
  return repeated ? payout : undefined;
};

/** Money that is promised or gone; only a refused payout gives it back. */
export const isReserved = ({ state }: Payout): boolean => state !== 'refused';
