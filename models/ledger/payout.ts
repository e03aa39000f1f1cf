import type { Unit } from '../incentive/programme.ts';

/**
 * How a payout fares. `unknown`: the rail was called and has not answered; it is asked, never called again on a guess.
 * `refused` and `paid` are final. Once approved only the rail ends it: a call that was given up for lost may still arrive,
 * and a payout that was refused meanwhile would be paid and could be asked for again.
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
  /** chosen by the household, unique in it */
  readonly payoutId: string;
  readonly householdId: string;
  readonly unit: Unit;
  /** whole won or points, above 0 */
  readonly amount: number;
  readonly state: PayoutState;
};

const NEXT: Readonly<Record<PayoutState, Partial<Record<PayoutEvent, PayoutState>>>> = {
  pending: { approve: 'approved', reject: 'refused' },
  approved: { call: 'unknown' },
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

/** The rail's idempotency key. It names the household: two may choose the same id, and `.` is in neither part. */
export const railKey = ({ householdId, payoutId }: Pick<Payout, 'householdId' | 'payoutId'>): string =>
  `${householdId}.${payoutId}`;

/** The payout that a key names, undefined when it is none of ours. */
export const payoutOfKey = (key: string): Pick<Payout, 'householdId' | 'payoutId'> | undefined => {
  const [householdId = '', payoutId = '', ...more] = key.split('.');
  return householdId !== '' && payoutId !== '' && more.length === 0 ? { householdId, payoutId } : undefined;
};

/** Money that is promised or gone; only a refused payout gives it back. */
export const isReserved = ({ state }: Payout): boolean => state !== 'refused';
