import { sumAmounts, type Entry } from './entry.ts';
import { isReserved, type Payout } from './payout.ts';
import type { Balance } from './balance.ts';

/**
 * The account of one household in one unit as running sums, kept beside its ledger so that no reader adds up. Whole won or
 * points. At every moment `balanceOfTally` answers what `balanceOf` does from all entries, payouts and confirmations.
 */
export type Tally = {
  /** Σ our own entries */
  readonly earned: number;
  readonly underway: number;
  readonly paid: number;
  /** Σ entries that others owe, of periods they have not confirmed */
  readonly expected: number;
  readonly confirmed: number;
  /** Σ a partner's entries by settlement file: earned once the file is approved, expected until then */
  readonly files: Readonly<Record<string, number>>;
};

export const EMPTY_TALLY: Tally = { earned: 0, underway: 0, paid: 0, expected: 0, confirmed: 0, files: {} };

/** `isConfirmed`: the payer's word on the period stands; what we expected of it counts no more. */
export const afterEntry = (tally: Tally, entry: Entry, isConfirmed: boolean): Tally => {
  const { payer, amount, settlementFile } = entry;
  if (payer === 'us') return { ...tally, earned: tally.earned + amount };
  if (payer === 'partner' && settlementFile !== undefined) {
    const before = tally.files[settlementFile] ?? 0;
    return { ...tally, files: { ...tally.files, [settlementFile]: before + amount } };
  }
  return isConfirmed ? tally : { ...tally, expected: tally.expected + amount };
};

const underwayOf = (payout: Payout | undefined): number =>
  payout && isReserved(payout) && payout.state !== 'paid' ? payout.amount : 0;
const paidOf = (payout: Payout | undefined): number => (payout?.state === 'paid' ? payout.amount : 0);

/** `before` undefined: the payout is new. The same tally when the step moves no amount. */
export const afterPayout = (tally: Tally, before: Payout | undefined, after: Payout): Tally => {
  const underway = tally.underway + underwayOf(after) - underwayOf(before);
  const paid = tally.paid + paidOf(after) - paidOf(before);
  return underway === tally.underway && paid === tally.paid ? tally : { ...tally, underway, paid };
};

/** The payer's word on a period: what it gave, in place of what it said `before`, or of the `entries` we expected of it. */
export const afterConfirmation = (
  tally: Tally,
  { entries, before, amount }: { entries: readonly Entry[]; before: number | undefined; amount: number },
): Tally => ({
  ...tally,
  expected: tally.expected - (before === undefined ? sumAmounts(entries) : 0),
  confirmed: tally.confirmed + amount - (before ?? 0),
});

export const balanceOfTally = (
  { earned, underway, paid, expected, confirmed, files }: Tally,
  approvedFiles: ReadonlySet<string>,
): Balance => {
  const filed = Object.entries(files).map(([file, amount]) => ({ amount, isApproved: approvedFiles.has(file) }));
  const ours = earned + sumAmounts(filed.filter(({ isApproved }) => isApproved));
  return {
    earned: ours,
    underway,
    paid,
    withdrawable: Math.max(0, ours - underway - paid),
    expected: expected + sumAmounts(filed.filter(({ isApproved }) => !isApproved)),
    confirmed,
  };
};
