import { isUsable, type Use } from '../baseline/baseline.ts';
import { basisPoints, exactly } from '../baseline/exact-wh.ts';
import type { LocalDate } from '../calendar/seoul.ts';

/** A day of a member: what its own baseline expects, and what was used. */
export type MemberDay = {
  readonly date: LocalDate;
  /** null: the baseline was refused */
  readonly expectedWh: number | null;
  readonly actual: Use | undefined;
};

/** What a member saved of its own baseline. */
export type Standing = {
  readonly status: 'standing';
  readonly savedBasisPoints: number;
  readonly expectedWh: number;
  readonly actualWh: number;
  readonly knownDays: number;
};
export type NoStanding = {
  readonly status: 'refused';
  readonly code: 'too-few-days' | 'looks-absent';
  readonly detail: string;
};

/** A home that uses less than half of its baseline was left, not saving; leaving is worth nothing. */
export const MOST_SAVED_BASIS_POINTS = 5000;
const MIN_KNOWN_PERCENT = 90;

type Day = { readonly expectedWh: number; readonly actualWh: number };
const sums = (days: readonly Day[]): Day => ({
  expectedWh: days.reduce((sum, day) => sum + day.expectedWh, 0),
  actualWh: days.reduce((sum, day) => sum + day.actualWh, 0),
});

/**
 * The standing over the given days. A day without a reading counts as used in full, so that a missing day never earns more than
 * a read one that saved; more than a tenth of missing days is no standing.
 */
export const standingOf = (days: readonly MemberDay[]): Standing | NoStanding => {
  const based = days.flatMap(({ expectedWh, actual }) =>
    expectedWh !== null && expectedWh > 0 ? [{ expectedWh, actual }] : [],
  );
  const known = based.flatMap(({ expectedWh, actual }) =>
    isUsable(actual) ? [{ expectedWh, actualWh: actual.wh }] : [],
  );
  if (known.length === 0 || known.length * 100 < days.length * MIN_KNOWN_PERCENT)
    return {
      status: 'refused',
      code: 'too-few-days',
      detail: `${known.length} of ${days.length} days are known with their baseline; ${MIN_KNOWN_PERCENT} % are needed`,
    };
  const read = sums(known);
  // judged on the days that were read: days taken as used in full must not hide an absence
  if ((read.expectedWh - read.actualWh) * 10_000 > read.expectedWh * MOST_SAVED_BASIS_POINTS)
    return {
      status: 'refused',
      code: 'looks-absent',
      detail: 'less than half of the baseline was used; that is an absence, not a saving',
    };
  const { expectedWh, actualWh } = sums(
    based.map((day) => ({
      expectedWh: day.expectedWh,
      actualWh: isUsable(day.actual) ? day.actual.wh : day.expectedWh,
    })),
  );
  const savedBasisPoints = basisPoints(exactly(expectedWh - actualWh), exactly(expectedWh));
  return { status: 'standing', savedBasisPoints, expectedWh, actualWh, knownDays: known.length };
};
