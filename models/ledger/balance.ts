import type { Unit } from '../incentive/programme.ts';
import { sumAmounts, type Entry } from './entry.ts';
import { isReserved, type Payout } from './payout.ts';

/** A payer's word that a credit was given: a bill, or the payer's report. */
export type Confirmation = Pick<Entry, 'householdId' | 'programme' | 'period'> & {
  readonly amount: number;
  readonly report: string;
};

export type Account = {
  readonly entries: readonly Entry[];
  readonly payouts: readonly Payout[];
  readonly confirmations: readonly Confirmation[];
  /** settlement files of partners that have been approved */
  readonly approvedFiles: ReadonlySet<string>;
};

/** Whole won, or whole points; the two are never added up. */
export type Balance = {
  /** Σ entries that we pay: our own, and a partner's on an approved file */
  readonly earned: number;
  /** asked for and not yet paid */
  readonly underway: number;
  readonly paid: number;
  /** what may be asked for now; never negative, a correction after payment is made good by later entries */
  readonly withdrawable: number;
  /** credits that others owe and have not confirmed; no part of what can be withdrawn */
  readonly expected: number;
  readonly confirmed: number;
};

const isOurs = ({ payer, settlementFile }: Entry, approvedFiles: ReadonlySet<string>): boolean =>
  payer === 'us' || (payer === 'partner' && settlementFile !== undefined && approvedFiles.has(settlementFile));

const samePeriod = (a: Pick<Entry, 'householdId' | 'programme' | 'period'>, b: typeof a): boolean =>
  a.householdId === b.householdId && a.programme === b.programme && a.period === b.period;

/** The balance of one household in one unit, from nothing but its entries, payouts and confirmations: what `Tally` must always say. */
export const balanceOf = ({ entries, payouts, confirmations, approvedFiles }: Account, unit: Unit): Balance => {
  const own = entries.filter((entry) => entry.unit === unit);
  const earned = sumAmounts(own.filter((entry) => isOurs(entry, approvedFiles)));
  const others = own.filter((entry) => !isOurs(entry, approvedFiles));
  const isConfirmed = (entry: Entry): boolean => confirmations.some((confirmation) => samePeriod(confirmation, entry));
  const reserved = payouts.filter((payout) => payout.unit === unit && isReserved(payout));
  const paid = sumAmounts(reserved.filter(({ state }) => state === 'paid'));
  return {
    earned,
    underway: sumAmounts(reserved) - paid,
    paid,
    withdrawable: Math.max(0, earned - sumAmounts(reserved)),
    expected: sumAmounts(others.filter((entry) => !isConfirmed(entry))),
    confirmed: sumAmounts(confirmations.filter((one) => others.some((entry) => samePeriod(one, entry)))),
  };
};

/** A payout of the withdrawable balance of its unit, or of a part of it; undefined when there is not so much. */
export const newPayout = (
  { withdrawable }: Pick<Balance, 'withdrawable'>,
  asked: Omit<Payout, 'state'>,
): Payout | undefined =>
  Number.isSafeInteger(asked.amount) && asked.amount > 0 && asked.amount <= withdrawable
    ? { ...asked, state: 'pending' }
    : undefined;
