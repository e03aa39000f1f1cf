import { addDays, type LocalDate } from '../calendar/seoul.ts';

/** A dispute about one line of a settlement: about one entry of the ledger, which itself never changes. */

/** What may be disputed. */
export const DISPUTE_REASONS = [
  'amount-wrong',
  'baseline-wrong',
  'readings-wrong',
  'event-not-joined',
  'not-eligible',
  'counted-twice',
] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

/**
 * `upheld`: the line is wrong and a correction is owed; `corrected`: a later line of the same period has put it right already; `rejected`:
 * the line stands.
 */
export const DISPUTE_OUTCOMES = ['upheld', 'rejected', 'corrected'] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

export type DisputeState = 'opened' | 'answered' | 'closed';

/** A line is disputed within so many days of its recording, answered within so many of the dispute, and closed by itself so many after. */
export const OPEN_WITHIN_DAYS = 90;
const ANSWER_WITHIN_DAYS = 30;
const CLOSES_AFTER_DAYS = 14;

export const mayOpen = (recordedOn: LocalDate, today: LocalDate): boolean =>
  today <= addDays(recordedOn, OPEN_WITHIN_DAYS);

export type DisputeDates = {
  readonly openedOn: LocalDate;
  readonly answeredOn: LocalDate | null;
  readonly closedOn: LocalDate | null;
  /** upheld, and no later line has put it right yet */
  readonly owed: boolean;
};
export type Stand = {
  readonly state: DisputeState;
  /** by when the next step is due */
  readonly dueOn: LocalDate | null;
  readonly overdue: boolean;
};

const CLOSED: Stand = { state: 'closed', dueOn: null, overdue: false };

/** How it stands on a day. An answer that nobody minds closes by itself; one that owes a correction stays until it is made. */
export const standOf = ({ openedOn, answeredOn, closedOn, owed }: DisputeDates, today: LocalDate): Stand => {
  if (closedOn !== null) return CLOSED;
  if (answeredOn === null) {
    const dueOn = addDays(openedOn, ANSWER_WITHIN_DAYS);
    return { state: 'opened', dueOn, overdue: today > dueOn };
  }
  if (owed) return { state: 'answered', dueOn: null, overdue: false };
  const dueOn = addDays(answeredOn, CLOSES_AFTER_DAYS);
  return today > dueOn ? CLOSED : { state: 'answered', dueOn, overdue: false };
};
